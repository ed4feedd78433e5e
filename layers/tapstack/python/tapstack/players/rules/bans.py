"""How a ban outlives the account: as a keyed hash of the Telegram id, which tells nothing without the key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence


def ban_mark(telegram_id: int, key: str) -> str:
    """The mark of a banned Telegram account whose player was erased: 64 hex digits."""
    return hmac.new(key.encode(), b"ban\n%d" % telegram_id, hashlib.sha256).hexdigest()


def ban_marks(telegram_id: int, keys: Sequence[str]) -> list[str]:
    """Its possible marks, one for each of the game's keys: a rotation lifts no ban while the older key is listed."""
    return [ban_mark(telegram_id, key) for key in keys]
