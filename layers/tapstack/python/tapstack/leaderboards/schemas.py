"""The version of what is stored of archived boards (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

BOARDS = Schema("boards", ("kind", "name"), (numbered,))
