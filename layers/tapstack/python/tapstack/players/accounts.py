"""A player's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.bot import redis_keys as keys
from tapstack.platform.errors import Forbidden, TooManyRequests
from tapstack.players.model import ModerationStatus
from tapstack.players.rules import referrals
from tapstack.players.rules.identity import check_username

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.ports import Stores

SHARE_EVERY_S = 3
"""Each time is a call to Telegram, and nobody sends score cards faster by hand."""


def refuse_banned(player: Player) -> None:
    """Raises Forbidden (`banned`) for a player who is."""
    if player.standing == ModerationStatus.BANNED:
        raise Forbidden("this player is banned", code="banned")


def account(stores: Stores, player_id: str) -> tuple[Player, int]:
    """A player's account and clicks; raises NotFound (`player_unknown`)."""
    player = stores.players.get(player_id)
    clicks = stores.play.clicks_of([player_id]).get(player_id)
    if clicks is None:
        counter = stores.counters.get(player_id)
        clicks = counter.clicks if counter else 0
    return player, clicks


def rename(stores: Stores, player_id: str, username: str) -> tuple[Player, int]:
    """Gives a player a username.

    Raises BadRequest for a bad one, Conflict (`username_taken`) for another's, and Forbidden (`banned`).
    """
    check_username(username)
    player, clicks = account(stores, player_id)
    refuse_banned(player)
    if player.username == username:
        return player, clicks
    return stores.players.rename(player, username), clicks


def invite_url(stores: Stores, player: Player) -> str | None:
    """The link that opens the Mini App as this player's friend; None where nobody has learned the bot's name yet."""
    bot_name = stores.settings.telegram_bot_username or stores.conversation_cache.bot_name()
    return referrals.invite_url(bot_name, player.ref_code) if bot_name else None


def sharer(stores: Stores, player_id: str) -> Player:
    """A player who may share their score now; raises NotFound, Forbidden (`banned`) or TooManyRequests."""
    player = stores.players.get(player_id)
    refuse_banned(player)
    if not stores.leases.claim(keys.share_claim(player_id), SHARE_EVERY_S * 1_000):
        raise TooManyRequests(f"a score is shared at most every {SHARE_EVERY_S} s", retry_after_s=SHARE_EVERY_S)
    return player
