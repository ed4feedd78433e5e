"""The board of factions, and the map of territories."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from tapstack.economy.catalogue.model import Catalogue
from tapstack.factions import leading, paying, reading
from tapstack.factions.answers import TerritoryView
from tapstack.factions.scenes.common import FactionContext, back, in_rows, part, why
from tapstack.leaderboards.chat_rows import MEDALS
from tapstack.platform.calendar import Period
from tapstack.platform.errors import GameError
from tapstack.telegram.context import Rows
from tapstack.telegram.durations import duration
from tapstack.telegram.texts import Html

BOARD = 10
"""Factions on the board."""

scene = part()


@scene.on("board")
def board(context: FactionContext) -> None:
    found = reading.board(context.ports, context.player.id, Period.WEEK)
    lines: list[str] = [context.say("faction.board"), ""]
    for row in found.rows[:BOARD]:
        place = MEDALS.get(row.rank, f"{row.rank}.")
        lines.append(context.say("faction.row", place=place, name=row.faction.name, taps=row.taps))
    if not found.rows:
        lines.append(context.say("faction.board_empty"))
    if found.own:
        lines += ["", context.say("faction.own_row", place=found.own.rank, taps=found.own.taps)]
    context.show("\n".join(lines), [back(context)])


@scene.on("map")
def map_(context: FactionContext) -> None:
    """The territories, and a button for each where the player is in a faction."""
    view, catalogue = reading.territories(context.ports, context.player.id), context.ports.catalogues.current()
    wait = duration(max(1, view.ends_at_s * 1_000 - context.ports.clock()), context.language)
    lines: list[str] = [context.say("faction.map", time=wait), ""]
    lines += [_ground(context, catalogue, one, own=one.id == view.own) for one in view.territories]
    rows: Rows = []
    if view.claimable:
        data = f"faction:claim:{view.claimable}"
        rows.append([context.button("b.faction_claim", data, name=_place_name(context, view.claimable))])
    if context.ports.factions.membership(context.player.id).membership.faction:
        names = [(one.id, _place_name(context, one.id), one.id == view.own) for one in view.territories]
        rows += in_rows(
            [
                InlineKeyboardButton(f"✅ {name}" if own else name, callback_data=f"faction:tap:{int(not own)}:{of}")
                for of, name, own in names
            ],
            2,
        )
    context.show(context.headed(lines), [*rows, back(context)])


def _ground(context: FactionContext, catalogue: Catalogue, one: TerritoryView, *, own: bool) -> Html:
    holder = one.holder.name if one.holder else ""
    leader, taps = (one.leading[0].name, one.leading[0].taps) if one.leading else ("", 0)
    if holder and leader:
        what = context.say("faction.held_leads", holder=holder, leader=leader, taps=taps)
    elif leader:
        what = context.say("faction.leads", leader=leader, taps=taps)
    else:
        what = context.say("faction.held", holder=holder) if holder else context.say("faction.free")
    territory = catalogue.territory(one.id)
    name = context.translated(territory.name) if territory else one.id
    return context.say("faction.ground", sign="✅" if own else "▫️", name=name, what=what)


@scene.on("tap")
def assign(context: FactionContext) -> None:
    """Taps for a territory from now on, or for none."""
    on, _, territory_id = context.argument.partition(":")
    try:
        leading.assign(context.ports, context.player.id, territory_id, on=on == "1")
    except GameError as error:
        context.headline = why(context, error)
    else:
        name = _place_name(context, territory_id)
        context.headline = context.say("faction.assigned" if on == "1" else "faction.unassigned", name=name)
    map_(context)


@scene.on("claim")
def claim(context: FactionContext) -> None:
    try:
        entry = paying.claim(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = why(context, error)
    else:
        name, said = _place_name(context, context.argument), entry.result
        context.headline = context.say("faction.rewarded", name=name, coins=said["coins"], xp=said["xp"])
    map_(context)


def _place_name(context: FactionContext, territory_id: str) -> str:
    territory = context.ports.catalogues.current().territory(territory_id)
    return context.translated(territory.name) if territory else territory_id
