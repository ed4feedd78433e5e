"""Who may raid whom, as far as accounts say, and how a target's loot is described."""

from __future__ import annotations

from enum import StrEnum

from tapstack.players.model import ModerationStatus, Player


class Size(StrEnum):
    """What a raid would bring, against the most that one can: nobody sees more of what others have."""

    SMALL = "small"
    FAIR = "fair"
    RICH = "rich"


def size_of(arrives: int, most: int) -> Size:
    """The size of a loot where one brings so many coins at most."""
    if arrives * 3 < most:
        return Size.SMALL
    return Size.FAIR if arrives * 3 < 2 * most else Size.RICH


def may_raid(player: Player) -> bool:
    """Whether nothing has been found against a player: a signal bars them too, as it does from all that pays."""
    return player.status is ModerationStatus.GOOD
