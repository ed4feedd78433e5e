"""A week's reward goes to everybody who has tapped for it, wherever they or their officers have moved them since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from support.fakes.economy import MemoryCommons
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock
from tapstack.factions import exporting, finding, joining, keeping, leading, leaving, moderating, paying, reading
from tapstack.factions.dynamo_factions import FactionStore
from tapstack.factions.model import Entrance, Faction, Membership, Role, StoredMembership
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import BadRequest, Conflict, Forbidden
from tapstack.play.model import Counter
from tapstack.play.rules.periods import Periods, PeriodTotal
from tapstack.players.model import ModerationStatus, Player

ADA, BOB, CYD = "a" * 16, "b" * 16, "c" * 16
FOXES = "f" * 12
WEEK = 2_900
LAND, OTHER = "harbour", "market"


@dataclass
class Tapped:
    """What players have tapped, all of it in the week `WEEK`."""

    taps: dict[str, int] = field(default_factory=dict)

    def cold_buckets(self) -> list[int]:
        return []

    def read(self, player_ids: Sequence[str]) -> list[Counter]:
        return [self._counter(one) for one in player_ids if one in self.taps]

    def _counter(self, player_id: str) -> Counter:
        """As it is on the Monday after, when the player has tapped once more."""
        taps, monday = self.taps[player_id], Period.WEEK.start_ms(WEEK + 1) // DAY_MS
        last = PeriodTotal(WEEK, taps, 1)
        periods = Periods(monday, (taps, taps, 0), (None, last, None))
        return Counter(player_id, taps + 1, periods=periods, last_tap_at_ms=monday * DAY_MS)


class InWeek(Tapped):
    """The same while the week runs."""

    def _counter(self, player_id: str) -> Counter:
        day = Period.WEEK.start_ms(WEEK) // DAY_MS
        return Counter(player_id, self.taps[player_id], periods=Periods(day, (0, 0, 0)), last_tap_at_ms=day * DAY_MS)


class Ports(MemoryPorts):
    """The Foxes on the Monday after a week in which Ada, who leads them, Bob and Cyd have tapped for the harbour."""

    def __init__(self) -> None:
        super().__init__(ManualClock())
        self.commons = MemoryCommons()
        self.factions = FactionStore(self.commons)
        self.tapped = Tapped()
        self.saving = self.tapped  # type: ignore[assignment]
        assert isinstance(self.clock, ManualClock)
        self.clock.now_ms = Period.WEEK.start_ms(WEEK) + DAY_MS
        for number, player_id in enumerate((ADA, BOB, CYD), 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
        leader = joining.new_member(self, ADA, Role.LEADER)
        faction = Faction(
            id=FOXES, name="Foxes", created_at_ms=1, code="x" * 10, members={ADA: leader}, entrance=Entrance.OPEN
        )
        assert self.factions.write(self.factions.founded(faction, StoredMembership(ADA), Membership(faction=FOXES)))
        for one in (BOB, CYD):
            joining.join(self, one, FOXES)
        for one in (ADA, BOB, CYD):
            leading.assign(self, one, LAND, on=True)
        self.tapped.taps = dict.fromkeys((ADA, BOB, CYD), 5_000)
        self.clock.now_ms = Period.WEEK.start_ms(WEEK + 1) + 120_000

    def close(self) -> None:
        assert isinstance(self.clock, ManualClock)
        self.clock.now_ms = Period.WEEK.start_ms(WEEK + 1) + keeping.AFTER_MS
        assert keeping.close_due(self)

    def may_claim(self, player_id: str, territory: str = LAND) -> bool:
        """Takes the reward, once; says whether there was one."""
        shown = reading.territories(self, player_id).claimable == territory
        try:
            first = paying.claim(self, player_id, territory)
        except Forbidden:
            assert not shown
            return False
        assert shown
        assert paying.claim(self, player_id, territory) == first
        assert reading.territories(self, player_id).claimable is None
        return True


@pytest.fixture
def ports() -> Ports:
    return Ports()


MOVES: dict[str, Callable[[Ports], None]] = {
    "chooses another": lambda ports: leading.assign(ports, CYD, OTHER, on=True),
    "chooses none": lambda ports: leading.assign(ports, CYD, LAND, on=False),
    "is removed": lambda ports: leaving.kick(ports, ADA, CYD, FOXES),
    "leaves": lambda ports: leaving.leave(ports, CYD, FOXES),
}


@pytest.mark.parametrize("closed_first", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("move", MOVES)
def test_who_has_tapped_for_a_territory_claims_it_wherever_they_are_then(
    ports: Ports, move: str, closed_first: bool
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


def test_taps_on_both_sides_of_a_change_count_together(ports: Ports) -> None:
    """60 before the change and 60 after it are 120 of 100."""
    ports.tapped = ports.saving = InWeek({CYD: 60})  # type: ignore[assignment]
    ports.clock.now_ms = Period.WEEK.start_ms(WEEK) + 2 * DAY_MS  # type: ignore[attr-defined]
    leading.assign(ports, CYD, OTHER, on=True)
    leading.assign(ports, CYD, LAND, on=True)
    ports.tapped.taps[CYD] = 120
    ports.close()
    assert ports.may_claim(CYD)


def test_too_few_taps_bring_nothing_to_who_has_left(ports: Ports) -> None:
    ports.tapped.taps[CYD] = 99
    leaving.leave(ports, CYD, FOXES)
    ports.close()
    assert not ports.may_claim(CYD)


def test_who_is_hidden_is_no_winner(ports: Ports) -> None:
    leading.assign(ports, CYD, OTHER, on=True)
    ports.close()
    ports.players.accounts[CYD] = replace(ports.players.accounts[CYD], status=ModerationStatus.SHADOW)
    assert not ports.may_claim(CYD)


def test_operator_gives_a_faction_another_name_everywhere(ports: Ports) -> None:
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


def test_operator_gives_no_faction_the_name_of_another(ports: Ports) -> None:
    owls = Faction(id="e" * 12, name="Owls", created_at_ms=1, code="y" * 10, members={})
    assert ports.factions.write(ports.factions.founded(owls, StoredMembership("d" * 16), Membership(faction=owls.id)))
    with pytest.raises(Conflict):
        moderating.rename(ports, FOXES, "0wls")
    with pytest.raises(BadRequest):
        moderating.rename(ports, FOXES, "Fuck You")
    assert moderating.rename(ports, FOXES, "F0XES") == "F0XES"  # its own name in other letters
    assert moderating.find(ports.factions, "foxes").faction.name == "F0XES"


def test_export_has_it_and_erasure_takes_it(ports: Ports) -> None:
    leaving.leave(ports, CYD, FOXES)
    row = {"week": Period.WEEK.label(WEEK), "faction": FOXES, "territory": LAND, "taps": 5_000}
    assert row in exporting.exported(ports, CYD)["fought"]
    leaving.forget(ports, CYD)
    assert exporting.exported(ports, CYD)["fought"] == []
    ports.close()
    assert not ports.may_claim(CYD)
