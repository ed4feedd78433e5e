"""Rallies in a private chat: begun here and joined by a link, or in a group (bot/rallies.py)."""

from __future__ import annotations

import re
from urllib.parse import quote

from telegram import InlineKeyboardButton

from tapstack.economy.rules import ops
from tapstack.economy.scenes.common import stamped_ms
from tapstack.goals.receipts import claimed
from tapstack.platform.errors import GameError, Retryable
from tapstack.players.model import Player
from tapstack.rallies.answers import RallyView
from tapstack.rallies.chat import REFUSALS, lines_of, reward
from tapstack.rallies.operations import RALLY_ID
from tapstack.rallies.ports import RallyScenePorts
from tapstack.rallies.rallying import Rallying
from tapstack.rallies.rallying import claim as take
from tapstack.rallies.texts import TEXTS
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.durations import duration
from tapstack.telegram.links import app_link, chat_link, group_link
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import Html

RallyContext = Context[Player, RallyScenePorts]

rallying = Rallying()
scene: Scene[Player, RallyScenePorts] = Scene("rally", TEXTS, commands=("rally",), link="rally")


@scene.opens
def about(context: RallyContext) -> None:
    """What rallies are, and the ways into one."""
    minutes = context.ports.catalogues.current().rallies.minutes
    name = bot_name(context.ports)
    rows: Rows = [
        [context.button("b.rally_begin", f"rally:begin:{context.ports.clock():x}")],
        [InlineKeyboardButton(context.plain("b.rally_group"), url=group_link(name, "rally"))],
        context.home_row(),
    ]
    context.show(context.headed([context.say("rally.about", minutes=minutes)]), rows)


@scene.on("begin")
def begin(context: RallyContext) -> None:
    """Begins one, once however often the button is pressed."""
    try:
        op = ops.made_for(stamped_ms(context.argument), f"{context.player.id}:{context.update.data}")
        view = rallying.begin(context.ports, context.player.id, op)
    except GameError as error:
        context.headline = _why(context, error)
        return about(context)
    return _show(context, view)


@scene.on("link")
@scene.on("join")
def join(context: RallyContext) -> None:
    """Whoever has the link joins; to look at one that is over, too."""
    if not re.fullmatch(RALLY_ID, context.argument):
        context.headline = context.say("rally.unknown")
        return about(context)
    try:
        view = rallying.join(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = _why(context, error)
        return see(context) if error.code == "rally_over" else about(context)
    return _show(context, view)


@scene.on("see")
def see(context: RallyContext) -> None:
    if not re.fullmatch(RALLY_ID, context.argument):
        return about(context)
    try:
        view = rallying.view(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = _why(context, error)
        return about(context)
    return _show(context, view)


@scene.on("claim")
def claim(context: RallyContext) -> None:
    """Pays once; a second press says the same."""
    if not re.fullmatch(RALLY_ID, context.argument):
        return about(context)
    try:
        entry = take(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = _why(context, error)
    else:
        paid = reward(claimed(entry).reward, context.language)
        context.headline = context.say("rally.claimed", reward=paid)
    return see(context)


def _show(context: RallyContext, view: RallyView) -> None:
    juggernaut = context.ports.catalogues.current().rallies.juggernaut
    lines: list[str] = [*lines_of(view, juggernaut, context.language)]
    rows: Rows = []
    if view.own is not None:
        lines += ["", context.say("rally.own", taps=view.own)]
    if not view.over:
        name = bot_name(context.ports)
        link = chat_link(name, f"rally_{view.id}")
        lines += ["", context.say("rally.link", link=link)]
        text = context.plain("rally.send_text")
        send = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"
        app = InlineKeyboardButton(context.plain("b.rally_app"), url=app_link(name, f"rally_{view.id}"))
        rows.append([context.button("b.rally_here", "tap:open"), app])
        rows.append([InlineKeyboardButton(context.plain("b.rally_send"), url=send)])
        rows.append([context.button("b.rally_refresh", f"rally:see:{view.id}")])
    elif view.claim:
        rows.append([context.button("b.rally_claim", f"rally:claim:{view.id}")])
    context.show(context.headed(lines), [*rows, [context.button("b.rally_again", "rally:open"), *context.home_row()]])


def _why(context: RallyContext, error: GameError) -> Html:
    """Why something was refused; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    if error.code == "rally_rest":
        wait = duration(max(1, int(error.data["until_ms"]) - context.ports.clock()), context.language)
        return context.say("rally.rest", time=wait)
    return context.say(REFUSALS.get(error.code, "rally.impossible"))
