"""What Telegram needs to know about the bot: webhook, commands, descriptions, menu button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from tapstack.telegram.texts import DEFAULT, LANGUAGES, Texts
from tapstack.telegram.updates import ALLOWED_UPDATES

if TYPE_CHECKING:
    from telegram.ext import ExtBot

MAX_CONNECTIONS = 100


async def set_up(
    bot: ExtBot[Any],
    texts: Texts,
    *,
    private: Sequence[str],
    group: Sequence[str],
    webhook_url: str,
    secret: str,
    button_url: str,
) -> str:
    """Tells Telegram everything, as often as one likes; returns the bot's username.

    `private` and `group` are the commands offered in private chats and in groups; `texts` describe each
    (`command.<name>`) and the bot (`about.description`, `about.short`, `menu`).
    An empty `webhook_url` leaves the webhook as it is; without a `button_url` the menu shows the commands.
    """
    me = await bot.get_me()
    for language in LANGUAGES:
        code = None if language == DEFAULT else language
        for scope, names in ((BotCommandScopeAllPrivateChats(), private), (BotCommandScopeAllGroupChats(), group)):
            shown = [BotCommand(name, texts.plain(f"command.{name}", language)) for name in names]
            await bot.set_my_commands(shown, scope=scope, language_code=code)
        await bot.set_my_description(texts.plain("about.description", language), language_code=code)
        await bot.set_my_short_description(texts.plain("about.short", language), language_code=code)
    app = MenuButtonWebApp(texts.plain("menu", DEFAULT), WebAppInfo(button_url)) if button_url else None
    await bot.set_chat_menu_button(menu_button=app or MenuButtonCommands())
    if webhook_url:
        await bot.set_webhook(
            webhook_url,
            secret_token=secret,
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=MAX_CONNECTIONS,
        )
    return me.username or ""
