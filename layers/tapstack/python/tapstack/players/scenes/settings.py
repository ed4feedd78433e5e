"""Settings: the language the bot speaks, and whether it may write by itself."""

from __future__ import annotations

from tapstack.players.model import Player
from tapstack.players.texts import TEXTS
from tapstack.telegram.context import Context
from tapstack.telegram.ports import ContextPorts
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import LANGUAGES

scene: Scene[Player, ContextPorts] = Scene("settings", TEXTS, commands=("settings",))

CHOICES = ("", *LANGUAGES)
"""As in Telegram, then each by name."""


@scene.opens
def show(context: Context[Player, ContextPorts]) -> None:
    chosen = context.chat.language
    if chosen:
        language = context.button("b.language", "settings:language", language=context.plain("language"))
    else:
        language = context.button("b.language_auto", "settings:language")
    notify = context.button("b.notify_on" if context.chat.notify else "b.notify_off", "settings:notify")
    privacy = context.button("b.privacy", "privacy:open")
    context.show(context.say("settings.title"), [[language], [notify], [privacy], context.home_row()])


@scene.on("language")
def next_language(context: Context[Player, ContextPorts]) -> None:
    """From one choice to the next."""
    place = CHOICES.index(context.chat.language) if context.chat.language in CHOICES else 0
    context.choose_language(CHOICES[(place + 1) % len(CHOICES)])
    context.toast("settings.saved")
    show(context)


@scene.on("notify")
def notify(context: Context[Player, ContextPorts]) -> None:
    context.chat.notify = not context.chat.notify
    context.toast("settings.saved")
    show(context)
