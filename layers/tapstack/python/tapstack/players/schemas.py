"""The version of what is stored of accounts (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

PLAYERS = Schema("players", ("id",), (numbered,))
