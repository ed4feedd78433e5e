"""The bounds of every number, name and text that comes from outside: HTTP, webhook, CLI and scripts all use these."""

from __future__ import annotations

# -- numbers --

MAX_TAPS = 2**40
"""The largest total a session may claim; beyond it a request is malformed."""

MAX_OPEN_SESSIONS = 64
"""Open sessions of one player: devices, tabs and the chat."""

ERASE_PROOF_MAX_AGE_S = 900
"""How old the launch data may be that erases its owner's account: they have opened the app for it."""

EXPORT_MESSAGES_MAX = 5_000
"""Messages of the chat in a player's export, the latest ones."""

EXPORT_TEXT_MAX = 1_000_000
"""Characters of them: with the rest of an export far below the 6 MB that an answer may have."""

# -- names and texts --

INIT_DATA_MAX = 4_096
"""Characters of launch data that are read; Telegram's has some hundreds."""
