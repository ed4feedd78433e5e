"""Reminders in the chat."""
