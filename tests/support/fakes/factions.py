"""Factions in memory: the boards, and the faction that everybody has in a game in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace
from tapstack.economy.model import Shared
from tapstack.factions.answers import FactionCard
from tapstack.factions.dynamo_factions import FACTION, MEMBER, NAME, WEEK
from tapstack.factions.model import Closing, Faction, Held, Member, Membership, Role, Standing, WeekOver
from tapstack.platform.calendar import Period
from tapstack.play.model import Counter
from tapstack.players.model import Shown

from support.game import FACTION_ID, FRIEND_ID, TERRITORY

Board = tuple[Period | None, int]


def provided(
    first_player: Callable[[], str | None], week: Callable[[], int]
) -> Callable[[str], dict[str, Shared] | None]:
    """What is stored of the faction that the first player leads, with a friend; it has won a territory last week."""

    def item(key: str) -> dict[str, Shared] | None:
        leader = first_player()
        if leader is None:
            return None
        if key == FACTION + FACTION_ID:
            members = {leader: Member(Role.LEADER, 1, 0, 0), FRIEND_ID: Member(Role.MEMBER, 2, 0, 0)}
            faction = Faction(id=FACTION_ID, name="Red Foxes", created_at_ms=1, code="a" * 10, members=members)
            given = dict.fromkeys(members, 0)
            return {
                "body": _json(faction),
                "seq": 1,
                "treasury": 100_000,
                "given": given,
                "list": "faction",
                "sort": "",
            }
        if key in (MEMBER + leader, MEMBER + FRIEND_ID):
            return {"body": _json(Membership(faction=FACTION_ID)), "seq": 1}
        if key == f"{NAME}redfoxes":
            return {"faction": FACTION_ID}
        label = Period.WEEK.label(week() - 1)
        if key == f"{WEEK}{label}":
            held = Held(TERRITORY, FACTION_ID, "Red Foxes", 100, 1)
            return {"body": _json(WeekOver(week=week() - 1, held=(held,)))}
        return {"body": _json({TERRITORY: [leader]})} if key == f"{WEEK}{label}#who" else None

    return item


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@dataclass
class MemoryLiveFactions:
    """The boards as dictionaries."""

    of: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    is_warm: bool = False
    warmed_up_to: str = ""
    begun: Closing | None = None
    boards: dict[Board, dict[str, int]] = field(default_factory=dict)
    territories: dict[tuple[int, str], dict[str, int]] = field(default_factory=dict)
    shown: dict[str, FactionCard] = field(default_factory=dict)
    seen: dict[str, Shown | None] = field(default_factory=dict)
    idle: dict[str, Counter] = field(default_factory=dict)

    def belongs(self, players: Mapping[str, str]) -> None:
        self.of = {one: faction for one, faction in {**self.of, **players}.items() if faction}
        self.waiting |= {faction for faction in players.values() if faction}
        for one in [one for one, faction in players.items() if not faction]:
            self.seen.pop(one, None)
            self.idle.pop(one, None)

    def tapped(self, player_ids: Sequence[str]) -> None:
        self.waiting |= {self.of[one] for one in player_ids if one in self.of}

    def changed(self, faction_id: str) -> None:
        self.waiting.add(faction_id)

    def take(self) -> list[str]:
        if not self.taken:
            self.taken, self.waiting = self.waiting, set()
        return sorted(self.taken)

    def finish(self, faction_ids: Iterable[str]) -> None:
        self.taken -= set(faction_ids)

    def warm(self) -> bool:
        return self.is_warm

    def warmed(self) -> None:
        self.is_warm, self.warmed_up_to = True, ""

    def warming(self) -> str:
        return self.warmed_up_to

    def record_warming(self, after: str) -> None:
        self.warmed_up_to = after

    def closing(self) -> Closing | None:
        return self.begun

    def record_closing(self, closing: Closing) -> None:
        self.begun = closing

    def forget_closing(self) -> None:
        self.begun = None

    def faces(self, player_ids: Sequence[str]) -> dict[str, Shown | None]:
        return {one: self.seen[one] for one in player_ids if one in self.seen}

    def keep_faces(self, faces: Mapping[str, Shown | None]) -> None:
        self.seen |= faces

    def saved(self, player_ids: Sequence[str]) -> dict[str, Counter]:
        return {one: self.idle[one] for one in player_ids if one in self.idle}

    def keep_saved(self, counters: Iterable[Counter]) -> None:
        self.idle |= {one.player_id: replace(one, sessions={}, newer="", fields={}) for one in counters}

    def show(
        self,
        card: FactionCard,
        scores: Mapping[Board, int],
        contests: Mapping[tuple[int, str], int],
        territories: Iterable[str],
    ) -> None:
        self.shown[card.id] = card
        for board, taps in scores.items():
            self.boards.setdefault(board, {})[card.id] = taps
        weeks = {week for week, _ in contests} | {number for period, number in scores if period is Period.WEEK}
        for week in weeks:
            for territory in territories:
                rows = self.territories.setdefault((week, territory), {})
                rows[card.id] = contests.get((week, territory), 0)

    def hide(self, faction_id: str, boards: Iterable[Board], contests: Iterable[tuple[int, str]]) -> None:
        self.shown.pop(faction_id, None)
        self.waiting.discard(faction_id)
        for board in boards:
            self.boards.get(board, {}).pop(faction_id, None)
        for contest in contests:
            self.territories.get(contest, {}).pop(faction_id, None)

    def top(self, period: Period | None, number: int, count: int) -> list[Standing]:
        return _best(self.boards.get((period, number), {}))[:count]

    def place(self, period: Period | None, number: int, faction_id: str) -> tuple[int, int] | None:
        rows = _best(self.boards.get((period, number), {}))
        return next(((rank, row.taps) for rank, row in enumerate(rows, 1) if row.id == faction_id), None)

    def contests(self, week: int, territories: Sequence[str], count: int) -> dict[str, list[Standing]]:
        return {one: _best(self.territories.get((week, one), {}))[:count] for one in territories}

    def cards(self, faction_ids: Sequence[str]) -> dict[str, FactionCard]:
        return {one: self.shown[one] for one in faction_ids if one in self.shown}


def _best(rows: Mapping[str, int]) -> list[Standing]:
    found = sorted(((taps, one) for one, taps in rows.items() if taps), reverse=True)
    return [Standing(one, taps) for taps, one in found]
