"""Factions in the chat."""
