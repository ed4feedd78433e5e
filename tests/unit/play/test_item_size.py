"""What a save costs: DynamoDB charges for each started KB of an item."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tapstack.play.dynamo_items import counter_item
from tapstack.play.model import CountedUpdate, Counter, SessionState
from tapstack.play.rules.periods import Periods, PeriodTotal

AT_MS = 1_795_000_000_123
WRITE_UNIT = 1_024


def item_of(sessions: int) -> dict[str, Any]:
    """The item of somebody who has played for months, in the Mini App and in the chat, in so many open sessions."""
    before = PeriodTotal(20_774, 12_345, AT_MS), PeriodTotal(2_967, 52_345, AT_MS), PeriodTotal(682, 123_456, AT_MS)
    counter = Counter(
        "0123456789abcdef",
        clicks=1_234_567,
        tat_us=AT_MS * 1_000 + 17,
        last_tap_at_ms=AT_MS,
        sessions={f"{n:022d}": SessionState(123_456, AT_MS) for n in range(sessions)},
        periods=Periods(
            20_775, (1_000_000, 1_000_100, 1_000_200), before, "", 900_000, PeriodTotal(55, 345_678, AT_MS)
        ),
        counted_update=CountedUpdate(987_654_321, AT_MS),
        paid_taps=1_023_456,
        energy_tat_ms=AT_MS,
    )
    return counter_item(counter)


def size_of(item: dict[str, Any]) -> int:
    """As DynamoDB counts: names and texts by their bytes, a number by a byte for each two digits and one more.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    size = 0
    for name, value in item.items():
        [(kind, content)] = value.items()
        assert kind in ("S", "N")
        size += len(name.encode())
        size += len(content.encode()) if kind == "S" else -(-len(content.strip("-0")) // 2) + 1
    return size


def test_save_of_a_player_is_one_write_unit_until_they_have_fifteen_sessions() -> None:
    """docs/cost.md says so: 350 bytes, and 50 for each further session."""
    assert size_of(item_of(1)) == pytest.approx(350, abs=5)
    assert size_of(item_of(2)) - size_of(item_of(1)) == 50
    assert size_of(item_of(14)) <= WRITE_UNIT < size_of(item_of(15))


def test_names_of_attributes_are_too_short_to_be_worth_a_change_of_format() -> None:
    """One letter each would save 49 bytes, which no save is charged for, and take two releases."""
    names = item_of(1)
    assert sum(map(len, names)) - len(names) - len("id") + 1 == 49


def test_item_has_no_spaces_that_nobody_needs() -> None:
    for name in ("sessions", "periods", "pressed"):
        assert " " not in item_of(2)[name]["S"]
    assert json.loads(item_of(1)["pressed"]["S"]) == [987_654_321, AT_MS]
