"""The names of the leases of factions."""

from __future__ import annotations

KEEP = "factions"
