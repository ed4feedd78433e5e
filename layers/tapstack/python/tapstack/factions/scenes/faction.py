"""Factions in a private chat: one's own, finding and founding one, its treasury, its requests and the map.

What each may do is decided where the API's calls are decided, too; here it is said in words. Buttons that pay carry
when they were shown: pressed twice, they are one and the same op.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from telegram import InlineKeyboardButton

from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.reading import EconomyReader
from tapstack.economy.rules import ops
from tapstack.economy.scenes.common import stamp, stamped_ms
from tapstack.factions import finding, joining, leading, leaving, paying, reading
from tapstack.factions.answers import FactionCard, FactionView, Inside, MemberView, OwnFaction, TerritoryView
from tapstack.factions.changing import OFFICERS
from tapstack.factions.model import Entrance, Role
from tapstack.factions.operations import FACTION_ID
from tapstack.factions.ports import FactionScenePorts
from tapstack.factions.texts import TEXTS
from tapstack.leaderboards.chat_rows import MEDALS
from tapstack.platform.calendar import Period
from tapstack.platform.errors import GameError, Retryable
from tapstack.players.mentions import mention
from tapstack.players.model import Player
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import ANSWER_WITHIN_MS, Context, Rows
from tapstack.telegram.durations import duration
from tapstack.telegram.links import chat_link
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import DEFAULT, Html

FactionContext = Context[Player, FactionScenePorts]

AMOUNTS = (10, 50, 100, 500, 1_000)
BEST, FOUND, WAITING, BOARD = 5, 8, 5, 10
"""How many of each kind one screen shows."""

HOUR_MS = 3_600_000
SIGNS = {Role.LEADER: "👑", Role.OFFICER: "⭐️", Role.MEMBER: "▫️"}
DOORS = {
    Entrance.OPEN: "b.faction_open",
    Entrance.REQUEST: "b.faction_request",
    Entrance.LINK: "b.faction_link",
}
REFUSALS = {
    "in_faction": "faction.why_in_faction",
    "faction_cooldown": "faction.why_cooldown",
    "faction_full": "faction.why_full",
    "asked_enough": "faction.why_asked_enough",
    "requests_full": "faction.why_requests_full",
    "link_needed": "faction.why_link_needed",
    "faction_unknown": "faction.why_unknown",
    "request_gone": "faction.why_request_gone",
    "not_member": "faction.why_not_member",
    "role_needed": "faction.why_role",
    "name_taken": "faction.why_name_taken",
    "not_enough": "faction.why_not_enough",
    "price_changed": "faction.why_price",
    "level_needed": "faction.why_level",
    "treasury_short": "faction.why_treasury",
    "too_early": "faction.why_too_early",
    "not_winner": "faction.why_not_winner",
    "op_expired": "faction.why_old",
    "op_reused": "faction.why_old",
}

_OF_ANOTHER = re.compile(rf"([0-9a-f]{{16}}):({FACTION_ID})")
"""What the buttons of a request carry."""

Act = Callable[[FactionContext], None]

reader = EconomyReader()
scene: Scene[Player, FactionScenePorts] = Scene("faction", TEXTS, commands=("faction",), link="fac")


def _of_members(act: Callable[[FactionContext, FactionView, Inside], None]) -> Act:
    """An action for members; who has left since the button was shown sees where they are now."""

    def acted(context: FactionContext) -> None:
        own = reading.own(context.ports, context.player.id).faction
        if own is None or own.inside is None:
            return _warn(context, "faction.why_not_member")
        return act(context, own, own.inside)

    return acted


# -- one's own, or none --


@scene.opens
def show(context: FactionContext) -> None:
    """One's own faction, or the ways into one."""
    own = reading.own(context.ports, context.player.id)
    if own.faction is not None and own.faction.inside is not None:
        lines = list(_card(context, own.faction, own.faction.inside))
        return context.show(_headed(context, lines), _ways(context, own.faction, own.faction.inside))
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
    names = [_named(context, perk.name) for perk in map(catalogue.factions.perk, inside.bought) if perk]
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
    context.show(_headed(context, lines), [*rows, context.home_row()])


