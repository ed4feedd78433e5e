"""What is kept of factions over time: boards without those that are gone, roles that changed meanwhile, old weeks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from support.fakes.economy import MemoryCommons
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock
from tapstack.factions import joining, keeping, leading, leaving, rules
from tapstack.factions.answers import FactionCard, card
from tapstack.factions.dynamo_factions import FactionStore
from tapstack.factions.model import Entrance, Faction, Membership, Role, Stored, StoredMembership, WeekOver
from tapstack.platform.errors import Forbidden
from tapstack.players.model import Player

ADA, BOB, CYD, DAN = "a" * 16, "b" * 16, "c" * 16, "d" * 16
FOXES = "f" * 12


class Ports(MemoryPorts):
    """Three players of one faction: Ada leads it, Bob is an officer."""

    def __init__(self) -> None:
        super().__init__(ManualClock())
        self.commons = MemoryCommons()
        self.factions = FactionStore(self.commons)
        for number, player_id in enumerate((ADA, BOB, CYD, DAN), 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
        leader = joining.new_member(self, ADA, Role.LEADER)
        faction = Faction(
            id=FOXES, name="Foxes", created_at_ms=1, code="x" * 10, members={ADA: leader}, entrance=Entrance.OPEN
        )
        assert self.factions.write(self.factions.founded(faction, StoredMembership(ADA), Membership(faction=FOXES)))
        joining.join(self, BOB, FOXES)
        joining.join(self, CYD, FOXES)
        leading.promote(self, ADA, BOB, FOXES)


@pytest.fixture
def ports() -> Ports:
    return Ports()


def test_faction_that_is_dissolved_while_it_is_counted_leaves_the_boards(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = ports.live_factions.show

    def late(*arguments: Any) -> None:
        leaving.dissolve(ports, ADA, FOXES)
        show(*arguments)

    monkeypatch.setattr(ports.live_factions, "show", late)
    keeping.keep(ports)
    assert ports.live_factions.cards([FOXES])
    monkeypatch.setattr(ports.live_factions, "show", show)
    keeping.keep(ports)
    assert not ports.live_factions.cards([FOXES])
    keeping.keep(ports)
    assert not ports.live_factions.waiting | ports.live_factions.taken


@pytest.mark.parametrize("role", ["officer", "leader"])
def test_officer_removes_nobody_who_has_got_a_role_meanwhile(
    ports: Ports, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    get, asked = ports.factions.get, iter((True,))

    def read(faction_id: str) -> Stored | None:
        found = get(faction_id)
        if next(asked, False):
            (leading.promote if role == "officer" else leading.transfer)(ports, ADA, CYD, FOXES)
        return found

    monkeypatch.setattr(ports.factions, "get", read)
    with pytest.raises(Forbidden) as error:
        leaving.kick(ports, BOB, CYD, FOXES)
    assert error.value.code == "role_needed"
    stored = get(FOXES)
    assert stored is not None
    assert stored.faction.members[CYD].role == role


def test_no_more_officers_than_the_rules_allow_however_often_the_lead_is_handed_over(ports: Ports) -> None:
    ids = [ADA, *(f"{number:016x}" for number in range(7))]
    for number, one in enumerate(ids[1:], 9):
        ports.players.accounts[one] = Player(one, number, None, "", f"ref{number}", "en", 1)
        joining.join(ports, one, FOXES)
    for before, after in pairwise(ids):
        leading.transfer(ports, before, after, FOXES)
    stored = ports.factions.get(FOXES)
    assert stored is not None
    roles = {one: member.role for one, member in stored.faction.members.items()}
    assert rules.officers(stored.faction) == rules.OFFICERS
    assert roles[ids[-1]] == Role.LEADER
    assert roles[ids[-2]] == Role.MEMBER
    leading.transfer(ports, ids[-1], BOB, FOXES)  # an officer, who makes room for one
    stored = ports.factions.get(FOXES)
    assert stored is not None
    assert stored.faction.members[ids[-1]].role == Role.OFFICER


def test_the_latest_weeks_are_shown_after_years_of_them() -> None:
    store = FactionStore(MemoryCommons())
    for week in range(2_700, 2_850):
        assert store.close(WeekOver(week=week, held=()), {})
    assert [over.week for over in store.weeks(4)] == [2_849, 2_848, 2_847, 2_846]


@pytest.mark.parametrize(
    "act",
    [
        lambda ports: leading.settle(ports, ADA, FOXES, entrance=Entrance.LINK, colour=None, new_link=False),
        lambda ports: leading.buy(ports, ADA, FOXES, "colour_ember", 2_000),
        lambda ports: leaving.leave(ports, CYD, FOXES),
        lambda ports: leaving.kick(ports, ADA, CYD, FOXES),
        lambda ports: leaving.forget(ports, CYD),
        lambda ports: leaving.expel(ports, ADA),
        lambda ports: joining.join(ports, DAN, FOXES),
    ],
    ids=["settings", "colour", "leave", "kick", "erasure", "ban", "join"],
)
def test_card_shows_within_a_run_what_has_changed(ports: Ports, act: Callable[[Ports], object]) -> None:
    def shown() -> FactionCard:
        keeping.keep(ports)
        return ports.live_factions.cards([FOXES])[FOXES]

    assert ports.factions.write(ports.factions.donated(FOXES, BOB, 2_000))
    before = shown()
    act(ports)
    stored = ports.factions.get(FOXES)
    assert stored
    assert shown() == card(stored.faction) != before
