"""Factions in a private chat: one's own with its members and its link, leaving it, or the ways into one.

What each may do is decided where the API's calls are decided, too; here it is said in words. Buttons that pay carry
when they were shown: pressed twice, they are one and the same op.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from telegram import InlineKeyboardButton

from tapstack.factions import leaving, reading
from tapstack.factions.answers import FactionView, Inside, MemberView, OwnFaction
from tapstack.factions.changing import OFFICERS
from tapstack.factions.model import Role
from tapstack.factions.ports import FactionScenePorts
from tapstack.factions.scenes import newcomers, officers, territories, treasury
from tapstack.factions.scenes.common import FactionContext, back, of_members
from tapstack.factions.texts import TEXTS
from tapstack.platform.calendar import Period
from tapstack.players.mentions import mention
from tapstack.players.model import Player
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Rows
from tapstack.telegram.durations import duration
from tapstack.telegram.links import chat_link
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import Html

BEST = 5
"""Members on the card."""

HOUR_MS = 3_600_000
SIGNS = {Role.LEADER: "👑", Role.OFFICER: "⭐️", Role.MEMBER: "▫️"}

scene: Scene[Player, FactionScenePorts] = Scene(
    "faction",
    TEXTS,
    commands=("faction",),
    link="fac",
    parts=(newcomers.scene, treasury.scene, officers.scene, territories.scene),
)


@scene.opens
def show(context: FactionContext) -> None:
    """One's own faction, or the ways into one."""
    own = reading.own(context.ports, context.player.id)
    if own.faction is not None and own.faction.inside is not None:
        lines = list(_card(context, own.faction, own.faction.inside))
        return context.show(context.headed(lines), _ways(context, own.faction, own.faction.inside))
    return _homeless(context, own)


def _card(context: FactionContext, view: FactionView, inside: Inside) -> Iterator[Html]:
    catalogue = context.ports.catalogues.current()
    yield context.say("faction.card", name=view.card.name, level=view.card.level)
    yield context.say(f"faction.role.{inside.role}")
    yield Html("")
    yield context.say("faction.seats", members=view.card.members, seats=view.seats)
    yield context.say("faction.treasury", coins=inside.treasury)
    place = _place(context, view.card.id)
    key = "faction.week_place" if place else "faction.week"
    yield context.say(key, count=view.taps_week, place=place)
    if view.next_level_taps is not None:
        yield context.say("faction.next", count=max(1, view.next_level_taps - view.paid_taps))
    names = [context.translated(perk.name) for perk in map(catalogue.factions.perk, inside.bought) if perk]
    yield context.say("faction.perks", names=", ".join(names)) if names else context.say("faction.no_perks")
    yield from (Html(""), context.say("faction.best"))
    yield from (_member(context, one) for one in view.members[:BEST])
    if len(view.members) > BEST:
        yield context.say("faction.more", count=len(view.members) - BEST)


def _ways(context: FactionContext, view: FactionView, inside: Inside) -> Rows:
    rows = [
        [context.button("b.faction_map", "faction:map"), context.button("b.faction_donate", "faction:donate")],
        [context.button("b.faction_members", "faction:members"), context.button("b.faction_perks", "faction:perks")],
        [context.button("b.faction_invite", "faction:invite"), context.button("b.faction_board", "faction:board")],
    ]
    if inside.role in OFFICERS:
        waiting = len(inside.waiting)
        rows.append(
            [
                context.button("b.faction_requests", "faction:requests", waiting=waiting),
                context.button("b.faction_door", "faction:door"),
            ]
        )
    return [*rows, [context.button("b.faction_leave", f"faction:leave:{view.card.id}"), *context.home_row()]]


def _homeless(context: FactionContext, own: OwnFaction) -> None:
    lines: list[str] = [context.say("faction.none")]
    if own.free_at_s:
        wait_s = own.free_at_s - -(-context.ports.clock() // 1_000)
        wait = duration(max(1, wait_s * 1_000), context.language)
        lines += ["", context.say("faction.wait", time=wait)]
    rows: Rows = [
        [
            context.button("b.faction_find", "faction:find"),
            context.button("b.faction_found", "faction:name", price=own.price),
        ]
    ]
    for one in own.asked:
        lines += ["", context.say("faction.asked", name=one.name)]
        rows.append([context.button("b.faction_withdraw", f"faction:withdraw:{one.id}", name=one.name)])
    rows.append([context.button("b.faction_board", "faction:board"), context.button("b.faction_map", "faction:map")])
    context.show(context.headed(lines), [*rows, context.home_row()])


def _member(context: FactionContext, one: MemberView) -> Html:
    return context.say("faction.member", sign=SIGNS[one.role], name=mention(one.id), taps=one.taps_week)


def _place(context: FactionContext, faction_id: str) -> int:
    """The place on the week's board, 0 for none yet."""
    number = Period.WEEK.number_at(context.ports.clock())
    place = context.ports.live_factions.place(Period.WEEK, number, faction_id)
    return place[0] if place else 0


@scene.on("members")
@of_members
def members(context: FactionContext, view: FactionView, _: Inside) -> None:
    lines: list[str] = [context.say("faction.members", name=view.card.name), ""]
    lines += [_member(context, one) for one in view.members]
    context.show("\n".join(lines), [back(context)])


@scene.on("invite")
@of_members
def invite(context: FactionContext, view: FactionView, inside: Inside) -> None:
    """The link, which a member may send to anybody."""
    link = chat_link(bot_name(context.ports), inside.link)
    text = context.plain("faction.invite_text", name=view.card.name)
    send = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"
    rows = [[InlineKeyboardButton(context.plain("b.faction_send"), url=send)], back(context)]
    context.show(context.say("faction.invite", name=view.card.name, link=link), rows)


@scene.on("leave")
@of_members
def leave(context: FactionContext, view: FactionView, inside: Inside) -> None:
    """Asks again: there is no way back for a day."""
    hours = context.ports.catalogues.current().factions.cooldown_h
    wait = duration(max(1, hours * HOUR_MS), context.language)
    lines: list[str] = [context.say("faction.leave_sure", name=view.card.name, time=wait)]
    if view.card.members == 1:
        lines.append(context.say("faction.leave_last"))
    elif inside.role is Role.LEADER:
        lines.append(context.say("faction.leave_leader"))
    yes = context.button("b.faction_leave_yes", f"faction:out:{view.card.id}")
    context.show("\n".join(lines), [[yes], back(context)])


@scene.on("out")
def out(context: FactionContext) -> None:
    own = reading.own(context.ports, context.player.id).faction
    if own is not None and own.card.id == context.argument:
        leaving.leave(context.ports, context.player.id, own.card.id)
        context.headline = context.say("faction.left", name=own.card.name)
    show(context)
