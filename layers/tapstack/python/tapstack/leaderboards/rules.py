"""What one player sees of a leaderboard that was computed for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tapstack.leaderboards.model import LeaderboardEntry


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
    own = LeaderboardEntry(rank=0, id=player_id, username=username, clicks=clicks)
    best = [*others[:place], own, *others[place:]]
    return [replace(entry, rank=rank) for rank, entry in enumerate(best[:size], 1)]
