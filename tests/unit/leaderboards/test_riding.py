"""The board that rides along, by both shells of a hot call: they tell the same, and read no more than they must."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import UNSET
from support.fakes.leaderboards import MemoryPublishedBoards
from support.fakes.ports import MemoryPorts
from tapstack.leaderboards.model import ALL_TIME, Board, BoardId, LeaderboardEntry
from tapstack.leaderboards.riding import READ_EVERY_MS, bring, bring_async
from tapstack.leaderboards.rules import EVERY_MS
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import BoardNews

NOW_MS = 1_800_000_000_000
Bring = Callable[[MemoryPorts, Any], BoardNews | None]


class CountedBoards(MemoryPublishedBoards):
    reads = 0
    down = False

    def get(self, of: BoardId = ALL_TIME) -> Board | None:
        self.reads += 1
        if self.down:
            raise StoreUnavailable("unavailable", retry_after_s=1)
        return super().get(of)


class Clock:
    now_ms = NOW_MS

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture(params=["called", "on an event loop"])
def bring_it(request: pytest.FixtureRequest) -> Bring:
    return bring if request.param == "called" else lambda ports, since: asyncio.run(bring_async(ports, since))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ports(clock: Clock) -> MemoryPorts:
    ports = MemoryPorts(clock)
    ports.published_boards = CountedBoards()
    return ports


def boards(ports: MemoryPorts) -> CountedBoards:
    assert isinstance(ports.published_boards, CountedBoards)
    return ports.published_boards


def publish(ports: MemoryPorts, version: int, *clicks: int) -> None:
    rows = [LeaderboardEntry(rank, f"p{rank}", None, each) for rank, each in enumerate(clicks, 1)]
    assert ports.published_boards.put(Board(version, version // 1_000, sum(clicks), len(clicks), 1, False, rows))


def test_what_nobody_asked_for_is_neither_read_nor_told(ports: MemoryPorts, bring_it: Bring) -> None:
    publish(ports, NOW_MS, 5)
    assert bring_it(ports, UNSET) is None
    assert boards(ports).reads == 0


def test_board_is_read_once_a_second_whoever_asks(ports: MemoryPorts, clock: Clock, bring_it: Bring) -> None:
    publish(ports, NOW_MS, 5)
    for since in (0, 7, NOW_MS):
        news = bring_it(ports, since)
        assert news
        assert news.version == NOW_MS
        assert (news.change is None) == (since == NOW_MS)
    publish(ports, NOW_MS + 1, 6)
    clock.now_ms += READ_EVERY_MS - 1
    assert bring_it(ports, NOW_MS) == BoardNews(NOW_MS)
    assert boards(ports).reads == 1
    clock.now_ms += 1
    news = bring_it(ports, NOW_MS)
    assert news
    assert news.change
    assert (news.version, news.change.clicks, news.change.players) == (NOW_MS + 1, [6], [])
    assert boards(ports).reads == 2


def test_a_clock_that_was_set_back_reads_again(ports: MemoryPorts, clock: Clock, bring_it: Bring) -> None:
    bring_it(ports, 0)
    clock.now_ms -= 10 * READ_EVERY_MS
    bring_it(ports, 0)
    assert boards(ports).reads == 2


def test_board_that_is_too_old_is_asked_for_once(ports: MemoryPorts, clock: Clock, bring_it: Bring) -> None:
    publish(ports, NOW_MS, 5)
    bring_it(ports, 0)
    assert ports.sync_queue.sent == []
    for _ in range(3):
        clock.now_ms += EVERY_MS + READ_EVERY_MS if not ports.sync_queue.sent else READ_EVERY_MS
        news = bring_it(ports, NOW_MS)
        assert news == BoardNews(NOW_MS), "which is told as it is meanwhile"
    assert ports.sync_queue.sent == ["board in 1 s"]


def test_unavailable_store_leaves_the_board_as_it_was(ports: MemoryPorts, clock: Clock, bring_it: Bring) -> None:
    publish(ports, NOW_MS, 5)
    bring_it(ports, 0)
    boards(ports).down = True
    clock.now_ms += READ_EVERY_MS
    assert bring_it(ports, NOW_MS) == BoardNews(NOW_MS)


def test_callers_at_once_on_an_event_loop_cause_one_read(ports: MemoryPorts) -> None:
    publish(ports, NOW_MS, 5)

    async def many() -> list[BoardNews | None]:
        return await asyncio.gather(*(bring_async(ports, 0) for _ in range(50)))

    told = asyncio.run(many())
    assert boards(ports).reads == 1
    assert told[0] is not None, "the one that has read it"
