from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.fakes.leaderboards import MemoryPeriodBoards
from support.fakes.league import MemoryLeague, MemoryLiveLeague
from support.timed import Clock
from tapstack.leaderboards.archive import AFTER_MS
from tapstack.league import keeping, rules
from tapstack.league.keeping import keep
from tapstack.league.model import Division, Moved, Seat
from tapstack.platform.calendar import Period

WEEK = 3_000


class Saving:
    """Nobody is live; `cold` are the buckets that are being recovered."""

    def __init__(self) -> None:
        self.cold: list[int] = []

    def cold_buckets(self) -> list[int]:
        return self.cold

    def read(self, player_ids: object) -> list[Any]:  # noqa: ARG002
        return []


@dataclass
class Ports:
    """A league in memory, in the first minute of which its week counts as begun."""

    clock: Any = field(default_factory=lambda: Clock(Period.WEEK.start_ms(WEEK) + AFTER_MS))
    saving: Saving = field(default_factory=Saving)
    period_boards: MemoryPeriodBoards = field(default_factory=MemoryPeriodBoards)
    league: Any = field(default_factory=MemoryLeague)
    live_league: Any = field(default_factory=MemoryLiveLeague)

    def at(self, now_ms: int) -> None:
        self.clock = Clock(now_ms)

    def tapped(self, week: int, *players: str) -> None:
        """Players come onto the board of a week, the best first."""
        self.live_league.boards[week] = {i: float(1_000 - n) for n, i in enumerate(players)}
        self.live_league.new[week] = set(players)

    def seats(self) -> dict[str, Seat]:
        """Who is shown where; every seat is that of a division which lists the player, once."""
        shown: dict[str, Seat] = self.live_league.seats.get(WEEK, {})
        listed = [(i, d.seat) for d in self.league.all(self.league.published) for i in d.members]
        assert len(listed) == len(dict(listed))
        assert dict(listed) == shown
        return shown


@pytest.fixture
def ports() -> Ports:
    return Ports()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "DIVISION", 3)
    monkeypatch.setattr(keeping, "STORED_AT_ONCE", 1)


def test_week_that_is_over_becomes_a_league_a_minute_later(ports: Ports) -> None:
    ports.tapped(WEEK - 1, *"abcde")
    ports.at(ports.clock() - 1)
    assert keep(ports) is not None  # the league of the week before, which nobody had begun
    assert ports.league.published.week == WEEK - 1
    ports.at(ports.clock() + 1)
    assert keep(ports) == Period.WEEK.label(WEEK)
    assert keep(ports) is None
    assert ports.seats() == {i: Seat(0, 1) for i in "abc"} | {i: Seat(0, 2) for i in "de"}


def test_nothing_begins_while_boards_are_being_recovered(ports: Ports) -> None:
    ports.tapped(WEEK - 1, *"abc")
    ports.saving.cold = [3]
    assert keep(ports) is None
    assert ports.league.published is None


def test_league_that_comes_late_follows_the_latest_week(ports: Ports) -> None:
    ports.tapped(WEEK - 1, *"ab")
    keep(ports)
    ports.tapped(WEEK + 3, *"cb")
    ports.at(Period.WEEK.start_ms(WEEK + 4) + 3 * AFTER_MS)
    assert keep(ports) == Period.WEEK.label(WEEK + 4)
    members = ports.league.get(ports.league.published, Seat(0, 1)).members
    assert members == {"c": Moved.NEW, "b": Moved.STAYED}


def test_newcomers_fill_the_last_division_and_open_others(ports: Ports) -> None:
    ports.tapped(WEEK - 1, *"abcd")
    keep(ports)
    ports.tapped(WEEK, *"axyz", "v", "w")
    assert keep(ports) is None
    seats = ports.seats()
    assert [sum(seat == Seat(0, n) for seat in seats.values()) for n in (1, 2, 3, 4)] == [2, 3, 3, 1]
    assert ports.live_league.new[WEEK] == set()
    assert ports.league.get(ports.league.published, seats["x"]).members["x"] is Moved.NEW


