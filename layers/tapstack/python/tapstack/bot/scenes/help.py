"""/help: what there is to know."""

from tapstack.bot.views import home_row, open_button
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene = Scene("help", commands=("help",))


@scene.opens
def show(context: Context) -> None:
    text = context.say("help.body", per_s=context.stores.settings.taps_per_s)
    context.show(text, [[context.button("b.tap", "tap:open"), *open_button(context)], home_row(context)])
