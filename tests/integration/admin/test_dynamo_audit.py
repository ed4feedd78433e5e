"""Closed boards and the operator's books: what the stores promise, on each emulator."""

from __future__ import annotations

from support.dynamo_stores import DynamoStores
from tapstack.audit.model import AuditEntry
from tapstack.leaderboards.model import ArchivedBoard, Fame
from tapstack.platform.calendar import Period


def test_first_snapshot_of_a_period_stays(dynamo_stores: DynamoStores) -> None:
    first = ArchivedBoard(Period.DAY, "2026-11-20", 2, [("a", 5), ("b", 3)], 1)
    assert dynamo_stores.archive.put(first)
    assert not dynamo_stores.archive.put(ArchivedBoard(Period.DAY, "2026-11-20", 9, [], 2))
    assert dynamo_stores.archive.get(Period.DAY, "2026-11-20") == first
    assert dynamo_stores.archive.get(Period.WEEK, "2026-11-20") is None


def test_snapshots_are_paged_latest_first(dynamo_stores: DynamoStores) -> None:
    names = [f"2026-11-{day:02d}" for day in range(1, 8)]
    for name in names:
        dynamo_stores.archive.put(ArchivedBoard(Period.DAY, name, 1, [("a", 1)], 1))
    seen: list[str] = []
    cursor = None
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


def test_audit_keeps_every_action_latest_first(dynamo_stores: DynamoStores) -> None:
    entries = [AuditEntry("p", 5 + n // 2, "adjust", "ops", "why", {"by": n}) for n in range(4)]
    for n, entry in enumerate(entries):
        dynamo_stores.audit.record(entry, str(n))
    assert dynamo_stores.audit.entries("p") == entries[::-1]
    assert dynamo_stores.audit.entries("q") == []


def test_figures_reach_back_over_midnight(dynamo_stores: DynamoStores) -> None:
    midnight = 1_800_057_600
    assert midnight % 86_400 == 0
    for at_s in (midnight - 60, midnight, midnight + 60):
        dynamo_stores.metrics.put(at_s, {"clicks": at_s})
    assert [at_s for at_s, _ in dynamo_stores.metrics.latest(midnight + 90)] == [midnight + 60, midnight, midnight - 60]
    assert dynamo_stores.metrics.latest(midnight + 90, limit=1) == [(midnight + 60, {"clicks": midnight + 60})]
