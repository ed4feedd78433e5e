"""The league in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tapstack.league.model import Division, League, Seat
from tapstack.players.model import Shown


@dataclass
class MemoryLeague:
    """Leagues with their divisions, and which of them is the current one."""

    published: League | None = None
    divisions: dict[tuple[str, Seat], Division] = field(default_factory=dict)

    def current(self) -> League | None:
        return self.published

    def publish(self, league: League) -> bool:
        if self.published and self.published.week >= league.week:
            return False
        self.published = league
        return True

    def open_tiers(self, league: League) -> bool:
        self.published = league
        return True

    def put_all(self, league: League, divisions: Sequence[Division]) -> None:
        for division in divisions:
            self.divisions[league.plan, division.seat] = replace(division, version=1)

    def replace(self, league: League, division: Division) -> bool:
        known = self.divisions.get((league.plan, division.seat))
        if (known.version if known else 0) != division.version:
            return False
        self.divisions[league.plan, division.seat] = replace(division, version=division.version + 1)
        return True

    def get(self, league: League, seat: Seat) -> Division | None:
        return self.divisions.get((league.plan, seat))

    def last(self, league: League, tier: int) -> Division | None:
        found = [d for (of, seat), d in self.divisions.items() if of == league.plan and seat.tier == tier]
        return max(found, key=lambda d: d.seat.division, default=None)

    def all(self, league: League) -> Iterator[Division]:
        found = [d for (of, _), d in self.divisions.items() if of == league.plan]
        return iter(sorted(found, key=lambda d: (d.seat.tier, d.seat.division)))


@dataclass
class MemoryLiveLeague:
    """Who sits where, and the boards of weeks: `boards` are the scores of each."""

    league: League | None = None
    boards: dict[int, dict[str, float]] = field(default_factory=dict)
    new: dict[int, set[str]] = field(default_factory=dict)
    seats: dict[int, dict[str, Seat]] = field(default_factory=dict)
    progress: tuple[League | None, int] = (None, 0)

    def ranked(self, week: int) -> list[str]:
        board = self.boards.get(week, {})
        return sorted(board, key=lambda i: -board[i])

    def scores(self, week: int, player_ids: Sequence[str]) -> list[tuple[str, float]]:
        board = self.boards.get(week, {})
        return sorted(((i, board.get(i, 0.0)) for i in player_ids), key=lambda row: -row[1])

    def newcomers(self, week: int, limit: int) -> list[str]:
        return list(self.new.get(week, ()))[:limit]

    def looked_at(self, week: int, player_ids: Iterable[str]) -> None:
        self.new.setdefault(week, set()).difference_update(player_ids)

    def announce(self, week: int) -> None:
        self.new.setdefault(week, set()).update(self.ranked(week))

    def current(self) -> League | None:
        return self.league

    def seat(self, week: int, player_id: str) -> tuple[League | None, Seat | None]:
        return self.league, self.seats.get(week, {}).get(player_id)

    def seated(self, week: int, player_ids: Sequence[str]) -> set[str]:
        return set(player_ids) & self.seats.get(week, {}).keys()

    def count(self, week: int) -> int:
        return len(self.seats.get(week, {}))

    def put_seats(self, week: int, seats: Mapping[str, Seat]) -> None:
        self.seats.setdefault(week, {}).update(seats)

    def clear_seats(self, week: int) -> None:
        self.seats.pop(week, None)

    def show(self, league: League) -> None:
        self.league = league

    def forget(self, week: int, player_id: str) -> None:
        self.seats.get(week, {}).pop(player_id, None)

    def names(self, league: League, division: Division) -> Mapping[str, Shown] | None:  # noqa: ARG002
        return None

    def keep_names(self, league: League, division: Division, names: Mapping[str, Shown]) -> None:
        """They are read again each time."""

    def forget_names(self, league: League, division: Division) -> None:
        """None are kept."""

    def stored(self, league: League) -> int:
        known, count = self.progress
        return count if known == league else 0

    def record_stored(self, league: League, count: int) -> None:
        self.progress = league, count
