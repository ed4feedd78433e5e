"""Raids in a private chat: whom one could raid, what it may bring, and what it has brought.

A target's button carries when it was shown: pressed twice, it is one raid. Who is raided hears of it by their inbox.
"""

from __future__ import annotations

import re

from tapstack.economy.operations import PLAYER_ID
from tapstack.economy.rules import ops
from tapstack.economy.scenes.common import stamped_ms
from tapstack.platform.errors import GameError, Retryable
from tapstack.players.mentions import mention
from tapstack.players.model import Player
from tapstack.raids import receipts
from tapstack.raids.answers import RaidsView
from tapstack.raids.attacking import raid as carry_out
from tapstack.raids.finding import TargetFinder
from tapstack.raids.ports import RaidScenePorts
from tapstack.raids.texts import TEXTS
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.durations import duration
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import Html

RaidContext = Context[Player, RaidScenePorts]

REFUSALS = {
    "raids_off": "raid.off",
    "raid_rest": "raid.why_rest",
    "target_protected": "raid.why_protected",
    "nothing_to_take": "raid.why_nothing",
    "player_unknown": "raid.why_gone",
    "target_unknown": "raid.why_gone",
    "raid_friend": "raid.why_friend",
    "raid_self": "raid.why_self",
    "op_expired": "raid.why_old",
    "op_reused": "raid.why_old",
}

finder = TargetFinder()
scene: Scene[Player, RaidScenePorts] = Scene("raid", TEXTS, commands=("raid",))


@scene.opens
def show(context: RaidContext) -> None:
    """Whom one could raid now, and how often."""
    view = finder.view(context.ports, context.player.id)
    lines: list[str] = [context.say("raid.title"), "", *_standing(context, view)]
    rows: Rows = []
    now = f"{context.ports.clock():x}"
    resting = view.next_at_ms > view.now_ms
    for number, one in enumerate(view.targets, 1):
        size = context.plain(f"raid.size.{one.size}")
        key = "raid.revenge" if one.revenge else "raid.target"
        lines.append(context.say(key, number=number, name=mention(one.id), level=one.level, size=size))
        if view.left and (one.revenge or not resting):
            rows.append([context.button("b.raid", f"raid:go:{now}:{one.id}", number=number)])
    buttons = [one for row in rows for one in row]
    rows = [buttons] if buttons else []
    context.show(context.headed(lines), [*rows, [context.button("b.raid_refresh", "raid:open"), *context.home_row()]])


def _standing(context: RaidContext, view: RaidsView) -> list[str]:
    if not view.open:
        a_day = context.ports.catalogues.current().raids.a_day
        return [context.say("raid.level", level=view.level) if a_day else context.say("raid.off")]
    lines: list[str] = [context.say("raid.left", count=view.left) if view.left else context.say("raid.none_left")]
    if view.left and view.next_at_ms > view.now_ms:
        lines.append(context.say("raid.next", time=duration(view.next_at_ms - view.now_ms, context.language)))
    return [*lines, ""] if view.targets else [*lines, "", context.say("raid.nobody")]


@scene.on("go")
def go(context: RaidContext) -> None:
    when, _, target = context.argument.partition(":")
    if not re.fullmatch(PLAYER_ID, target):
        context.headline = context.say("raid.refused", why=context.say("raid.why_gone"))
        return show(context)
    try:
        op = ops.made_for(stamped_ms(when), f"{context.player.id}:raid:{context.update.data}")
        done = receipts.raided(carry_out(context.ports, context.player.id, op, target))
    except GameError as error:
        context.headline = _why(context, error)
    else:
        context.headline = context.say("raid.done", name=mention(target), count=done.coins)
    return show(context)


def _why(context: RaidContext, error: GameError) -> Html:
    """Why something was refused; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    if error.code == "raid_level":
        return context.say("raid.level", level=error.data["level"])
    return context.say("raid.refused", why=context.say(REFUSALS.get(error.code, "raid.why_impossible")))
