"""What Redis knows of goals, in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tapstack.goals.ports import Badge, Live

from support.fakes.economy import MemoryPaidTaps
from support.fakes.league import MemoryLiveLeague


class MemoryGoals:
    """Who has which achievement, exactly."""

    def __init__(self, paid_taps: MemoryPaidTaps, live_league: MemoryLiveLeague) -> None:
        self.paid_taps, self.live_league = paid_taps, live_league
        self.have: defaultdict[Badge, set[str]] = defaultdict(set)

    def read(self, player_id: str, week: int, own: Iterable[Badge], asked: Sequence[Badge]) -> Live:
        counts = {badge: len(self.have[badge]) for badge in asked}
        self.add(player_id, own)
        league, seat = self.live_league.seat(week, player_id)
        players = len(self.paid_taps.play.live)
        return Live(self.paid_taps.paid_taps(player_id), league, seat, counts if asked else None, players)

    def holders(self, player_id: str, badges: Sequence[Badge]) -> tuple[dict[Badge, int], int]:  # noqa: ARG002
        return {badge: len(self.have[badge]) for badge in badges}, len(self.paid_taps.play.live)

    def add(self, player_id: str, badges: Iterable[Badge]) -> None:
        for badge in badges:
            self.have[badge].add(player_id)
