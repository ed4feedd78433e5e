"""Leaderboards as they are published, and what the stores have of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from tapstack.platform.calendar import DAY_MS, Period

if TYPE_CHECKING:
    from tapstack.players.model import Shown


class BoardMetric(StrEnum):
    """What a board ranks by: taps, or a number of a player's wallet that only grows."""

    TAPS = "taps"
    COINS = "coins"
    """Earned, whatever has become of them."""
    XP = "xp"
    CRATES = "crates"
    """Opened."""
    CHECKINS = "checkins"
    FRIENDS = "friends"
    ACHIEVEMENTS = "achievements"


OF_WALLETS = tuple(metric for metric in BoardMetric if metric is not BoardMetric.TAPS)
"""The metrics whose boards follow the wallets; those by taps follow the players' counters."""


SEASON = "season"
"""What the API calls the period that a season is."""


class SeasonPeriod(msgspec.Struct, frozen=True, eq=False):
    """A season, where others have a Period: numbered and named by the day on which it begins, as no two begin together.

    Its end, in ms since 1970, is 0 where nobody knows it any more. It may be moved while the season runs, so it does
    not say which season this is.
    """

    day: int = 0
    ends_ms: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SeasonPeriod) and self.day == other.day

    def __hash__(self) -> int:
        return hash(self.day)

    def __str__(self) -> str:
        return SEASON

    @property
    def starts_ms(self) -> int:
        return self.day * DAY_MS

    def number_at(self, _at_ms: int) -> int:
        return self.day

    def end_ms(self, _number: int) -> int:
        return self.ends_ms

    def label(self, number: int) -> str:
        return Period.DAY.label(number)


class BoardId(NamedTuple):
    """A board: its metric and its kind of period, None for all time."""

    metric: BoardMetric = BoardMetric.TAPS
    period: Period | SeasonPeriod | None = None

    @property
    def name(self) -> str:
        """`all` or `week` by taps, `coins:all` or `coins:week` by anything else."""
        period = str(self.period or "all")
        return period if self.metric is BoardMetric.TAPS else f"{self.metric}:{period}"


ALL_TIME = BoardId()


# -- published: the same values in Redis and in the API --


class LeaderboardEntry(msgspec.Struct, frozen=True):
    """A row: `id` is the player's opaque id, `username` null where none is chosen, `public_name` what to show.

    `clicks` is what the player has in the metric of the board: taps, unless the board says otherwise.
    `title` is the item of the catalogue that they wear beside it, `looks` are those that paint name and picture,
    separated by spaces; absent where there is none.
    """

    rank: int
    id: str
    username: str | None
    clicks: int
    public_name: str = ""
    title: str | UnsetType = UNSET
    looks: str | UnsetType = UNSET


class Board(msgspec.Struct, frozen=True):
    """The top 20 and the totals. `version` changes with any of them; `rebuilding`: entries may be missing.

    `name` says which day, week, month or year it is of (`2026-11-21`, `2026-W47`, `2026-11`, `2026`), or on which day
    its season began, `closed` that it is over. `metric` is absent on boards by taps; the totals are of the whole game,
    and in taps, on every board.
    """

    version: int
    generated_at_s: int
    total_clicks: int
    total_players: int
    active_players: int
    rebuilding: bool
    entries: list[LeaderboardEntry]
    period: str = "all"
    name: str | None = None
    ends_at_s: int | None = None
    closed: bool = False
    metric: BoardMetric | UnsetType = UNSET

    @property
    def of(self) -> BoardId:
        """Which board it is; raises ValueError for a period that this release does not know."""
        metric = self.metric or BoardMetric.TAPS
        if self.period == SEASON:
            return BoardId(metric, SeasonPeriod(Period.DAY.parse(self.name or ""), (self.ends_at_s or 0) * 1_000))
        return BoardId(metric, None if self.period == "all" else Period(self.period))


