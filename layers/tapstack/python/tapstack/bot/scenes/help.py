"""/help: how the game works, and what the bot can do."""

from __future__ import annotations

from tapstack.bot.texts import TEXTS
from tapstack.players.model import Player
from tapstack.telegram.context import Context
from tapstack.telegram.ports import ContextPorts
from tapstack.telegram.scene import Scene

scene: Scene[Player, ContextPorts] = Scene("help", TEXTS, commands=("help",))


@scene.opens
def show(context: Context[Player, ContextPorts]) -> None:
    text = context.say("help.body", count=context.ports.settings.play.taps_per_s)
    context.show(text, [[context.button("b.tap", "tap:open"), *context.open_button()], context.home_row()])
