"""Links that a player's friends come by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.players.rules.referrals import start_param
from tapstack.telegram.links import app_link, chat_link, known_bot_name

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.players.ports import LinkPorts


def app_invite_link(ports: LinkPorts, player: Player) -> str | None:
    """The link that opens the Mini App as this player's friend; None as long as nobody knows the bot's name."""
    bot_name = known_bot_name(ports)
    return app_link(bot_name, start_param(player.ref_code)) if bot_name else None


def chat_invite_link(bot_name: str, player: Player) -> str:
    """The link that opens the chat with the bot as this player's friend."""
    return chat_link(bot_name, start_param(player.ref_code))
