"""/help: what there is to know."""

from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Turn
from tapstack.telegram.views import home_row, open_button

scene = Scene("help", commands=("help",))


@scene.opens
def show(turn: Turn) -> None:
    text = turn.say("help.body", per_s=turn.stores.settings.taps_per_s)
    turn.show(text, [[turn.button("b.tap", "tap:open"), *open_button(turn)], home_row(turn)])
