"""What the bot keeps in Redis so that a press needs no DynamoDB: who a person is, and the bot's own name."""

from __future__ import annotations

from typing import Any

from tapstack.platform.redis_client import available
from tapstack.telegram import redis_keys as keys
from tapstack.telegram.model import Card

CARD_KEPT_S = 86_400


class RedisConversations:
    """Every call raises StoreUnavailable where Redis is away."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def card(self, user_id: int) -> Card | None:
        with available():
            found: str | None = self.client.get(keys.chat_card(user_id))
        return Card(*found.split(" ", 1)) if found else None

    def keep_card(self, user_id: int, card: Card) -> None:
        with available():
            self.client.set(keys.chat_card(user_id), " ".join(card), ex=CARD_KEPT_S)

    def forget(self, user_id: int) -> None:
        """Drops a person's card: their next press finds out anew who they are."""
        with available():
            self.client.delete(keys.chat_card(user_id))

    def bot_name(self) -> str | None:
        """The bot's username, once anybody has asked Telegram for it."""
        with available():
            found: str | None = self.client.get(keys.BOT_NAME)
        return found

    def keep_bot_name(self, name: str) -> None:
        with available():
            self.client.set(keys.BOT_NAME, name, ex=7 * CARD_KEPT_S)
