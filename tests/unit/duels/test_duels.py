"""Duels: both start at one moment, only taps in between count, and the winner is declared once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.economy import op_at
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock, race
from tapstack.duels import duelling, rules
from tapstack.duels.answers import DuelView
from tapstack.duels.model import State
from tapstack.platform.errors import GameError
from tapstack.play.model import Counter
from tapstack.players.model import ModerationStatus, Player

ADA, BOB, CYD = "a" * 16, "b" * 16, "c" * 16


class Ports(MemoryPorts):
    """Three players; what they have tapped is saved."""

    def __init__(self) -> None:
        self.time = ManualClock()
        super().__init__(self.time)
        for number, player_id in enumerate((ADA, BOB, CYD), 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
            self.tap(player_id, 100 * number)

    def tap(self, player_id: str, taps: int) -> None:
        before = self.counters.get(player_id)
        self.counters.put([Counter(player_id, (before.clicks if before else 0) + taps)])


@pytest.fixture
def ports() -> Ports:
    return Ports()


def accepted(ports: Ports) -> str:
    duel = duelling.offer(ports, ADA, op_at(ports.clock())).id
    duelling.accept(ports, BOB, duel)
    return duel


def started(ports: Ports) -> str:
    duel = accepted(ports)
    ports.time.advance(5)
    assert view(ports, duel).state is State.RUNNING
    return duel


def view(ports: Ports, duel: str, player_id: str = ADA) -> DuelView:
    return duelling.view(ports, player_id, duel)


def code(action: object, *arguments: object) -> str:
    with pytest.raises(GameError) as error:
        action(*arguments)  # type: ignore[operator]
    return error.value.code


def test_only_taps_between_start_and_end_count(ports: Ports) -> None:
    duel = accepted(ports)
    ports.tap(ADA, 40)  # before the start
    ports.time.advance(5)
    begun = view(ports, duel)
    assert (begun.state, begun.host.taps) == (State.RUNNING, 0)
    ports.tap(ADA, 50)
    ports.tap(BOB, 60)
    ports.time.advance(20)
    shown = view(ports, duel, BOB)
    assert shown.rival is not None
    assert (shown.host.taps, shown.rival.taps, shown.winner) == (50, 60, None)
    ports.time.advance(13)
    over = view(ports, duel)
    assert (over.state, over.winner) == (State.OVER, BOB)
    ports.tap(ADA, 100)
    assert view(ports, duel).winner == BOB


def test_as_many_taps_are_a_draw(ports: Ports) -> None:
    duel = started(ports)
    ports.time.advance(33)
    assert view(ports, duel).winner is None


def test_a_duel_that_neither_has_watched_is_a_draw(ports: Ports) -> None:
    duel = started(ports)
    ports.tap(ADA, 50)
    ports.time.advance(60)
    found = view(ports, duel)
    assert (found.state, found.winner, found.host.taps) == (State.OVER, None, 0)


def test_a_retry_offers_and_accepts_nothing_new(ports: Ports) -> None:
    op = op_at(ports.clock())
    duel = duelling.offer(ports, ADA, op).id
    assert duelling.offer(ports, ADA, op).id == duel
    first = duelling.accept(ports, BOB, duel)
    ports.time.advance(1)
    assert duelling.accept(ports, BOB, duel).starts_at_ms == first.starts_at_ms
    assert code(duelling.accept, ports, CYD, duel) == "duel_taken"
    assert code(view, ports, duel, CYD) == "duel_unknown"


def test_of_many_who_accept_at_once_one_is_the_rival(ports: Ports) -> None:
    duel = duelling.offer(ports, ADA, op_at(ports.clock())).id

    def accept(number: int) -> str:
        try:
            duelling.accept(ports, (BOB, CYD)[number % 2], duel)
        except GameError as error:
            return error.code
        return (BOB, CYD)[number % 2]

    found = set(race(16, accept))
    assert found in ({BOB, "duel_taken"}, {CYD, "duel_taken"})


def test_many_who_watch_the_end_at_once_see_one_winner(ports: Ports) -> None:
    duel = started(ports)
    ports.tap(BOB, 1)
    ports.time.advance(33)

    def look(number: int) -> tuple[str | None, int]:
        ports.tap((ADA, BOB)[number % 2], 5)
        found = view(ports, duel)
        return found.winner, found.host.taps

    assert len(set(race(16, look))) == 1


def test_duel_that_nobody_watches_makes_no_room(ports: Ports) -> None:
    duelling.decline(ports, ADA, duelling.offer(ports, ADA, op_at(ports.clock())).id)
    view(ports, started(ports))
    assert [room for room in ports.rooms.there if room.startswith("duel:")] == []
    watched = duelling.offer(ports, ADA, op_at(ports.clock())).id
    ports.rooms.enter(f"duel:{watched}", ADA, "c", "", 0)
    duelling.accept(ports, BOB, watched)
    assert ports.rooms.look(f"duel:{watched}", "", 0).seq == 1


def test_who_may_not(ports: Ports) -> None:
    duel = duelling.offer(ports, ADA, op_at(ports.clock())).id
    assert code(duelling.accept, ports, ADA, duel) == "duel_own"
    assert code(duelling.accept, ports, BOB, "0" * 16) == "duel_unknown"
    assert code(duelling.decline, ports, BOB, duel) == "duel_foreign"
    ports.players.accounts[BOB] = replace(ports.players.accounts[BOB], status=ModerationStatus.BANNED)
    assert code(duelling.accept, ports, BOB, duel) == "banned"
    assert code(duelling.offer, ports, BOB, op_at(ports.clock())) == "banned"


def test_an_offer_is_taken_back_and_does_not_stand_for_ever(ports: Ports) -> None:
    duel = duelling.offer(ports, ADA, op_at(ports.clock())).id
    assert duelling.decline(ports, ADA, duel).state is State.DECLINED
    assert duelling.decline(ports, ADA, duel).state is State.DECLINED
    assert code(duelling.accept, ports, BOB, duel) == "duel_over"
    other = duelling.offer(ports, ADA, op_at(ports.clock())).id
    ports.time.advance(3_601)
    assert code(duelling.accept, ports, BOB, other) == "duel_over"


def test_an_accepted_duel_is_not_taken_back(ports: Ports) -> None:
    assert code(duelling.decline, ports, ADA, accepted(ports)) == "duel_taken"


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 1_000))
def test_nobody_taps_less_than_nothing_or_faster_than_the_rate(base: int, now: int, per_s: int) -> None:
    assert 0 <= rules.counted(base, now, per_s) <= per_s * 33
