"""The names of the leases of groups."""

from __future__ import annotations

SAVE = "groups:save"
"""Held while taps are being saved to the boards of groups."""
