"""Who is put out hears no more, and nobody who is in another faction is touched by it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from support.fakes.economy import MemoryCommons
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock
from tapstack.factions import joining, leaving
from tapstack.factions.dynamo_factions import FactionStore
from tapstack.factions.model import Entrance, Faction, Membership, Role, StoredMembership
from tapstack.live.events import Event, FactionJoined, FactionLeft
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import GameError
from tapstack.players.model import ModerationStatus, Player

ADA, BOB, CYD, DAN = "a" * 16, "b" * 16, "c" * 16, "d" * 16
FOXES, OWLS = "f" * 12, "e" * 12


@dataclass
class Heard:
    """What rooms are told, and who is put out of them."""

    told: list[tuple[str, Event, str]] = field(default_factory=list)
    out: list[tuple[str, str]] = field(default_factory=list)

    def to_room(self, room: str, event: Event, about: str = "") -> None:
        self.told.append((room, event, about))

    def put_out(self, room: str, player_id: str) -> None:
        self.out.append((room, player_id))


class Ports(MemoryPorts):
    """Ada leads the foxes with Bob in them, Cyd the owls, whom one has to ask."""

    def __init__(self) -> None:
        super().__init__(ManualClock())
        self.commons = MemoryCommons()
        self.factions = FactionStore(self.commons)
        self.belonged: list[dict[str, str]] = []
        self.heard = Heard()
        self.live = self.heard  # type: ignore[assignment]
        for number, player_id in enumerate((ADA, BOB, CYD, DAN), 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
        self.found(FOXES, ADA)
        self.found(OWLS, CYD, Entrance.REQUEST)
        joining.join(self, BOB, FOXES)
        self.heard.told.clear()

    def found(self, faction_id: str, leader: str, entrance: Entrance = Entrance.OPEN) -> None:
        members = {leader: joining.new_member(self, leader, Role.LEADER)}
        faction = Faction(
            id=faction_id, name=faction_id, created_at_ms=1, code="x" * 10, members=members, entrance=entrance
        )
        founded = self.factions.founded(faction, StoredMembership(leader), Membership(faction=faction_id))
        assert self.factions.write(founded)

    def nothing_happened(self) -> None:
        assert (self.belonged, self.heard.out, self.heard.told) == ([], [], [])


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> Ports:
    ports = Ports()
    monkeypatch.setattr(ports.live_factions, "belongs", lambda players: ports.belonged.append(dict(players)))
    return ports


def test_who_is_kicked_hears_no_more_of_the_room(ports: Ports) -> None:
    leaving.kick(ports, ADA, BOB, FOXES)
    assert ports.heard.out == [(f"faction:{FOXES}", BOB)]
    assert ports.belonged == [{BOB: ""}]
    assert [about for _, _, about in ports.heard.told] == [BOB]


@pytest.mark.parametrize("status", [ModerationStatus.GOOD, ModerationStatus.SHADOW])
def test_room_hears_who_comes_and_goes_but_not_of_who_is_hidden(ports: Ports, status: ModerationStatus) -> None:
    ports.players.accounts[DAN] = replace(ports.players.accounts[DAN], status=status)
    for _ in range(2):
        joining.join(ports, DAN, FOXES)
        leaving.kick(ports, ADA, DAN, FOXES)
        ports.clock.now_ms += 2 * DAY_MS  # type: ignore[attr-defined]
    joining.join(ports, DAN, OWLS)
    joining.accept(ports, CYD, DAN, OWLS)
    leaving.leave(ports, DAN, OWLS)
    heard = [(room, type(event)) for room, event, _ in ports.heard.told]
    both = [FactionJoined, FactionLeft]
    foxes, owls = ([(f"faction:{of}", event) for event in both] for of in (FOXES, OWLS))
    assert heard == ([*foxes, *foxes, *owls] if status is ModerationStatus.GOOD else [])
    assert [player_id for _, player_id in ports.heard.out] == [DAN] * 3


def test_who_leads_one_faction_takes_nobody_of_another_off_the_boards(ports: Ports) -> None:
    leaving.kick(ports, ADA, CYD, FOXES)
    leaving.leave(ports, CYD, FOXES)
    with pytest.raises(GameError):
        leaving.dissolve(ports, CYD, FOXES)
    ports.nothing_happened()


def test_dissolving_what_is_not_there_does_nothing(ports: Ports) -> None:
    leaving.dissolve(ports, ADA, "0" * 12)
    ports.nothing_happened()


def test_who_asks_again_and_again_fills_no_room(ports: Ports) -> None:
    for _ in range(3):
        assert not joining.join(ports, DAN, OWLS)
    ports.nothing_happened()
