"""The archive of boards and the hall of fame: what the store promises, on each emulator."""

from __future__ import annotations

from support.dynamo_stores import DynamoStores
from tapstack.leaderboards.model import ArchivedBoard, Fame
from tapstack.platform.calendar import Period


def test_first_board_of_a_period_stays(dynamo_stores: DynamoStores) -> None:
    first = ArchivedBoard(Period.DAY, "2026-11-20", 2, [("a", 5), ("b", 3)], 1)
    assert dynamo_stores.archive.put(first)
    assert not dynamo_stores.archive.put(ArchivedBoard(Period.DAY, "2026-11-20", 9, [], 2))
    assert dynamo_stores.archive.get(Period.DAY, "2026-11-20") == first
    assert dynamo_stores.archive.get(Period.WEEK, "2026-11-20") is None


def test_boards_are_paged_latest_first(dynamo_stores: DynamoStores) -> None:
    names = [f"2026-11-{day:02d}" for day in range(1, 8)]
    for name in names:
        dynamo_stores.archive.put(ArchivedBoard(Period.DAY, name, 1, [("a", 1)], 1))
    seen, cursor = [], None
    while True:
        page = dynamo_stores.archive.latest(Period.DAY, limit=3, cursor=cursor)
        seen += [s.name for s in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == names[::-1]


def test_fame_is_replaced_only_as_it_was_read(dynamo_stores: DynamoStores) -> None:
    assert dynamo_stores.archive.fame(Period.DAY) == Fame(())
    assert dynamo_stores.archive.put_fame(Period.DAY, Fame([("a", 5, "2026-11-20")]))
    assert not dynamo_stores.archive.put_fame(Period.DAY, Fame([("b", 6, "2026-11-21")]))
    read = dynamo_stores.archive.fame(Period.DAY)
    assert read == Fame([("a", 5, "2026-11-20")], 1)
    assert dynamo_stores.archive.put_fame(Period.DAY, Fame([("b", 6, "2026-11-21")], 1))
    assert dynamo_stores.archive.fame(Period.DAY).version == 2
