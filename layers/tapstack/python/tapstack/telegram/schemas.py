"""The version of what is stored of conversations (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

CHATS = Schema("chats", ("id",), (numbered,))
