"""What Telegram is told once about the bot: webhook, commands, descriptions, menu button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from tapstack.telegram.texts import CATALOGUE, DEFAULT, plain
from tapstack.telegram.updates import ALLOWED_UPDATES

if TYPE_CHECKING:
    from telegram.ext import ExtBot

PRIVATE = ("start", "tap", "top", "profile", "invite", "settings", "privacy", "help", "cancel")
GROUP = ("top", "play")
MAX_CONNECTIONS = 100


async def set_up(bot: ExtBot[Any], *, webhook_url: str, secret: str, button_url: str) -> str:
    """Tells Telegram everything; as often as one likes. Returns the bot's username.

    An empty `webhook_url` leaves the webhook as it is; without a `button_url` the menu shows the commands.
    """
    me = await bot.get_me()
    for language in CATALOGUE:
        code = None if language == DEFAULT else language
        for scope, names in ((BotCommandScopeAllPrivateChats(), PRIVATE), (BotCommandScopeAllGroupChats(), GROUP)):
            shown = [BotCommand(name, plain(f"command.{name}", language)) for name in names]
            await bot.set_my_commands(shown, scope=scope, language_code=code)
        await bot.set_my_description(plain("about.description", language), language_code=code)
        await bot.set_my_short_description(plain("about.short", language), language_code=code)
    menu = MenuButtonWebApp(plain("menu", DEFAULT), WebAppInfo(button_url)) if button_url else MenuButtonCommands()
    await bot.set_chat_menu_button(menu_button=menu)
    if webhook_url:
        await bot.set_webhook(
            webhook_url,
            secret_token=secret,
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=MAX_CONNECTIONS,
        )
    return me.username or ""
