"""A player's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.platform.errors import Forbidden
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import check_username

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.players.ports import (
        AccountPorts,
        ChangePorts,
        ClickPorts,
        LanguagePorts,
        RenamePorts,
    )


def refuse_banned(player: Player) -> None:
    """Raises Forbidden (`banned`) for a banned player."""
    if player.status == ModerationStatus.BANNED:
        raise Forbidden("this player is banned", code="banned")


def account(ports: AccountPorts, player_id: str) -> tuple[Player, int]:
    """A player's account and clicks; raises NotFound (`player_unknown`)."""
    return ports.players.get(player_id), clicks_of(ports, player_id)


def clicks_of(ports: ClickPorts, player_id: str) -> int:
    """A player's clicks, whether or not they are playing now."""
    clicks = ports.play.clicks_of([player_id]).get(player_id)
    if clicks is None:
        counter = ports.counters.get(player_id)
        clicks = counter.clicks if counter else 0
    return clicks


def rename(ports: RenamePorts, player_id: str, username: str) -> tuple[Player, int]:
    """Gives a player a username; returns the account and its clicks.

    Raises BadRequest for one that breaks the rules, Conflict (`username_taken`) for another's, and Forbidden
    (`banned`).
    """
    check_username(username)
    player, clicks = account(ports, player_id)
    refuse_banned(player)
    if player.username != username:
        player = ports.players.rename(player, username)
    return player, clicks


def choose_language(ports: LanguagePorts, player_id: str, language: str) -> Player:
    """Keeps the language that the app and the chat speak to a player, "" to follow Telegram; raises NotFound."""
    player = ports.players.choose_language(player_id, language)
    ports.conversation_cache.forget(player.telegram_id)
    return player


def change(ports: ChangePorts, player_id: str, username: str | None, language: str | None) -> tuple[Player, int]:
    """Changes what is given of an account, a username first; raises as `rename` and `choose_language` do."""
    player, clicks = rename(ports, player_id, username) if username is not None else account(ports, player_id)
    return choose_language(ports, player_id, language) if language is not None else player, clicks