def _member(context: FactionContext, one: MemberView) -> Html:
    return context.say("faction.member", sign=SIGNS[one.role], name=mention(one.id), taps=one.taps_week)


def _place(context: FactionContext, faction_id: str) -> int:
    """The place on the week's board, 0 for none yet."""
    number = Period.WEEK.number_at(context.ports.clock())
    place = context.ports.live_factions.place(Period.WEEK, number, faction_id)
    return place[0] if place else 0


@scene.on("members")
@_of_members
def members(context: FactionContext, view: FactionView, _: Inside) -> None:
    lines: list[str] = [context.say("faction.members", name=view.card.name), ""]
    lines += [_member(context, one) for one in view.members]
    context.show("\n".join(lines), [_back(context)])


@scene.on("invite")
@_of_members
def invite(context: FactionContext, view: FactionView, inside: Inside) -> None:
    """The link, which a member may send to anybody."""
    link = chat_link(bot_name(context.ports), inside.link)
    text = context.plain("faction.invite_text", name=view.card.name)
    send = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"
    rows = [[InlineKeyboardButton(context.plain("b.faction_send"), url=send)], _back(context)]
    context.show(context.say("faction.invite", name=view.card.name, link=link), rows)


@scene.on("leave")
@_of_members
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
    context.show("\n".join(lines), [[yes], _back(context)])


@scene.on("out")
def out(context: FactionContext) -> None:
    own = reading.own(context.ports, context.player.id).faction
    if own is not None and own.card.id == context.argument:
        leaving.leave(context.ports, context.player.id, own.card.id)
        context.headline = context.say("faction.left", name=own.card.name)
    show(context)


# -- finding, joining and founding one --


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
    context.show(text, [*rows, _back(context)])


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
        return _warn(context, "faction.why_unknown")
    try:
        view = reading.view(context.ports, context.player.id, faction_id)
    except GameError as error:
        return _explain(context, error)
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
    return context.show(_headed(context, lines), [*rows, _back(context)])


@scene.on("join")
def join(context: FactionContext) -> None:
    faction_id, _, code = context.argument.partition(":")
    if not re.fullmatch(FACTION_ID, faction_id):
        return _warn(context, "faction.why_unknown")
    try:
        joined = joining.join(context.ports, context.player.id, faction_id, code)
    except GameError as error:
        return _explain(context, error)
    if joined:
        name = reading.view(context.ports, context.player.id, faction_id).card.name
        context.headline = context.say("faction.joined", name=name)
    else:
        context.headline = context.say("faction.requested")
    return show(context)


@scene.on("withdraw")
def withdraw(context: FactionContext) -> None:
    if re.fullmatch(FACTION_ID, context.argument):
        joining.withdraw(context.ports, context.player.id, context.argument)
        context.headline = context.say("faction.withdrawn")
    show(context)


@scene.on("name")
def name_it(context: FactionContext) -> None:
    """Asks for the name of a new one, and says what it costs."""
    price = context.ports.catalogues.current().factions.price
    context.wait_for("faction", "naming")
    context.show(_headed(context, [context.say("faction.name_it", price=price)]), [_back(context)])


@scene.on_text("naming")
def named(context: FactionContext) -> None:
    """Founds it, by an op that is the same whenever Telegram sends the update."""
    asked_at_ms = context.chat.until_ms - ANSWER_WITHIN_MS
    op = ops.made_for(asked_at_ms, f"{context.player.id}:found:{context.update.id}")
    price = context.ports.catalogues.current().factions.price
    try:
        paying.found(context.ports, context.player.id, op, context.update.text, price, Entrance.REQUEST)
    except GameError as error:
        context.headline = _why(context, error)
        wrong_name = error.code in ("name_taken", "validation_failed")
        return name_it(context) if wrong_name else _home(context)
    own = reading.own(context.ports, context.player.id).faction
    context.headline = context.say("faction.founded", name=own.card.name if own else "")
    return _home(context)


