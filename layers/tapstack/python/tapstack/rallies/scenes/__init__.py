"""Rallies in the chat."""
