"""The name of the claim on reminding."""

from __future__ import annotations

WALK = "reminders:lease"
"""Claimed to look at the next players: one process at a time."""