def _home(context: FactionContext) -> None:
    context.end_conversation()
    show(context)


# -- the treasury --


@scene.on("donate")
@_of_members
def donate(context: FactionContext, view: FactionView, inside: Inside) -> None:
    had = reader.economy(context.ports, context.player.id)
    coins = had.balances.coin + had.pending
    text = context.say("faction.donate", treasury=inside.treasury, coins=coins)
    now = stamp(context)
    gifts = [
        context.button("b.faction_give", f"faction:give:{now}:{amount}:{view.card.id}", coins=amount)
        for amount in AMOUNTS
        if amount <= coins
    ]
    context.show(_headed(context, [text]), [*_in_rows(gifts, 3), _back(context)])


@scene.on("give")
def give(context: FactionContext) -> None:
    """Gives once, however often the button is pressed."""
    when, _, rest = context.argument.partition(":")
    amount, _, faction_id = rest.partition(":")
    if amount not in map(str, AMOUNTS) or not re.fullmatch(FACTION_ID, faction_id):
        return _warn(context, "faction.why_old")
    try:
        op = ops.made_for(stamped_ms(when), f"{context.player.id}:donate:{context.update.data}")
        entry = paying.donate(context.ports, context.player.id, op, faction_id, int(amount))
    except GameError as error:
        context.headline = _why(context, error)
    else:
        context.headline = context.say("faction.donated", coins=entry.result["coins"], left=entry.after.coin)
    return donate(context)


@scene.on("perks")
@_of_members
def perks(context: FactionContext, view: FactionView, inside: Inside) -> None:
    """What the treasury has bought, and what it may: officers decide."""
    lines: list[str] = [context.say("faction.perks_title", coins=inside.treasury), ""]
    rows: Rows = []
    for perk in context.ports.catalogues.current().factions.perks:
        name = _named(context, perk.name)
        if perk.id in inside.bought:
            lines.append(context.say("faction.perk_has", name=name))
        elif perk.retired:
            continue
        elif view.card.level < perk.level:
            lines.append(context.say("faction.perk_from", name=name, level=perk.level))
        else:
            lines.append(context.say("faction.perk_for", name=name, price=perk.price))
            if inside.role in OFFICERS and perk.price <= inside.treasury:
                data = f"faction:perk:{perk.price:x}:{perk.id}"
                rows.append([context.button("b.faction_buy", data, name=name, price=perk.price)])
    context.show(_headed(context, lines), [*rows, _back(context)])


@scene.on("perk")
@_of_members
def buy_perk(context: FactionContext, view: FactionView, _: Inside) -> None:
    """Buys what was shown, at the price that was shown."""
    price, perk_id = (context.argument.split(":", 1) + [""])[:2]
    try:
        leading.buy(context.ports, context.player.id, view.card.id, perk_id, stamped_ms(price))
    except GameError as error:
        context.headline = _why(context, error)
    else:
        perk = context.ports.catalogues.current().factions.perk(perk_id)
        context.headline = context.say("faction.perk_bought", name=_named(context, perk.name) if perk else perk_id)
    perks(context)


# -- what officers decide --


@scene.on("requests")
@_of_members
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
    context.show(_headed(context, lines), [*rows, _back(context)])


@scene.on("yes")
def accept(context: FactionContext) -> None:
    _decide(context, joining.accept, "faction.accepted")


@scene.on("no")
def decline(context: FactionContext) -> None:
    _decide(context, joining.decline, "faction.declined")


def _decide(context: FactionContext, act: Callable[[FactionScenePorts, str, str, str], None], said: str) -> None:
    found = _OF_ANOTHER.fullmatch(context.argument)
    if found is None:
        return _warn(context, "faction.why_request_gone")
    try:
        act(context.ports, context.player.id, found[1], found[2])
    except GameError as error:
        if error.code in ("in_faction", "faction_cooldown"):  # of the other one
            context.headline = context.say("faction.refused", why=context.say("faction.why_they_are"))
        else:
            context.headline = _why(context, error)
    else:
        context.headline = context.say(said, name=mention(found[1]))
    return requests(context)


