"""Duels in the chat."""
