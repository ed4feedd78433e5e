"""Who looks at a faction, however often, takes little from the tables that sign-ins and sessions need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from support.territories import ADA, BOB, CYD, FOXES, TerritoryPorts
from tapstack.factions import joining, leaving, reading
from tapstack.players.model import ModerationStatus, Player

DAN, EVE = "d" * 16, "e" * 16


class Reads:
    """Whom a table was asked for."""

    def __init__(self, table: Any) -> None:
        self.asked: list[str] = []
        self._get_many = table.get_many
        table.get_many = self.get_many

    def get_many(self, player_ids: Sequence[str]) -> Any:
        self.asked += player_ids
        return self._get_many(player_ids)

    def taken(self) -> list[str]:
        asked, self.asked = sorted(self.asked), []
        return asked


@pytest.fixture
def ports() -> TerritoryPorts:
    ports = TerritoryPorts()
    for number, player_id in enumerate((DAN, EVE), 8):
        ports.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
    return ports


def test_members_are_read_once_for_all_who_look(ports: TerritoryPorts) -> None:
    ports.tapped.taps = {ADA: 7}  # the others do not play now
    accounts, counters = Reads(ports.players), Reads(ports.counters)
    first = reading.view(ports, DAN, FOXES)
    assert (accounts.taken(), counters.taken()) == ([ADA, BOB, CYD], [BOB, CYD])
    assert reading.view(ports, EVE, FOXES) == first
    assert (accounts.taken(), counters.taken()) == ([], [])
    assert len(reading.view(ports, BOB, FOXES).members) == 3
    assert (accounts.taken(), counters.taken()) == ([BOB], [])
    joining.join(ports, DAN, FOXES)
    counters.taken()
    assert len(reading.view(ports, EVE, FOXES).members) == 4
    assert (accounts.taken(), counters.taken()) == ([DAN], [DAN])


def test_who_leaves_or_is_erased_is_shown_no_more_at_once(ports: TerritoryPorts) -> None:
    assert len(reading.view(ports, DAN, FOXES).members) == 3
    leaving.forget(ports, CYD)
    leaving.kick(ports, ADA, BOB, FOXES)
    assert [one.id for one in reading.view(ports, DAN, FOXES).members] == [ADA]


def test_who_is_hidden_is_shown_to_nobody_but_themselves(ports: TerritoryPorts) -> None:
    ports.players.accounts[CYD] = replace(ports.players.accounts[CYD], status=ModerationStatus.SHADOW)

    def shown(viewer: str) -> set[str]:
        return {one.id for one in reading.view(ports, viewer, FOXES).members}

    assert [shown(one) for one in (CYD, DAN, CYD)] == [{ADA, BOB, CYD}, {ADA, BOB}, {ADA, BOB, CYD}]


def test_players_see_their_own_name_at_once(ports: TerritoryPorts) -> None:
    reading.view(ports, ADA, FOXES)
    ports.players.accounts[ADA] = replace(ports.players.accounts[ADA], username="lovelace")
    assert "lovelace" in {one.username for one in reading.view(ports, ADA, FOXES).members}
