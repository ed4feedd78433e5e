"""How taps add up on a group's board, who is shown, and what the button of a group carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tapstack.groups.model import GroupBoard, Share

TAP = "tap:group:"
"""What the data of a group's tap button begins with; the language of its message follows."""

MOST_PLAYERS = 1_000
"""Players on the board of one group, those who came first: it is read whole whenever it is shown."""

CONSIDERED = 50
"""The best of each ranking who are looked up: some of them may not be shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a ranking: as any board's, with the taps in this group."""

    rank: int
    id: str
    clicks: int


def is_group_tap(data: str) -> bool:
    """Whether this is the data of a group's tap button."""
    return data.startswith(TAP)


def credited(share: Share, day: int, taps: int) -> Share:
    """A share after more taps, made on a day; those of a day before the last one count ever only."""
    if day < share.day:
        return share._replace(taps=share.taps + taps)
    on_day = share.day_taps if day == share.day else 0
    return Share(share.taps + taps, day, on_day + taps)


def shares_of(board: GroupBoard) -> dict[str, Share]:
    """What each player has tapped in a group, also before it was upgraded."""
    found = {player_id: saved.share for player_id, saved in board.own.items()}
    for player_id, (earlier, _) in board.earlier.items():
        own = found.get(player_id, Share())
        found[player_id] = credited(earlier, own.day, own.day_taps)._replace(taps=earlier.taps + own.taps)
    return found


def ranked(shares: Mapping[str, Share], day: int | None) -> list[tuple[str, int]]:
    """Players and their taps, the best first: on a day, or ever."""
    taps = {i: share.taps if day is None else share.day_taps * (share.day == day) for i, share in shares.items()}
    return sorted(((i, n) for i, n in taps.items() if n), key=lambda row: (-row[1], row[0]))


def places(rows: Iterable[tuple[str, int]], shown: Collection[str], most: int) -> list[Place]:
    """The best of those who are shown."""
    seen = [row for row in rows if row[0] in shown]
    return [Place(rank, player_id, taps) for rank, (player_id, taps) in enumerate(seen[:most], 1)]
