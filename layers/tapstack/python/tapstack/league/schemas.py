"""The version of what is stored of the league (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

LEAGUE = Schema("league", ("league", "division"), (numbered,))