class RenderedBoard(msgspec.Struct, frozen=True):
    """A board as it is answered: its JSON, and an ETag that covers everything visible.

    A board that is computed again without a change keeps its ETag.
    """

    board: Board
    text: str
    etag: str


class ClosedBoard(msgspec.Struct, frozen=True):
    """A past period: its number of players, and the best one, null for a player who has been erased."""

    name: str
    players: int
    best: LeaderboardEntry | None


class ClosedBoards(msgspec.Struct, frozen=True):
    """Past periods, the latest first; `cursor` requests the next page, null on the last."""

    entries: list[ClosedBoard]
    cursor: str | None


class Record(msgspec.Struct, frozen=True):
    """A best period of a player: `name` says which; names and looks as in a LeaderboardEntry."""

    rank: int
    id: str
    username: str | None
    clicks: int
    name: str
    public_name: str = ""
    title: str | UnsetType = UNSET
    looks: str | UnsetType = UNSET


class HallOfFame(msgspec.Struct, frozen=True):
    """The best past days, weeks, months and years of all players."""

    day: list[Record]
    week: list[Record]
    month: list[Record]
    year: list[Record]


class OwnRank(msgspec.Struct, frozen=True):
    """A player's rank on a board; players without a score on it rank last."""

    rank: int
    clicks: int
    around: list[LeaderboardEntry]


class Relation(StrEnum):
    """Who somebody on a friends' board is to the player."""

    OWN = "own"
    INVITER = "inviter"
    INVITED = "invited"


class FriendRow(msgspec.Struct, frozen=True):
    """A place on the caller's friends' board; names and looks as in a LeaderboardEntry."""

    rank: int
    id: str
    username: str | None
    public_name: str
    clicks: int
    relation: Relation
    cheered: bool | UnsetType = UNSET
    title: str | UnsetType = UNSET
    looks: str | UnsetType = UNSET


class FriendsBoard(msgspec.Struct, frozen=True):
    """The caller, their inviter and whom they have invited; `complete` is false where they have invited more.

    `cheered` says whether the caller has cheered a friend today, and `cheers_again_at_ms` when the next day begins.
    """

    entries: list[FriendRow]
    complete: bool
    cheers_again_at_ms: int | UnsetType = UNSET


# -- stored --

Row = tuple[str, int]
"""A player's id and clicks."""


class MetricScore(NamedTuple):
    """A player's place in the order of one board of a metric: `number` says which day, week, month, year or season."""

    metric: BoardMetric
    period: Period | SeasonPeriod | None
    number: int
    score: float


class BucketSummary(msgspec.Struct, frozen=True):
    """One bucket's part of the all-time board: `top` are its best as (id, score), `warm` says that it is complete."""

    clicks: int
    players: int
    active: int
    top: Sequence[tuple[str, float]]
    warm: bool


class Neighbours(NamedTuple):
    """The rank of a score on a board, and the rows around it, best first, the player's own among them."""

    rank: int
    rows: list[Row]


class RankOnBoard(NamedTuple):
    """A player's score and place on a board, and what is kept of what others see of those around: not of all."""

    score: float
    neighbours: Neighbours
    shown: Mapping[str, Shown]


class Top(NamedTuple):
    """The best rows of a board, and how many players are on it."""

    rows: list[Row]
    players: int


class CompletionState(msgspec.Struct, frozen=True):
    """The buckets whose boards by metric are not complete, and whether all that is over is archived."""

    incomplete: Sequence[int]
    archived: bool


class ArchivedBoard(msgspec.Struct, frozen=True):
    """The board of a period that is over: its best, and how many were on it."""

    period: Period | SeasonPeriod
    name: str
    players: int
    rows: Sequence[Row]
    archived_at_ms: int
    metric: BoardMetric = BoardMetric.TAPS


class Fame(msgspec.Struct, frozen=True):
    """The best periods of one kind as (id, clicks, name of the period); `version` counts its changes."""

    rows: Sequence[tuple[str, int, str]]
    version: int = 0
