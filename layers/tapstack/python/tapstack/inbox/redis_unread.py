"""How many notices players have not read, kept in Redis for a while: every sign-in asks (platform/redis_kept.py)."""

from __future__ import annotations

import logging
from typing import Any

from tapstack.platform import redis_kept
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_client import available

log = logging.getLogger(__name__)

UNREAD = "unread:"
"""The start of a player's key: `players/lua/kept_account.lua` reads it."""
KEPT_MS = 600_000


class RedisUnread:
    """What is kept of inboxes."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def keep(self, player_id: str, unread: int) -> None:
        """Keeps a number, unless the inbox is changing; raises StoreUnavailable where Redis is unavailable."""
        with available():
            redis_kept.keep(self.client, UNREAD + player_id, str(unread), KEPT_MS)

    def forget(self, player_id: str) -> None:
        """Forgets the number of an inbox that is about to change, which does not wait for an unavailable Redis."""
        try:
            with available():
                redis_kept.forget(self.client, UNREAD + player_id)
        except StoreUnavailable as error:
            log.warning("an old number of notices may be told for a while: %s", error.message)


def kept_unread(raw: str | None) -> int | None:
    """The number that a key holds; None for nothing, and for what another release has written."""
    return int(raw) if raw and raw.isdecimal() else None
