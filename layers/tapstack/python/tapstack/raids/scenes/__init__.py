"""Raids in the chat."""
