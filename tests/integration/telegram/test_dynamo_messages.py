"""The record of what was said: what the store promises, on each emulator."""

from __future__ import annotations

from support.dynamo_stores import DynamoStores
from tapstack.telegram.dynamo_messages import TEXT_LIMIT
from tapstack.telegram.model import Message


def said(dynamo_stores: DynamoStores, n: int, chat_id: int = 7) -> Message:
    message = Message(
        chat_id, n, "in" if n % 2 else "out", f"text {n}", dynamo_stores.clock() // 1_000 * 1_000 + n // 2
    )
    dynamo_stores.messages.put(message)
    return message


def test_conversation_is_paged_latest_first(dynamo_stores: DynamoStores) -> None:
    messages = [said(dynamo_stores, n) for n in range(9)]
    said(dynamo_stores, 1, chat_id=8)
    dynamo_stores.messages.put(messages[3])
    seen: list[Message] = []
    cursor = None
    while True:
        page = dynamo_stores.messages.page(7, limit=4, cursor=cursor)
        seen += page.items
        cursor = page.cursor
        if cursor is None:
            break
    assert sorted(m.message_id for m in seen) == list(range(9))
    assert [m.at_ms for m in seen] == sorted((m.at_ms for m in messages), reverse=True)
    assert list(dynamo_stores.messages.all(7)) == seen


def test_forgotten_chat_is_empty(dynamo_stores: DynamoStores) -> None:
    for n in range(30):
        said(dynamo_stores, n)
    other = said(dynamo_stores, 1, chat_id=8)
    assert dynamo_stores.messages.forget(7) == 30
    assert dynamo_stores.messages.page(7).items == []
    assert dynamo_stores.messages.page(8).items == [other]
    assert dynamo_stores.messages.forget(7) == 0


def test_long_text_is_cut_to_what_telegram_takes(dynamo_stores: DynamoStores) -> None:
    dynamo_stores.messages.put(Message(7, 1, "in", "x" * 9_000, dynamo_stores.clock()))
    assert len(dynamo_stores.messages.page(7).items[0].text) == TEXT_LIMIT
