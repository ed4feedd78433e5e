"""Whether a person wants reminders: the button below each of them ends them at once. Settings have it, too."""

from __future__ import annotations

from tapstack.notifications.texts import TEXTS
from tapstack.players.model import Player
from tapstack.telegram.context import Context
from tapstack.telegram.ports import ContextPorts
from tapstack.telegram.scene import Scene

scene: Scene[Player, ContextPorts] = Scene("reminders", TEXTS)


@scene.opens
def show(context: Context[Player, ContextPorts]) -> None:
    if context.chat.reminders:
        text, choice = context.say("reminder.on"), context.button("reminder.stop", "reminders:off")
    else:
        text, choice = context.say("reminder.off"), context.button("reminder.again", "reminders:on")
    context.show(text, [[choice], [*context.open_button(), *context.home_row()]])


@scene.on("off")
def off(context: Context[Player, ContextPorts]) -> None:
    context.chat.reminders = False
    show(context)


@scene.on("on")
def on(context: Context[Player, ContextPorts]) -> None:
    context.chat.reminders = True
    show(context)
