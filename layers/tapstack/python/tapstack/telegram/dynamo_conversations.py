"""Conversations in DynamoDB: read and written once per update."""

from __future__ import annotations

from collections.abc import Sequence

from pynamodb.exceptions import DoesNotExist, PutError

from tapstack.platform.bodies import decode_body, encode_body
from tapstack.platform.dynamo import available, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.telegram.dynamo_tables import ChatItem
from tapstack.telegram.model import STATE_KEPT_S, Chat


class ConversationStore:
    """Reads and saves chats; every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def get(self, chat_id: int) -> Chat:
        """A chat as it was last saved, or a new one."""
        try:
            with available():
                item: ChatItem = self.tables.bind(ChatItem).get(str(chat_id), consistent_read=True)
        except DoesNotExist:
            return Chat(chat_id)
        return decode_body(item.body, Chat)

    def get_many(self, chat_ids: Sequence[int]) -> dict[int, Chat]:
        """Chats by id, up to a hundred; unknown ids are skipped."""
        with available():
            found = list(self.tables.bind(ChatItem).batch_get([str(i) for i in chat_ids]))
        return {int(item.id): decode_body(item.body, Chat) for item in found}

    def scan_page(self, after: str | None, size: int) -> tuple[list[Chat], str | None]:
        """A page of all chats, and the id to continue after, None at the end. For operators, never for a request."""
        start = {"id": {"S": after}} if after else None
        with available():
            items = self.tables.bind(ChatItem).scan(limit=size, page_size=size, last_evaluated_key=start)
            rows = [decode_body(item.body, Chat) for item in items]
        last = items.last_evaluated_key
        return rows, last["id"]["S"] if last else None

    def save(self, chat: Chat, now_s: int) -> bool:
        """Saves a chat as the version after the one that was read; False where another has saved it since."""
        read, model = chat.version, self.tables.bind(ChatItem)
        chat.version = read + 1
        item = model(
            str(chat.id),
            version=chat.version,
            body=encode_body(chat),
            expires_at_s=now_s + STATE_KEPT_S,
        )
        same = model.version == read if read else model.id.does_not_exist()
        try:
            with available():
                item.save(condition=same)
        except PutError as error:
            if is_conflict(error):
                chat.version = read
                return False
            raise
        return True

    def forget(self, chat_id: int) -> None:
        """Drops a conversation: the next message begins a new one."""
        with available():
            self.tables.bind(ChatItem)(str(chat_id)).delete()
