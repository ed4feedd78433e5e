"""Many who join, leave and are let in at once: fifty at most, each in one faction, and nobody is lost."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from support.economy_faults import insist
from support.fakes.economy import MemoryCommons
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock, race
from tapstack.economy.model import Shared
from tapstack.factions import joining, leaving, rules
from tapstack.factions.dynamo_factions import FactionStore
from tapstack.factions.model import Entrance, Faction, Membership, Role, StoredMembership
from tapstack.platform.errors import Conflict, GameError
from tapstack.players.model import Player

MANY = [f"{number:016x}" for number in range(64)]
FULL, OTHER = "f" * 12, "e" * 12


class SlowCommons(MemoryCommons):
    """Lets others act between what is read and what is written after it."""

    def shared(self, keys: Sequence[str]) -> dict[str, dict[str, Shared]]:
        found = super().shared(keys)
        time.sleep(0.001)
        return found


class Ports(MemoryPorts):
    """Two open factions of the highest level, with all seats that there are, and 64 players."""

    def __init__(self) -> None:
        super().__init__(ManualClock())
        self.commons = SlowCommons()
        self.factions = FactionStore(self.commons)
        for number, player_id in enumerate(MANY, 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
        of = self.catalogues.current().factions
        for leader, faction_id in ((MANY[0], FULL), (MANY[1], OTHER)):
            faction = Faction(
                id=faction_id,
                name=f"Name {faction_id[0]}",
                created_at_ms=1,
                code=faction_id[:10],
                members={leader: joining.new_member(self, leader, Role.LEADER)},
                entrance=Entrance.OPEN,
                level=len(of.levels),
                bought=tuple(perk.id for perk in of.perks),
            )
            founded = self.factions.founded(faction, StoredMembership(leader), Membership(faction=faction_id))
            assert self.factions.write(founded)

    def members(self, faction_id: str) -> set[str]:
        stored = self.factions.get(faction_id)
        return set(stored.faction.members) if stored else set()

    def assert_whole(self) -> None:
        """A faction's members are those who say that they belong to it."""
        belongs = self.factions.memberships(MANY)
        for faction_id in (FULL, OTHER):
            said = {one for one, own in belongs.items() if own.membership.faction == faction_id}
            assert said == self.members(faction_id)


@pytest.fixture
def ports() -> Ports:
    return Ports()


def try_to_join(ports: Ports, player_id: str, faction_id: str) -> str:
    try:
        insist(lambda: joining.join(ports, player_id, faction_id))
    except Conflict as refusal:
        return refusal.code
    return ""


def test_of_64_who_join_at_once_fifty_are_members(ports: Ports) -> None:
    found = race(32, lambda n: [try_to_join(ports, one, FULL) for one in (MANY[n], MANY[n + 32])])
    said = [code for codes in found for code in codes]
    assert len(ports.members(FULL)) == rules.MOST_MEMBERS
    assert sorted(set(said)) == ["", "faction_full", "in_faction"]
    ports.assert_whole()


def test_nobody_gets_into_two_factions_however_many_doors_they_try_at_once(ports: Ports) -> None:
    def enter(n: int) -> str:
        return try_to_join(ports, MANY[2 + n // 4], (FULL, OTHER)[n % 2])

    assert set(race(32, enter)) == {"", "in_faction"}
    assert not ports.members(FULL) & ports.members(OTHER)
    assert len(ports.members(FULL) | ports.members(OTHER)) == 2 + 8
    ports.assert_whole()


def test_faction_whose_members_all_leave_at_once_is_gone_and_nobody_stays_behind(ports: Ports) -> None:
    for one in MANY[2:18]:
        assert try_to_join(ports, one, FULL) == ""
    there = [MANY[0], *MANY[2:18]]
    race(len(there), lambda n: insist(lambda: leaving.leave(ports, there[n], FULL)))
    assert ports.members(FULL) == set()
    assert ports.factions.named("Name f") is None
    ports.assert_whole()


def test_leader_stays_one_while_members_come_and_go(ports: Ports) -> None:
    for one in MANY[2:12]:
        assert try_to_join(ports, one, FULL) == ""

    def act(n: int) -> None:
        try:
            if n < 6:
                insist(lambda: leaving.leave(ports, [MANY[0], *MANY[2:12]][n], FULL))
            else:
                try_to_join(ports, MANY[20 + n], FULL)
        except GameError as error:
            assert error.code == "faction_cooldown"

    race(16, act)
    stored = ports.factions.get(FULL)
    assert stored is not None
    assert [member.role for member in stored.faction.members.values()].count(Role.LEADER) == 1
    ports.assert_whole()
