"""What a player without a username is met with: a name to take, and who has invited them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.platform.errors import GameError, StoreUnavailable
from tapstack.players.model import ModerationStatus
from tapstack.players.names import name_for_others
from tapstack.players.rules.proposals import proposals

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.players.ports import InviterPorts, NewcomerPorts, ProposalPorts


@dataclass(frozen=True, slots=True)
class Newcomer:
    """`proposed_username` is valid, and was free a moment ago; both are None where there is none."""

    proposed_username: str | None
    invited_by: str | None


def newcomer(ports: NewcomerPorts, player: Player) -> Newcomer | None:
    """What a player without a username is met with; None for others. Stores that are unavailable stop nobody."""
    if player.username:
        return None
    return Newcomer(proposed_username(ports, player), inviter_name(ports, player))


def proposed_username(ports: ProposalPorts, player: Player) -> str | None:
    """A free username made of what Telegram calls a player; None if it can't be told now."""
    candidates = proposals(player.display_name, player.id)
    try:
        taken = ports.players.taken_usernames(candidates)
    except StoreUnavailable:
        return None
    return next((name for name in candidates if name not in taken), None)


def inviter_name(ports: InviterPorts, player: Player) -> str | None:
    """What to call a player's inviter; None without one, for one who is gone or banned, or if it can't be told now."""
    if player.referrer_id is None:
        return None
    try:
        inviter = ports.players.get(player.referrer_id)
    except GameError:
        return None
    return None if inviter.status is ModerationStatus.BANNED else name_for_others(inviter)
