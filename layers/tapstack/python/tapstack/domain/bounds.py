"""The bounds of every number, name and text that comes from outside: HTTP, webhook, CLI and scripts all use these."""

from __future__ import annotations

# -- numbers --

MAX_TAPS = 2**40
"""The largest total a session may claim; beyond it a request is malformed."""

MAX_OPEN_SESSIONS = 64
"""Open sessions of one player: devices, tabs and the chat."""

# -- names and texts --

MAX_CURSOR = 2_000
"""Characters of a cursor; the longest that is ever signed names a key of an index, at most 1,024 bytes."""
