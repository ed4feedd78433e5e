"""The own profile: name, clicks, place, who came by one's link."""

from tapstack.bot.views import clicks_of, home_row, rank_of
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene = Scene("profile", commands=("profile",))


@scene.opens
def show(context: Context) -> None:
    player = context.player
    body = context.say(
        "profile.body",
        clicks=clicks_of(context.stores, player),
        rank=rank_of(context.stores, player),
        invited=int(getattr(player, "direct_referrals", 0)),
    )
    name = player.username or context.plain("profile.nameless")
    buttons = [context.button("b.rename", "naming:open"), context.button("b.invite", "invite:open")]
    context.show(f"{context.say('profile.title', name=name)}\n\n{body}", [buttons, home_row(context)])
