"""The own profile: name, clicks, rank, and the number of invited friends."""

from __future__ import annotations

from tapstack.bot.ports import ProfilePorts
from tapstack.bot.texts import TEXTS
from tapstack.leaderboards import all_time
from tapstack.players.accounts import clicks_of
from tapstack.players.model import Player
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene: Scene[Player, ProfilePorts] = Scene("profile", TEXTS, commands=("profile",))


@scene.opens
def show(context: Context[Player, ProfilePorts]) -> None:
    player = context.player
    body = context.say(
        "profile.body",
        clicks=clicks_of(context.ports, player.id),
        rank=all_time.own_rank(context.ports, player.id).rank,
        invited=player.direct_referrals,
    )
    name = player.username or context.plain("name.none_yet")
    buttons = [context.button("b.rename", "naming:open"), context.button("b.invite", "invite:open")]
    context.show(f"{context.say('profile.title', name=name)}\n\n{body}", [buttons, context.home_row()])
