"""Closed boards, conversations and the operator's books: what the stores promise, on each emulator."""

from __future__ import annotations

from tapstack.domain.periods import Period
from tapstack.stores.boards import Fame, Snapshot
from tapstack.stores.desk import Entry
from tapstack.stores.messages import KEPT_S, TEXT_LIMIT, Message

from .conftest import Desk


def test_first_snapshot_of_a_period_stays(desk: Desk) -> None:
    first = Snapshot(Period.DAY, "2026-11-20", 2, [("a", 5), ("b", 3)], 1)
    assert desk.boards.put(first)
    assert not desk.boards.put(Snapshot(Period.DAY, "2026-11-20", 9, [], 2))
    assert desk.boards.get(Period.DAY, "2026-11-20") == first
    assert desk.boards.get(Period.WEEK, "2026-11-20") is None


def test_snapshots_are_paged_latest_first(desk: Desk) -> None:
    names = [f"2026-11-{day:02d}" for day in range(1, 8)]
    for name in names:
        desk.boards.put(Snapshot(Period.DAY, name, 1, [("a", 1)], 1))
    seen, cursor = [], None
    while True:
        page = desk.boards.latest(Period.DAY, limit=3, cursor=cursor)
        seen += [s.name for s in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == names[::-1]


def test_fame_is_replaced_only_as_it_was_read(desk: Desk) -> None:
    assert desk.boards.fame(Period.DAY) == Fame(())
    assert desk.boards.put_fame(Period.DAY, Fame([("a", 5, "2026-11-20")]))
    assert not desk.boards.put_fame(Period.DAY, Fame([("b", 6, "2026-11-21")]))
    read = desk.boards.fame(Period.DAY)
    assert read == Fame([("a", 5, "2026-11-20")], 1)
    assert desk.boards.put_fame(Period.DAY, Fame([("b", 6, "2026-11-21")], 1))
    assert desk.boards.fame(Period.DAY).version == 2


def said(desk: Desk, n: int, chat_id: int = 7) -> Message:
    message = Message(chat_id, n, "in" if n % 2 else "out", f"text {n}", desk.clock() // 1_000 * 1_000 + n // 2)
    desk.messages.put(message)
    return message


def test_conversation_is_paged_latest_first(desk: Desk) -> None:
    messages = [said(desk, n) for n in range(9)]
    said(desk, 1, chat_id=8)
    desk.messages.put(messages[3])
    desk.messages.pin("board", messages[0])
    seen, cursor = [], None
    while True:
        page = desk.messages.page(7, limit=4, cursor=cursor)
        seen += page.items
        cursor = page.cursor
        if cursor is None:
            break
    assert sorted(m.message_id for m in seen) == list(range(9))
    assert [m.at_ms for m in seen] == sorted((m.at_ms for m in messages), reverse=True)
    assert list(desk.messages.all(7)) == seen


def test_pin_names_the_message_to_edit(desk: Desk) -> None:
    assert desk.messages.pinned(7, "board") is None
    for n in (1, 2):
        desk.messages.pin("board", said(desk, n))
    found = desk.messages.pinned(7, "board")
    assert found is not None
    assert found.message_id == 2
    desk.late_s = KEPT_S + 10
    assert desk.messages.pinned(7, "board") is None


def test_forgotten_chat_is_empty(desk: Desk) -> None:
    for n in range(30):
        said(desk, n)
    desk.messages.pin("board", said(desk, 31))
    other = said(desk, 1, chat_id=8)
    assert desk.messages.forget(7) == 32
    assert desk.messages.page(7).items == []
    assert desk.messages.pinned(7, "board") is None
    assert desk.messages.page(8).items == [other]
    assert desk.messages.forget(7) == 0


def test_long_text_is_cut_to_what_telegram_takes(desk: Desk) -> None:
    desk.messages.put(Message(7, 1, "in", "x" * 9_000, desk.clock()))
    assert len(desk.messages.page(7).items[0].text) == TEXT_LIMIT


def test_audit_keeps_every_action_latest_first(desk: Desk) -> None:
    entries = [Entry("p", 5 + n // 2, "adjust", "ops", "why", {"by": n}) for n in range(4)]
    for n, entry in enumerate(entries):
        desk.desk.note(entry, str(n))
    assert desk.desk.notes("p") == entries[::-1]
    assert desk.desk.notes("q") == []


def test_figures_reach_back_over_midnight(desk: Desk) -> None:
    midnight = 1_800_057_600
    assert midnight % 86_400 == 0
    for at_s in (midnight - 60, midnight, midnight + 60):
        desk.desk.put_figures(at_s, {"clicks": at_s})
    assert [at_s for at_s, _ in desk.desk.figures(midnight + 90)] == [midnight + 60, midnight, midnight - 60]
    assert desk.desk.figures(midnight + 90, limit=1) == [(midnight + 60, {"clicks": midnight + 60})]