@scene.on("door")
@_of_members
def door(context: FactionContext, view: FactionView, inside: Inside) -> None:
    lines: list[str] = [context.say("faction.door"), "", context.say(f"faction.entrance.{view.card.entrance}")]
    doors = [context.button(key, f"faction:let:{one}") for one, key in DOORS.items() if one is not view.card.entrance]
    rows: Rows = [[one] for one in doors] if inside.role in OFFICERS else []
    context.show(_headed(context, lines), [*rows, _back(context)])


@scene.on("let")
@_of_members
def let_in(context: FactionContext, view: FactionView, _: Inside) -> None:
    """Changes who may join."""
    if context.argument in list(Entrance):
        entrance = Entrance(context.argument)
        try:
            leading.settle(
                context.ports, context.player.id, view.card.id, entrance=entrance, colour=None, new_link=False
            )
        except GameError as error:
            context.headline = _why(context, error)
    door(context)


# -- the board and the map --


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
    context.show("\n".join(lines), [_back(context)])


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
        rows += _in_rows(
            [
                InlineKeyboardButton(f"✅ {name}" if own else name, callback_data=f"faction:tap:{int(not own)}:{of}")
                for of, name, own in names
            ],
            2,
        )
    context.show(_headed(context, lines), [*rows, _back(context)])


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
    name = _named(context, territory.name) if territory else one.id
    return context.say("faction.ground", sign="✅" if own else "▫️", name=name, what=what)


@scene.on("tap")
def assign(context: FactionContext) -> None:
    """Taps for a territory from now on, or for none."""
    on, _, territory_id = context.argument.partition(":")
    try:
        leading.assign(context.ports, context.player.id, territory_id, on=on == "1")
    except GameError as error:
        context.headline = _why(context, error)
    else:
        name = _place_name(context, territory_id)
        context.headline = context.say("faction.assigned" if on == "1" else "faction.unassigned", name=name)
    map_(context)


@scene.on("claim")
def claim(context: FactionContext) -> None:
    try:
        entry = paying.claim(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = _why(context, error)
    else:
        name, said = _place_name(context, context.argument), entry.result
        context.headline = context.say("faction.rewarded", name=name, coins=said["coins"], xp=said["xp"])
    map_(context)


# -- what all of them share --


def _back(context: FactionContext) -> list[InlineKeyboardButton]:
    return [context.button("b.faction", "faction:open"), *context.home_row()]


def _in_rows(buttons: list[InlineKeyboardButton], width: int) -> Rows:
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def _named(context: FactionContext, texts: dict[str, str]) -> str:
    """A text of the catalogue's in the person's language."""
    return texts.get(context.language) or texts.get(DEFAULT, "")


def _place_name(context: FactionContext, territory_id: str) -> str:
    territory = context.ports.catalogues.current().territory(territory_id)
    return _named(context, territory.name) if territory else territory_id


def _headed(context: FactionContext, lines: list[Html] | list[str]) -> str:
    """A screen's text, below what has just happened."""
    headline, context.headline = context.headline, ""
    return "\n".join([headline, "", *lines] if headline else lines)


def _warn(context: FactionContext, key: str) -> None:
    context.headline = context.say("faction.refused", why=context.say(key))
    show(context)


def _explain(context: FactionContext, error: GameError) -> None:
    """Says why something was refused, above one's own faction or the ways into one."""
    context.headline = _why(context, error)
    show(context)


def _why(context: FactionContext, error: GameError) -> Html:
    """Why something was refused; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    if error.code == "validation_failed":
        key = "faction.why_reserved" if error.data.get("reason") == "reserved" else "faction.why_name"
    else:
        key = REFUSALS.get(error.code, "faction.why_impossible")
    return context.say("faction.refused", why=context.say(key, **error.data))
