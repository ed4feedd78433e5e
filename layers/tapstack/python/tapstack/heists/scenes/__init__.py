"""Heists in the chat."""
