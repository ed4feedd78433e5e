"""The leaderboard as it is published: the same value in Redis and in the API."""

from __future__ import annotations

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """A row: `id` is the player's opaque id, `username` null where none is chosen."""

    rank: int
    id: str
    username: str | None
    clicks: int


class Board(msgspec.Struct, frozen=True):
    """The top 20 and the totals. `version` changes when any of it does; `rebuilding` says that some may be missing."""

    version: int
    generated_at_s: int
    total_clicks: int
    total_players: int
    active_players: int
    rebuilding: bool
    entries: list[Entry]


class Standing(msgspec.Struct, frozen=True):
    rank: int
    clicks: int
    around: list[Entry]
