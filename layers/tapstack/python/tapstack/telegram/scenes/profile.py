"""The own profile: name, clicks, place, who came by one's link."""

from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Turn
from tapstack.telegram.views import clicks_of, home_row, rank_of

scene = Scene("profile", commands=("profile",))


@scene.opens
def show(turn: Turn) -> None:
    player = turn.player
    body = turn.say(
        "profile.body",
        clicks=clicks_of(turn.stores, player),
        rank=rank_of(turn.stores, player),
        invited=int(getattr(player, "direct_referrals", 0)),
    )
    name = player.username or turn.plain("profile.nameless")
    buttons = [turn.button("b.rename", "naming:open"), turn.button("b.invite", "invite:open")]
    turn.show(f"{turn.say('profile.title', name=name)}\n\n{body}", [buttons, home_row(turn)])
