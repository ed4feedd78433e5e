"""The versions of what play stores (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

COUNTERS = Schema("counters", ("id",), (numbered,))
SESSIONS = Schema("sessions", ("player_id", "session_key"), (numbered,))
