"""The bounds of every number, name and text that comes from outside: HTTP, webhook, CLI and scripts all use these."""

from __future__ import annotations

# -- numbers --

MAX_TAPS = 2**40
"""The largest total a session may claim; beyond it a request is malformed."""

MAX_CLICKS = 10**13
"""The most clicks that an operator can give a player: 12,000 years of tapping.

The scripts keep numbers in texts with Lua's 14 digits, and a leaderboard score is a double: both stay exact up to
KEPT_CLICKS, so that no tap has to look whether it is the last one that fits.
"""

KEPT_CLICKS = 7 * 10**13
"""More clicks than this in a store are a fault of the store: below 2^46, where a score's whole part is exact."""

MAX_TOTAL = 2**53 - 1
"""The most clicks of all players of a bucket: the scripts answer it as a double."""

MAX_UPDATE_ID = 2**53 - 1
"""Ids of Telegram's updates start at 1 and rise; beyond this Redis's scripts can't tell two of them apart."""

MAX_VERSION = 2**53 - 1
"""The highest version of a leaderboard: JavaScript holds it as a double."""

MAX_TELEGRAM_ID = 2**52 - 1
"""Telegram's ids have at most 52 significant bits, those of groups below zero: https://core.telegram.org/bots/api#chat"""

MAX_TIME_MS = 253_402_300_799_999
"""The last millisecond of the year 9999, which is as far as Python's dates go."""

MAX_OPEN_SESSIONS = 64
"""Open sessions of one player: devices, tabs and the chat."""

MAX_PLAYER_FIELDS = 400
"""Fields of a player's hash in Redis that a new session may find: two for an open session, one for an ended one
until it stands in the history, and some fifteen others. Cleanup moves ended sessions on every minute; so this many
are only there while DynamoDB is unavailable. An item of so many sessions has 31 KB, of the 400 that DynamoDB takes.
"""

NEW_SESSION_EVERY_MS = 180_000
"""One player's new sessions, in the long run: 20 an hour."""

SESSION_AGAIN_EVERY_MS = 6_000
"""Sessions that are taken up again after they have ended cost a thirtieth of that."""

SESSION_BURST_MS = 100 * NEW_SESSION_EVERY_MS
"""A hundred new sessions at once; so a day sees 580 at most."""

MAX_PACE = 1_000
"""Messages a second of a broadcast; Telegram itself allows 30 without an agreement."""

MAX_AUDIENCE_DAYS = 36_500

MAX_RETRY_AFTER_S = 3_600
"""The longest that all calls to Telegram wait because it says so; who is still too early is told so again."""

ERASE_PROOF_MAX_AGE_S = 900
"""How old the launch data may be that erases its owner's account: they have opened the app for it."""

EXPORT_MESSAGES_MAX = 5_000
"""Messages of the chat in a player's export, the latest ones."""

EXPORT_TEXT_MAX = 1_000_000
"""Characters of them: with the rest of an export far below the 6 MB that an answer may have."""

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

MAX_REASON = 1_000
"""Characters of an operator's reason, and of the reason in a dead letter."""

MAX_SEARCH = 128
"""Characters of a text that an operator finds players by: longer than any name, far below DynamoDB's keys."""

MAX_CURSOR = 2_000
"""Characters of a cursor; the longest that is ever signed names a key of an index, at most 1,024 bytes."""

INIT_DATA_MAX = 4_096
"""Characters of launch data that are read; Telegram's has some hundreds."""
