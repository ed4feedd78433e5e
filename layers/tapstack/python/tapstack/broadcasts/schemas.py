"""The version of what is stored of broadcasts (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

BROADCASTS = Schema("broadcasts", ("id",), (numbered,))