def test_first_league_takes_in_who_was_on_the_board_before_it(ports: Ports) -> None:
    ports.tapped(WEEK, *"abc")
    ports.live_league.new.clear()  # an older release did not say who is new
    keep(ports)
    assert ports.seats().keys() == set("abc")


def test_tiers_open_as_newcomers_come_in(ports: Ports) -> None:
    keep(ports)
    assert ports.league.published.tiers_open == 1
    ports.tapped(WEEK, *(f"p{n}" for n in range(40)))
    keep(ports)
    assert ports.league.published.tiers_open == ports.live_league.league.tiers_open == 3


def test_seats_come_back_after_a_loss_of_redis(ports: Ports) -> None:
    ports.tapped(WEEK - 1, *"abcd")
    keep(ports)
    before = dict(ports.seats())
    ports.live_league = MemoryLiveLeague()
    assert keep(ports) is None
    assert ports.seats() == before


def test_run_without_time_left_stores_some_and_the_next_one_continues(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports.tapped(WEEK - 1, *"abcdefgh")
    seconds = iter(range(0, 1_000, 7))
    monkeypatch.setattr(keeping, "monotonic", lambda: next(seconds))
    assert keep(ports) is None
    assert ports.league.published is None
    assert 0 < len(ports.league.divisions) < 3
    stored = dict(ports.league.divisions)
    ports.league.divisions.clear()  # what is stored is not stored again
    assert keep(ports) == Period.WEEK.label(WEEK)
    assert not stored.keys() & ports.league.divisions.keys()


class Killed(Exception):
    """The process ends here."""


class Mortal:
    """A store whose n-th call, of all those that share `calls`, is the last: it is made, or not any more."""

    def __init__(self, store: object, calls: Iterator[int], last: int, made: bool) -> None:
        self._store, self._calls, self._last, self._made = store, calls, last, made

    def __getattr__(self, name: str) -> Any:
        method: Callable[..., Any] = getattr(self._store, name)

        def call(*args: object) -> Any:
            number = next(self._calls)
            if number == self._last and not self._made:
                raise Killed
            answer = method(*args)
            if number == self._last:
                raise Killed
            return answer

        return call if callable(method) else method


@pytest.mark.parametrize("made", [False, True], ids=["before", "after"])
def test_run_that_is_killed_anywhere_is_made_up_for(made: bool) -> None:
    def played() -> Ports:
        ports = Ports()
        ports.tapped(WEEK - 2, *"hgfedcba")
        ports.at(Period.WEEK.start_ms(WEEK - 1) + AFTER_MS)
        keep(ports)
        ports.tapped(WEEK - 1, *"abcdefij")
        ports.tapped(WEEK, "h", "x", "y", "z", "a")
        ports.at(Period.WEEK.start_ms(WEEK) + AFTER_MS)
        return ports

    whole = played()
    keep(whole)
    wanted = dict(whole.seats())
    for last in range(200):
        ports = played()
        calls = iter(range(1_000))
        league, live = ports.league, ports.live_league
        ports.league, ports.live_league = Mortal(league, calls, last, made), Mortal(live, calls, last, made)
        with suppress(Killed):
            keep(ports)
        ended = next(calls) <= last
        ports.league, ports.live_league = league, live
        keep(ports)
        assert ports.seats() == wanted, last
        assert ports.live_league.new[WEEK] == set()
        if ended:
            return
    raise AssertionError("it never ends")


def test_division_that_somebody_else_has_changed_is_left_to_the_next_run(ports: Ports) -> None:
    ports.tapped(WEEK - 1, "a")
    keep(ports)
    ports.tapped(WEEK, "x")

    class Beaten(MemoryLeague):
        def replace(self, league: object, division: Division) -> bool:  # noqa: ARG002
            return False

    league = ports.league
    ports.league = Beaten(league.published, league.divisions)
    assert keep(ports) is None
    assert "x" not in ports.live_league.seats[WEEK]
    ports.league = league
    keep(ports)
    assert ports.seats()["x"] == Seat(0, 1)
