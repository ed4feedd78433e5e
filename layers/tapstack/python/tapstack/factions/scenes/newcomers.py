"""Finding a faction, joining it by a request or a link, and founding one."""

from __future__ import annotations

import re

from tapstack.economy.rules import ops
from tapstack.factions import finding, joining, paying, reading
from tapstack.factions.answers import FactionCard
from tapstack.factions.model import Entrance
from tapstack.factions.operations import FACTION_ID
from tapstack.factions.scenes.common import FactionContext, back, explain, part, show_own, warn, why
from tapstack.platform.errors import GameError
from tapstack.telegram.context import ANSWER_WITHIN_MS, Rows

FOUND = 8
"""Factions that a search shows."""

scene = part()


@scene.on("find")
def find(context: FactionContext) -> None:
    context.wait_for("faction", "finding")
    _found(context, "")


@scene.on_text("finding")
def searched(context: FactionContext) -> None:
    context.wait_for("faction", "finding")
    _found(context, " ".join(context.update.text.split())[:24])


def _found(context: FactionContext, name: str) -> None:
    factions = finding.search(context.ports, name, FOUND, None).factions
    if name:
        text = context.say("faction.found_some" if factions else "faction.found_none", name=name)
    else:
        text = context.say("faction.find" if factions else "faction.there_is_none")
    rows: Rows = [[context.button("faction.line", f"faction:see:{one.id}", **_in_a_list(one))] for one in factions]
    context.show(text, [*rows, back(context)])


def _in_a_list(card: FactionCard) -> dict[str, object]:
    return {"name": card.name, "level": card.level, "members": card.members}


@scene.on("link")
def link(context: FactionContext) -> None:
    """The faction whose link has led here; its code goes with the button."""
    faction_id, _, code = context.argument.partition("_")
    _see(context, faction_id, code if re.fullmatch("[a-z0-9]{1,16}", code) else "")


@scene.on("see")
def see(context: FactionContext) -> None:
    _see(context, context.argument, "")


def _see(context: FactionContext, faction_id: str, code: str) -> None:
    if not re.fullmatch(FACTION_ID, faction_id):
        return warn(context, "faction.why_unknown")
    try:
        view = reading.view(context.ports, context.player.id, faction_id)
    except GameError as error:
        return explain(context, error)
    card = view.card
    lines: list[str] = [context.say("faction.card", name=card.name, level=card.level), ""]
    lines.append(context.say("faction.seats", members=card.members, seats=view.seats))
    lines.append(context.say("faction.week", count=view.taps_week))
    rows: Rows = []
    if view.inside is not None:
        lines += ["", context.say("faction.own_already")]
    elif code:
        lines += ["", context.say("faction.invited")]
        rows.append([context.button("b.faction_join", f"faction:join:{card.id}:{code}")])
    else:
        lines += ["", context.say(f"faction.entrance.{card.entrance}")]
        if card.entrance is not Entrance.LINK:
            key = "b.faction_join" if card.entrance is Entrance.OPEN else "b.faction_ask"
            rows.append([context.button(key, f"faction:join:{card.id}")])
    return context.show(context.headed(lines), [*rows, back(context)])


@scene.on("join")
def join(context: FactionContext) -> None:
    faction_id, _, code = context.argument.partition(":")
    if not re.fullmatch(FACTION_ID, faction_id):
        return warn(context, "faction.why_unknown")
    try:
        joined = joining.join(context.ports, context.player.id, faction_id, code)
    except GameError as error:
        return explain(context, error)
    if joined:
        name = reading.view(context.ports, context.player.id, faction_id).card.name
        context.headline = context.say("faction.joined", name=name)
    else:
        context.headline = context.say("faction.requested")
    return show_own(context)


@scene.on("withdraw")
def withdraw(context: FactionContext) -> None:
    if re.fullmatch(FACTION_ID, context.argument):
        joining.withdraw(context.ports, context.player.id, context.argument)
        context.headline = context.say("faction.withdrawn")
    show_own(context)


@scene.on("name")
def name_it(context: FactionContext) -> None:
    """Asks for the name of a new one, and says what it costs."""
    price = context.ports.catalogues.current().factions.price
    context.wait_for("faction", "naming")
    context.show(context.headed([context.say("faction.name_it", price=price)]), [back(context)])


@scene.on_text("naming")
def named(context: FactionContext) -> None:
    """Founds it, by an op that is the same whenever Telegram sends the update."""
    asked_at_ms = context.chat.until_ms - ANSWER_WITHIN_MS
    op = ops.made_for(asked_at_ms, f"{context.player.id}:found:{context.update.id}")
    price = context.ports.catalogues.current().factions.price
    try:
        paying.found(context.ports, context.player.id, op, context.update.text, price, Entrance.REQUEST)
    except GameError as error:
        context.headline = why(context, error)
        wrong_name = error.code in ("name_taken", "validation_failed")
        return name_it(context) if wrong_name else _home(context)
    own = reading.own(context.ports, context.player.id).faction
    context.headline = context.say("faction.founded", name=own.card.name if own else "")
    return _home(context)


def _home(context: FactionContext) -> None:
    context.end_conversation()
    show_own(context)
