"""What the bot caches in Redis so that a callback query needs no DynamoDB: its users, and its own name."""

from __future__ import annotations

from typing import Any

from tapstack.platform.redis_client import available
from tapstack.telegram import redis_keys as keys
from tapstack.telegram.model import CachedUser

USER_KEPT_S = 86_400


class RedisConversations:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def user(self, user_id: int) -> CachedUser | None:
        with available():
            found: str | None = self.client.get(keys.cached_user(user_id))
        return CachedUser(*found.split(" ")[:2]) if found else None

    def keep_user(self, user_id: int, user: CachedUser) -> None:
        with available():
            self.client.set(keys.cached_user(user_id), " ".join(user), ex=USER_KEPT_S)

    def forget(self, user_id: int) -> None:
        """Drops a user: their next callback query looks them up again."""
        with available():
            self.client.delete(keys.cached_user(user_id))

    def bot_name(self) -> str | None:
        """The bot's username, None until somebody has asked Telegram for it."""
        with available():
            found: str | None = self.client.get(keys.BOT_NAME)
        return found

    def keep_bot_name(self, name: str) -> None:
        with available():
            self.client.set(keys.BOT_NAME, name, ex=7 * USER_KEPT_S)
