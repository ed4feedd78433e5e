"""Settings: the language the bot speaks, and whether it may write by itself."""

from __future__ import annotations

from tapstack.players import accounts
from tapstack.players.model import Player
from tapstack.players.ports import SettingsPorts
from tapstack.players.texts import TEXTS
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import LANGUAGES

scene: Scene[Player, SettingsPorts] = Scene("settings", TEXTS, commands=("settings",))

CHOICES = ("", *LANGUAGES)
"""As in Telegram, then each by name."""


@scene.opens
def show(context: Context[Player, SettingsPorts]) -> None:
    if context.wished_language:
        language = context.button("b.language", "settings:language", language=context.plain("language"))
    else:
        language = context.button("b.language_auto", "settings:language")
    notify = context.button("b.notify_on" if context.chat.notify else "b.notify_off", "settings:notify")
    kinds = context.button("b.kinds", "inbox:settings")
    privacy = context.button("b.privacy", "privacy:open")
    rows = [[language], [notify], *([[kinds]] if context.chat.notify else []), [privacy], context.home_row()]
    context.show(context.say("settings.title"), rows)


@scene.on("language")
def next_language(context: Context[Player, SettingsPorts]) -> None:
    """From one choice to the next."""
    wished = context.wished_language
    place = CHOICES.index(wished) if wished in CHOICES else 0
    chosen = CHOICES[(place + 1) % len(CHOICES)]
    context.player = accounts.choose_language(context.ports, context.player.id, chosen)
    context.chat.language = chosen  # for the release before, while it still runs
    context.speak(chosen)
    context.toast("settings.saved")
    show(context)


@scene.on("notify")
def notify(context: Context[Player, SettingsPorts]) -> None:
    context.chat.notify = not context.chat.notify
    context.toast("settings.saved")
    show(context)
