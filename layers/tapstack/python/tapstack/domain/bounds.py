"""The bounds of every number, name and text that comes from outside: HTTP, webhook, CLI and scripts all use these."""

from __future__ import annotations

# -- numbers --

MAX_TAPS = 2**40
"""The largest total a session may claim; beyond it a request is malformed."""

MAX_OPEN_SESSIONS = 64
"""Open sessions of one player: devices, tabs and the chat."""

MAX_UPDATE_ID = 2**53 - 1
"""Telegram's are positive and smaller by far; a double in a script still holds this one exactly."""

MAX_TELEGRAM_ID = 2**52
"""Of users and chats, "at most 52 significant bits": https://core.telegram.org/bots/api#user"""

# -- names and texts --

MAX_DISPLAY_NAME = 64
"""Characters of a display name; Telegram allows 64 for each of its two halves."""

MAX_NAME_KEY_BYTES = 512
"""Bytes of a folded name in an index, half of what a sort key may have: one character can fold to 33 bytes.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""

MAX_LANGUAGE_CODE = 8

MAX_MESSAGE = 4_096
"""Characters of a message: https://core.telegram.org/bots/api#message"""

MAX_CALLBACK_DATA = 64
"""Bytes of a button's data, and with room to spare the characters of a query's id."""
