"""Settings: the language the bot speaks, and whether it may write by itself."""

from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import CATALOGUE
from tapstack.telegram.turn import Turn
from tapstack.telegram.views import home_row

scene = Scene("settings", commands=("settings",))
LANGUAGES = ("", *CATALOGUE)


@scene.opens
def show(turn: Turn) -> None:
    chosen = turn.chat.language
    if chosen:
        language = turn.button("b.language", "settings:language", language=turn.plain("language"))
    else:
        language = turn.button("b.language_auto", "settings:language")
    notify = turn.button("b.notify_on" if turn.chat.notify else "b.notify_off", "settings:notify")
    privacy = turn.button("b.privacy", "privacy:open")
    turn.show(turn.say("settings.title"), [[language], [notify], [privacy], home_row(turn)])


@scene.on("language")
def next_language(turn: Turn) -> None:
    """From one language to the next: as in Telegram, then each by name."""
    place = LANGUAGES.index(turn.chat.language) if turn.chat.language in LANGUAGES else 0
    turn.chat.language = LANGUAGES[(place + 1) % len(LANGUAGES)]
    turn.__dict__.pop("language", None)
    turn.toast("settings.saved")
    show(turn)


@scene.on("notify")
def notify(turn: Turn) -> None:
    turn.chat.notify = not turn.chat.notify
    turn.toast("settings.saved")
    show(turn)
