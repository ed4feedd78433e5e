"""Links to the bot: https://core.telegram.org/bots/features#deep-linking"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapstack.telegram.ports import BotNamePorts


def known_bot_name(ports: BotNamePorts) -> str | None:
    """The bot's username, None as long as nobody has asked Telegram for it; client.bot_name asks."""
    return ports.settings.telegram.bot_username or ports.conversation_cache.bot_name()


def chat_link(bot_name: str, parameter: str) -> str:
    """Opens the private chat with the bot, which gets `/start <parameter>`."""
    return f"https://t.me/{bot_name.removeprefix('@')}?start={parameter}"


def app_link(bot_name: str, parameter: str) -> str:
    """Opens the bot's Mini App with a start parameter: https://core.telegram.org/bots/webapps#direct-link-mini-apps"""
    return f"https://t.me/{bot_name.removeprefix('@')}?startapp={parameter}"


def group_link(bot_name: str, parameter: str) -> str:
    """Lets a person choose a group to add the bot to: https://core.telegram.org/bots/features#group-links"""
    return f"https://t.me/{bot_name.removeprefix('@')}?startgroup={parameter}"
