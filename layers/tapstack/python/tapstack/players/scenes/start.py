"""/start: welcomes a new player; a known player is home."""

from __future__ import annotations

from tapstack.players.model import Player
from tapstack.players.texts import TEXTS
from tapstack.telegram.context import HOME, Context
from tapstack.telegram.ports import ContextPorts
from tapstack.telegram.scene import Scene

scene: Scene[Player, ContextPorts] = Scene("start", TEXTS, commands=("start",))


@scene.opens
def start(context: Context[Player, ContextPorts]) -> None:
    if context.is_new and context.player.username is None:
        context.go_to("naming", "welcome")
    else:
        context.go_to(HOME)
