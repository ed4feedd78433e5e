"""What the bot and its users said, per chat, for a while."""

from __future__ import annotations

from collections.abc import Iterator

from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.dynamo import available, delete_all, put_all
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.paging import Cursors, Page
from tapstack.telegram.dynamo_tables import MessageItem
from tapstack.telegram.model import Direction, Message

KEPT_S = 30 * 86_400
TEXT_LIMIT = 4_096
"""Telegram's own: https://core.telegram.org/bots/api#sendmessage"""

ITEMS_A_PAGE = 100
_LATEST = "m$"
"""After every message's key: the character after "#"."""


class MessageStore:
    """Keeps and pages through conversations; every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self.tables = tables
        self.cursors = cursors

    def put(self, *messages: Message) -> None:
        """Keeps up to 25 messages in one call; keeping one again changes nothing."""
        table: str = self.tables.bind(MessageItem).Meta.table_name
        put_all(self.tables.client, table, [self._item(message).serialize() for message in messages])

    def page(self, chat_id: int, *, limit: int = 20, cursor: str | None = None) -> Page[Message]:
        """A chat's messages, the latest first."""
        scope = ("messages", str(chat_id))
        rows = self._before(chat_id, self.cursors.read(cursor, str, *scope) if cursor else _LATEST, limit)
        more = self.cursors.sign(rows[-1].at_key, *scope) if len(rows) == limit else None
        return Page([_message(item) for item in rows], more)

    def _before(self, chat_id: int, before: str, limit: int) -> list[MessageItem]:
        key = self.tables.bind(MessageItem).at_key
        with available():
            found = list(
                self.tables.bind(MessageItem).query(
                    str(chat_id), key.between("m#", before), scan_index_forward=False, limit=limit + 1
                )
            )
        # between is inclusive: it returns the last message of the previous page again
        return [item for item in found if item.at_key != before][:limit]

    def all(self, chat_id: int) -> Iterator[Message]:
        """All of a chat's messages, the latest first."""
        before = _LATEST
        while rows := self._before(chat_id, before, ITEMS_A_PAGE):
            yield from map(_message, rows)
            before = rows[-1].at_key

    def forget(self, chat_id: int) -> int:
        """Drops everything of a chat; returns the number of items."""
        with available():
            found = [
                item.at_key for item in self.tables.bind(MessageItem).query(str(chat_id), attributes_to_get=["at_key"])
            ]
        table: str = self.tables.bind(MessageItem).Meta.table_name
        for batch in batches(found, ITEMS_A_CALL):
            keys = [{"chat_id": {"S": str(chat_id)}, "at_key": {"S": key}} for key in batch]
            delete_all(self.tables.client, table, keys)
        return len(found)

    def _item(self, message: Message) -> MessageItem:
        return self.tables.bind(MessageItem)(
            str(message.chat_id),
            f"m#{message.at_ms:014d}#{message.message_id}",
            message_id=message.message_id,
            direction=message.direction,
            text=message.text[:TEXT_LIMIT],
            at_ms=message.at_ms,
            expires_at_s=message.at_ms // 1_000 + KEPT_S,
        )


def _message(item: MessageItem) -> Message:
    direction: Direction = "in" if item.direction == "in" else "out"
    return Message(
        chat_id=int(item.chat_id),
        message_id=int(item.message_id),
        direction=direction,
        text=item.text,
        at_ms=int(item.at_ms),
    )
