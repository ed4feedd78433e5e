"""A week in which a faction has tapped for a territory, and the Monday after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tapstack.factions import (
    closing,
    joining,
    leading,
    paying,
    reading,
)
from tapstack.factions.dynamo_factions import FactionStore
from tapstack.factions.model import Entrance, Faction, Membership, Role, StoredMembership
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import Forbidden
from tapstack.play.model import Counter
from tapstack.play.rules.periods import Periods, PeriodTotal
from tapstack.players.model import Player

from support.fakes.economy import MemoryCommons
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock

ADA, BOB, CYD = "a" * 16, "b" * 16, "c" * 16
FOXES = "f" * 12
WEEK = 2_900
LAND, OTHER = "harbour", "market"


@dataclass
class Tapped:
    """What players have tapped, all of it in the week `WEEK`."""

    taps: dict[str, int] = field(default_factory=dict)

    accounts: Mapping[str, Player] = field(default_factory=dict)
    cold: list[int] = field(default_factory=list)

    def cold_buckets(self) -> list[int]:
        return self.cold

    def hidden(self, player_ids: Sequence[str]) -> set[str]:
        return {one for one in player_ids if one in self.accounts and self.accounts[one].hidden}

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


class TerritoryPorts(MemoryPorts):
    """The Foxes on the Monday after a week in which Ada, who leads them, Bob and Cyd have tapped for the harbour."""

    def __init__(self) -> None:
        super().__init__(ManualClock())
        self.commons = MemoryCommons()
        self.factions = FactionStore(self.commons)
        self.tapped = Tapped(accounts=self.players.accounts)
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

    def go_to(self, at_ms: int) -> None:
        assert isinstance(self.clock, ManualClock)
        self.clock.now_ms = at_ms

    def close(self) -> None:
        self.go_to(Period.WEEK.start_ms(WEEK + 1) + closing.AFTER_MS)
        assert closing.close_due(self)

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
