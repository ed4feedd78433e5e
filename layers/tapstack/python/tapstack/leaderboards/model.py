"""The leaderboard as it is published: the same value in Redis and in the API."""

from __future__ import annotations

import msgspec


class LeaderboardEntry(msgspec.Struct, frozen=True):
    """A row: `id` is the player's opaque id, `username` null where none is chosen."""

    rank: int
    id: str
    username: str | None
    clicks: int


class Board(msgspec.Struct, frozen=True):
    """The top 20 and the totals. `version` changes when any of it does; `rebuilding` says that some may be missing.

    `name` says which day, week or month it is of (`2026-11-21`, `2026-W47`, `2026-11`), `closed` that it is over.
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


class ClosedBoard(msgspec.Struct, frozen=True):
    """A period that is over: how many played in it, and the best of them, null for one who has been erased since."""

    name: str
    players: int
    best: LeaderboardEntry | None


class ClosedBoards(msgspec.Struct, frozen=True):
    """Periods that are over, the latest first; `cursor` asks for the next page, null after the last."""

    entries: list[ClosedBoard]
    cursor: str | None


class Record(msgspec.Struct, frozen=True):
    """A best period of a player: `name` says which."""

    rank: int
    id: str
    username: str | None
    clicks: int
    name: str


class HallOfFame(msgspec.Struct, frozen=True):
    """The best days, weeks and months that anybody has had, of those that are over."""

    day: list[Record]
    week: list[Record]
    month: list[Record]


class OwnRank(msgspec.Struct, frozen=True):
    """A player's place on a board; a player without clicks on it comes after everybody who has some."""

    rank: int
    clicks: int
    around: list[LeaderboardEntry]
