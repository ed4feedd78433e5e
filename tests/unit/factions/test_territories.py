"""A week's reward goes to everybody who has tapped for it, wherever they or their officers have moved them since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.territories import ADA, BOB, CYD, FOXES, LAND, OTHER, WEEK, InWeek, TerritoryPorts
from tapstack.factions import (
    exporting,
    finding,
    keeping,
    leading,
    leaving,
    moderating,
    reading,
)
from tapstack.factions.model import Faction, Membership, StoredMembership
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import BadRequest, Conflict
from tapstack.players.model import ModerationStatus


@pytest.fixture
def ports() -> TerritoryPorts:
    return TerritoryPorts()


MOVES: dict[str, Callable[[TerritoryPorts], None]] = {
    "chooses another": lambda ports: leading.assign(ports, CYD, OTHER, on=True),
    "chooses none": lambda ports: leading.assign(ports, CYD, LAND, on=False),
    "is removed": lambda ports: leaving.kick(ports, ADA, CYD, FOXES),
    "leaves": lambda ports: leaving.leave(ports, CYD, FOXES),
}


@pytest.mark.parametrize("closed_first", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("move", MOVES)
def test_who_has_tapped_for_a_territory_claims_it_wherever_they_are_then(
    ports: TerritoryPorts, move: str, closed_first: bool
) -> None:
    if closed_first:
        ports.close()
    MOVES[move](ports)
    if not closed_first:
        ports.close()
    over = ports.factions.week(WEEK)
    assert over is not None
    assert [(one.territory, one.taps) for one in over.held] == [(LAND, 15_000)]
    assert [ports.may_claim(one) for one in (ADA, BOB, CYD)] == [True, True, True]


def test_taps_on_both_sides_of_a_change_count_together(ports: TerritoryPorts) -> None:
    """60 before the change and 60 after it are 120 of 100."""
    ports.tapped = ports.saving = InWeek({CYD: 60}, ports.players.accounts)  # type: ignore[assignment]
    ports.clock.now_ms = Period.WEEK.start_ms(WEEK) + 2 * DAY_MS  # type: ignore[attr-defined]
    leading.assign(ports, CYD, OTHER, on=True)
    leading.assign(ports, CYD, LAND, on=True)
    ports.tapped.taps[CYD] = 120
    ports.close()
    assert ports.may_claim(CYD)


def test_too_few_taps_bring_nothing_to_who_has_left(ports: TerritoryPorts) -> None:
    ports.tapped.taps[CYD] = 99
    leaving.leave(ports, CYD, FOXES)
    ports.close()
    assert not ports.may_claim(CYD)


def test_who_is_hidden_is_no_winner(ports: TerritoryPorts) -> None:
    leading.assign(ports, CYD, OTHER, on=True)
    ports.close()
    ports.players.accounts[CYD] = replace(ports.players.accounts[CYD], status=ModerationStatus.SHADOW)
    assert not ports.may_claim(CYD)


def test_operator_gives_a_faction_another_name_everywhere(ports: TerritoryPorts) -> None:
    ports.close()
    keeping.keep(ports)
    assert moderating.rename(ports, FOXES, "Red Foxes") == "Red Foxes"
    assert moderating.rename(ports, FOXES, "Red Foxes") == "Red Foxes"
    keeping.keep(ports)
    [land] = [one for one in reading.territories(ports, ADA).territories if one.holder]
    [held] = reading.territories(ports, ADA).history[0].held
    assert land.holder is not None
    assert (land.holder.name, held.name) == ("Red Foxes", "Red Foxes")
    assert ports.live_factions.cards([FOXES])[FOXES].name == "Red Foxes"
    assert [row.name for row in finding.search(ports, "red", 10, None).factions] == ["Red Foxes"]
    assert finding.search(ports, "foxes", 10, None).factions == []
    assert (ports.factions.named("Foxes"), ports.factions.named("R3D F0XES")) == (None, FOXES)
    assert ports.may_claim(BOB)


def test_operator_gives_no_faction_the_name_of_another(ports: TerritoryPorts) -> None:
    owls = Faction(id="e" * 12, name="Owls", created_at_ms=1, code="y" * 10, members={})
    assert ports.factions.write(ports.factions.founded(owls, StoredMembership("d" * 16), Membership(faction=owls.id)))
    with pytest.raises(Conflict):
        moderating.rename(ports, FOXES, "0wls")
    with pytest.raises(BadRequest):
        moderating.rename(ports, FOXES, "Fuck You")
    assert moderating.rename(ports, FOXES, "F0XES") == "F0XES"  # its own name in other letters
    assert moderating.find(ports.factions, "foxes").faction.name == "F0XES"


def test_export_has_it_and_erasure_takes_it(ports: TerritoryPorts) -> None:
    leaving.leave(ports, CYD, FOXES)
    row = {"week": Period.WEEK.label(WEEK), "faction": FOXES, "territory": LAND, "taps": 5_000}
    assert row in exporting.exported(ports, CYD)["fought"]
    leaving.forget(ports, CYD)
    assert exporting.exported(ports, CYD)["fought"] == []
    ports.close()
    assert not ports.may_claim(CYD)
