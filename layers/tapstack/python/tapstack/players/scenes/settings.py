"""Settings: the language the bot speaks, and whether it may write by itself."""

from tapstack.bot.views import home_row
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import CATALOGUE

scene = Scene("settings", commands=("settings",))
LANGUAGES = ("", *CATALOGUE)


@scene.opens
def show(context: Context) -> None:
    chosen = context.chat.language
    if chosen:
        language = context.button("b.language", "settings:language", language=context.plain("language"))
    else:
        language = context.button("b.language_auto", "settings:language")
    notify = context.button("b.notify_on" if context.chat.notify else "b.notify_off", "settings:notify")
    privacy = context.button("b.privacy", "privacy:open")
    context.show(context.say("settings.title"), [[language], [notify], [privacy], home_row(context)])


@scene.on("language")
def next_language(context: Context) -> None:
    """From one language to the next: as in Telegram, then each by name."""
    place = LANGUAGES.index(context.chat.language) if context.chat.language in LANGUAGES else 0
    context.chat.language = LANGUAGES[(place + 1) % len(LANGUAGES)]
    context.__dict__.pop("language", None)
    context.toast("settings.saved")
    show(context)


@scene.on("notify")
def notify(context: Context) -> None:
    context.chat.notify = not context.chat.notify
    context.toast("settings.saved")
    show(context)
