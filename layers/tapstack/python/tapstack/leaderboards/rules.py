"""When a board is fresh, its version, what has changed between two of them, and where one player stands meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from tapstack.leaderboards.model import Board, LeaderboardEntry, SeasonPeriod
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.play.model import BoardChange, BoardPlayer, Totals
from tapstack.players.rules.public_names import public_name

EVERY_MS = 5_000
"""How long a computed board is served to everybody."""

KEPT_MS = {Period.DAY: 4 * DAY_MS, Period.WEEK: 7 * DAY_MS, Period.MONTH: 14 * DAY_MS, Period.YEAR: 14 * DAY_MS}
"""How long a board stays in Redis after its period: long enough to be archived and read again."""


SEASON_KEPT_MS = 14 * DAY_MS
"""The same for the board of a season."""


def kept_ms(period: Period | SeasonPeriod, number: int, now_ms: int) -> int:
    """How long from now the board of a period stays in Redis; below 0 for one that is gone."""
    kept = KEPT_MS[period] if isinstance(period, Period) else SEASON_KEPT_MS
    return period.end_ms(number) + kept - now_ms


def entry_of(
    rank: int, player_id: str, username: str | None, clicks: int, title: str = "", looks: str = ""
) -> LeaderboardEntry:
    """A row, with what others see of the player."""
    name = public_name(player_id, username)
    return LeaderboardEntry(rank, player_id, username, clicks, name, title or UNSET, looks or UNSET)


def is_fresh(board: Board, now_ms: int) -> bool:
    """Whether a board may be served as it is. One from the future may not: the clock has been set back."""
    return 0 <= now_ms - board.generated_at_s * 1_000 < EVERY_MS


def with_version(board: Board, last: Board | None, now_ms: int) -> Board:
    """A computed board with the version of the last one where they say the same, else with a higher one."""
    if last is None:
        return replace(board, version=now_ms)
    if replace(board, version=0, generated_at_s=0) == replace(last, version=0, generated_at_s=0):
        return replace(board, version=last.version)
    return replace(board, version=max(now_ms, last.version + 1))


def change_of(board: Board, since: Board | None = None) -> BoardChange:
    """What makes `board` of the board `since`; the whole of it, without one.

    Of the clicks all, because nearly all have changed while people play, and a list of them is shorter than pairs.
    """
    known = {entry.rank: _who(entry) for entry in since.entries} if since else {}
    return BoardChange(
        version=board.version,
        totals=Totals(board.total_clicks, board.total_players, board.active_players),
        clicks=[entry.clicks for entry in board.entries],
        players=[
            BoardPlayer(
                entry.rank,
                entry.id,
                entry.username,
                UNSET if entry.username else entry.public_name,
                entry.title,
                entry.looks,
            )
            for entry in board.entries
            if known.get(entry.rank) != _who(entry)
        ],
        rebuilding=board.rebuilding or UNSET,
    )


def _who(entry: LeaderboardEntry) -> tuple[str, str, str, str]:
    return entry.id, entry.username or entry.public_name, entry.title or "", entry.looks or ""


def with_own(
    entries: Sequence[LeaderboardEntry], player_id: str, username: str | None, clicks: int, *, size: int
) -> list[LeaderboardEntry]:
    """The best, with a player at the place that their clicks of this moment give them.

    The board is up to some seconds old, and players know their own count. Whoever has as many came first. `size` is
    the most that the board shows.
    """
    known = next((entry for entry in entries if entry.id == player_id), None)
    if clicks <= (known.clicks if known else 0):
        return list(entries)
    others = [entry for entry in entries if entry.id != player_id]
    place = sum(entry.clicks >= clicks for entry in others)
    worn = ((known.title or ""), (known.looks or "")) if known else ()
    own = entry_of(0, player_id, username, clicks, *worn)
    best = [*others[:place], own, *others[place:]]
    return [replace(entry, rank=rank) for rank, entry in enumerate(best[:size], 1)]
