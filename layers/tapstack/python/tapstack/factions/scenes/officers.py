"""What officers decide: who is let in, and how."""

from __future__ import annotations

import re
from collections.abc import Callable

from tapstack.factions import joining, leading
from tapstack.factions.answers import FactionView, Inside
from tapstack.factions.changing import OFFICERS
from tapstack.factions.model import Entrance
from tapstack.factions.operations import FACTION_ID
from tapstack.factions.ports import FactionScenePorts
from tapstack.factions.scenes.common import FactionContext, back, of_members, part, warn, why
from tapstack.platform.errors import GameError
from tapstack.players.mentions import mention
from tapstack.telegram.context import Rows

WAITING = 5
"""Requests on one screen."""

DOORS = {
    Entrance.OPEN: "b.faction_open",
    Entrance.REQUEST: "b.faction_request",
    Entrance.LINK: "b.faction_link",
}

_OF_ANOTHER = re.compile(rf"([0-9a-f]{{16}}):({FACTION_ID})")
"""What the buttons of a request carry."""

scene = part()


@scene.on("requests")
@of_members
def requests(context: FactionContext, view: FactionView, inside: Inside) -> None:
    """Those who have waited longest, each with two buttons."""
    lines: list[str] = [context.say("faction.requests" if inside.waiting else "faction.no_requests"), ""]
    rows: Rows = []
    for number, one in enumerate(inside.waiting[:WAITING], 1):
        lines.append(f"{number}. {mention(one.id)}")
        asked = f"{one.id}:{view.card.id}"
        rows.append(
            [
                context.button("b.faction_yes", f"faction:yes:{asked}", number=number),
                context.button("b.faction_no", f"faction:no:{asked}", number=number),
            ]
        )
    if len(inside.waiting) > WAITING:
        lines.append(context.say("faction.more", count=len(inside.waiting) - WAITING))
    context.show(context.headed(lines), [*rows, back(context)])


@scene.on("yes")
def accept(context: FactionContext) -> None:
    _decide(context, joining.accept, "faction.accepted")


@scene.on("no")
def decline(context: FactionContext) -> None:
    _decide(context, joining.decline, "faction.declined")


def _decide(context: FactionContext, act: Callable[[FactionScenePorts, str, str, str], None], said: str) -> None:
    found = _OF_ANOTHER.fullmatch(context.argument)
    if found is None:
        return warn(context, "faction.why_request_gone")
    try:
        act(context.ports, context.player.id, found[1], found[2])
    except GameError as error:
        if error.code in ("in_faction", "faction_cooldown"):  # of the other one
            context.headline = context.say("faction.refused", why=context.say("faction.why_they_are"))
        else:
            context.headline = why(context, error)
    else:
        context.headline = context.say(said, name=mention(found[1]))
    return requests(context)


@scene.on("door")
@of_members
def door(context: FactionContext, view: FactionView, inside: Inside) -> None:
    lines: list[str] = [context.say("faction.door"), "", context.say(f"faction.entrance.{view.card.entrance}")]
    doors = [context.button(key, f"faction:let:{one}") for one, key in DOORS.items() if one is not view.card.entrance]
    rows: Rows = [[one] for one in doors] if inside.role in OFFICERS else []
    context.show(context.headed(lines), [*rows, back(context)])


@scene.on("let")
@of_members
def let_in(context: FactionContext, view: FactionView, _: Inside) -> None:
    """Changes who may join."""
    if context.argument in list(Entrance):
        entrance = Entrance(context.argument)
        try:
            leading.settle(
                context.ports, context.player.id, view.card.id, entrance=entrance, colour=None, new_link=False
            )
        except GameError as error:
            context.headline = why(context, error)
    door(context)
