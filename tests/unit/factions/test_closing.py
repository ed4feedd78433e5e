"""A week is closed over as many runs as it takes, to the same end as in one, and whatever happens to a run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from support.territories import ADA, BOB, CYD, FOXES, LAND, WEEK, TerritoryPorts
from tapstack.factions import closing, dynamo_factions, joining, keeping, leading, moderating
from tapstack.factions.model import Entrance, Faction, Membership, Role, StoredMembership, WeekOver
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import Counter
from tapstack.players.model import ModerationStatus, Player

LANDS = ("harbour", "market", "gardens")
A_PAGE = 4


class Many(TerritoryPorts):
    """The Foxes, and 20 factions of two that have tapped for three territories."""

    def __init__(self) -> None:
        super().__init__()
        monday_ms = self.clock()
        self.go_to(Period.WEEK.start_ms(WEEK) + DAY_MS)
        self.tapped.taps, taps = {}, dict(self.tapped.taps)
        for number in range(20):
            ids = [f"{number:02d}{one}".ljust(16, "0") for one in range(2)]
            self.found(number, *ids)
            taps |= {one: 1_000 + number * 37 % 11 * 100 for one in ids}
        self.tapped.taps = taps
        self.go_to(monday_ms)

    def found(self, number: int, leader: str, other: str) -> None:
        for player_id in (leader, other):
            account = Player(player_id, len(self.players.accounts) + 1, None, "", f"ref{player_id}", "en", 1)
            self.players.accounts[player_id] = account
        faction_id = f"{number:012d}"
        faction = Faction(
            id=faction_id,
            name=f"Team {number:02d}",
            created_at_ms=number + 2,
            code="x" * 10,
            members={leader: joining.new_member(self, leader, Role.LEADER)},
            entrance=Entrance.OPEN,
        )
        founded = self.factions.founded(faction, StoredMembership(leader), Membership(faction=faction_id))
        assert self.factions.write(founded)
        joining.join(self, other, faction_id)
        for one, shift in ((leader, 0), (other, 1)):
            leading.assign(self, one, LANDS[(number + shift) % 3], on=True)

    def closed(self) -> tuple[WeekOver | None, dict[str, list[str]]]:
        return self.factions.week(WEEK), self.factions.fighters(WEEK)


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dynamo_factions, "READ_AT_ONCE", A_PAGE)


@pytest.fixture
def ports() -> Many:
    ports = Many()
    ports.go_to(Period.WEEK.start_ms(WEEK + 1) + closing.AFTER_MS)
    return ports


@pytest.fixture
def at_once() -> tuple[WeekOver | None, dict[str, list[str]]]:
    """How the week ends in one run."""
    ports = Many()
    ports.close()
    over, fighters = ports.closed()
    assert over is not None
    assert {one.territory for one in over.held} == set(LANDS)
    assert sum(one.rivals for one in over.held) == 41
    assert fighters[LAND] == [ADA, BOB, CYD]
    return over, fighters


def in_runs(ports: Many) -> int:
    """Closes the week a page a run; how many runs that took."""
    for runs in itertools.count(1):
        if closing.close_due(ports, budget_s=0.0):
            return runs
        assert runs < 20
    raise AssertionError


def test_week_ends_the_same_over_many_runs(ports: Many, at_once: object) -> None:
    assert in_runs(ports) == 6  # 21 factions, 4 a run
    assert ports.closed() == at_once
    assert ports.live_factions.closing() is None
    assert not closing.close_due(ports)
    assert ports.may_claim(ADA)


def test_run_that_is_stopped_loses_a_page_at_most(
    ports: Many, at_once: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read, calls = ports.tapped.read, itertools.count(1)

    def failing(player_ids: Sequence[str]) -> list[Counter]:
        asked.extend(player_ids)
        if next(calls) == 11:
            raise StoreUnavailable("too busy", retry_after_s=1)
        return read(player_ids)

    monkeypatch.setattr(ports.tapped, "read", failing)
    with pytest.raises(StoreUnavailable):
        closing.close_due(ports)
    assert closing.close_due(ports)
    assert ports.closed() == at_once
    twice = {one for one in asked if asked.count(one) > 1}
    assert 0 < len(twice) <= 2 * A_PAGE


def test_loss_of_what_was_read_begins_anew(ports: Many, at_once: object) -> None:
    for _ in range(3):
        assert not closing.close_due(ports, budget_s=0.0)
    ports.live_factions.forget_closing()
    assert in_runs(ports) == 6
    assert ports.closed() == at_once


def test_nothing_is_decided_while_redis_may_not_know_who_is_hidden(ports: Many, at_once: object) -> None:
    for _ in range(3):
        assert not closing.close_due(ports, budget_s=0.0)
    ports.tapped.cold.append(7)
    before = ports.live_factions.closing()
    assert not closing.close_due(ports)
    assert ports.live_factions.closing() == before
    ports.tapped.cold.clear()
    assert closing.close_due(ports)
    assert ports.closed() == at_once


def test_week_that_nobody_could_finish_takes_nothing_into_the_next(ports: Many) -> None:
    for _ in range(3):
        assert not closing.close_due(ports, budget_s=0.0)
    ports.go_to(Period.WEEK.start_ms(WEEK + 2) + closing.AFTER_MS)
    assert closing.close_due(ports)
    over = ports.factions.week(WEEK + 1)
    assert over is not None
    assert {one.taps for one in over.held} <= {0, 1, 2, 3}  # all that they have tapped since Monday


def test_faction_that_is_renamed_meanwhile_counts_once(ports: Many, at_once: tuple[WeekOver, object]) -> None:
    for _ in range(3):
        assert not closing.close_due(ports, budget_s=0.0)
    moderating.rename(ports, FOXES, "Aardvarks")
    in_runs(ports)
    over, fighters = ports.closed()
    assert over is not None
    assert [(one.faction, one.taps, one.rivals) for one in over.held] == [
        (one.faction, one.taps, one.rivals) for one in at_once[0].held
    ]
    assert fighters == at_once[1]
    assert "Aardvarks" in {one.name for one in over.held}


def test_who_is_hidden_neither_fights_nor_counts(ports: Many) -> None:
    ports.players.accounts[CYD] = replace(ports.players.accounts[CYD], status=ModerationStatus.SHADOW)
    assert closing.close_due(ports)
    over, fighters = ports.closed()
    assert over is not None
    assert next(one.taps for one in over.held if one.territory == LAND) == 10_000
    assert fighters[LAND] == [ADA, BOB]


def test_count_and_close_read_no_accounts(ports: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty of them a faction would take from the sign-ins what the table has to give."""
    monkeypatch.setattr(ports.players, "get_many", None)
    monkeypatch.setattr(ports.players, "get", None)
    assert keeping.keep(ports) == 21
    assert ports.factions.week(WEEK) is not None


def test_week_is_closed_though_nothing_could_be_counted(ports: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable() -> list[str]:
        raise StoreUnavailable("too busy", retry_after_s=1)

    monkeypatch.setattr(ports.live_factions, "take", unavailable)
    with pytest.raises(StoreUnavailable):
        keeping.keep(ports)
    assert ports.factions.week(WEEK) is not None


def test_all_that_redis_forgot_is_told_over_several_runs(ports: Many) -> None:
    ports.live_factions.of.clear()
    told = []
    for _ in range(6):
        assert not ports.live_factions.warm()
        keeping._warm(ports, budget_s=0.0)
        told.append(len(ports.live_factions.of))
    assert ports.live_factions.warm()
    assert told == [9, 17, 25, 33, 41, 43]
    assert ports.live_factions.warming() == ""
