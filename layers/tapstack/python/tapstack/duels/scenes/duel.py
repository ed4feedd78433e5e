"""Duels in a private chat: offered, sent as a link, accepted, and tapped here or in the Mini App."""

from __future__ import annotations

import re
from urllib.parse import quote

from telegram import InlineKeyboardButton

from tapstack.duels import duelling, settling
from tapstack.duels.answers import DuelView
from tapstack.duels.chat import REFUSALS, is_open, lines_of
from tapstack.duels.model import State
from tapstack.duels.operations import DUEL_ID, OFFER
from tapstack.duels.ports import DuelScenePorts
from tapstack.duels.texts import TEXTS
from tapstack.economy.rules import ops
from tapstack.economy.scenes.common import stamped_ms
from tapstack.platform.errors import GameError, Retryable
from tapstack.platform.limits import COOLDOWNS
from tapstack.players.model import Player
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.durations import duration
from tapstack.telegram.links import app_link, chat_link
from tapstack.telegram.scene import Scene

DuelContext = Context[Player, DuelScenePorts]

scene: Scene[Player, DuelScenePorts] = Scene("duel", TEXTS, commands=("duel",), link="duel")


@scene.opens
def about(context: DuelContext) -> None:
    rows: Rows = [[context.button("b.duel_offer", f"duel:offer:{context.ports.clock():x}")], context.home_row()]
    context.show(context.headed([context.say("duel.about")]), rows)


@scene.on("offer")
def offer(context: DuelContext) -> None:
    """Offers one, once however often the button is pressed."""
    try:
        op = ops.made_for(stamped_ms(context.argument), f"{context.player.id}:{context.update.data}")
        context.ports.limiter.spend(OFFER.id, context.player.id, COOLDOWNS["changes"])
        view = duelling.offer(context.ports, context.player.id, op)
    except GameError as error:
        return _explain(context, error)
    return _show(context, view)


@scene.on("link")
@scene.on("see")
def see(context: DuelContext) -> None:
    if not re.fullmatch(DUEL_ID, context.argument):
        context.headline = context.say("duel.unknown")
        return about(context)
    try:
        view = duelling.view(context.ports, context.player.id, context.argument)
    except GameError as error:
        return _explain(context, error)
    return _show(context, view)


@scene.on("accept")
def accept(context: DuelContext) -> None:
    """The first one who accepts is the rival; the host hears of it at once."""
    if not re.fullmatch(DUEL_ID, context.argument):
        return see(context)
    try:
        view = duelling.accept(context.ports, context.player.id, context.argument)
        settling.accepted(context.ports, view, context.language)
    except GameError as error:
        return _explain(context, error)
    return _show(context, view)


@scene.on("decline")
def decline(context: DuelContext) -> None:
    if not re.fullmatch(DUEL_ID, context.argument):
        return see(context)
    try:
        view = duelling.decline(context.ports, context.player.id, context.argument)
    except GameError as error:
        return _explain(context, error)
    return _show(context, view)


def _show(context: DuelContext, view: DuelView) -> None:
    lines: list[str] = [*lines_of(view, context.language)]
    again = context.button("b.duel_refresh", f"duel:see:{view.id}")
    name = bot_name(context.ports)
    rows: Rows = []
    if is_open(view) and view.host.id == context.player.id:
        link, text = chat_link(name, f"duel_{view.id}"), context.plain("duel.send_text")
        wait = duration(max(1, view.expires_at_ms - view.now_ms), context.language)
        lines = [context.say("duel.own", link=link, time=wait)]
        send = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"
        rows = [
            [InlineKeyboardButton(context.plain("b.duel_send"), url=send)],
            [again, context.button("b.duel_stop", f"duel:decline:{view.id}")],
        ]
    elif is_open(view):
        rows = [[context.button("b.duel_accept", f"duel:accept:{view.id}")]]
    elif view.state in (State.ACCEPTED, State.RUNNING):
        app = InlineKeyboardButton(context.plain("b.duel_app"), url=app_link(name, f"duel_{view.id}"))
        rows = [[context.button("b.duel_here", "tap:open"), app], [again]]
    rows.append([context.button("b.duel_again", "duel:open"), *context.home_row()])
    context.show(context.headed(lines), rows)


def _explain(context: DuelContext, error: GameError) -> None:
    """Says why; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    context.headline = context.say(REFUSALS.get(error.code, "duel.impossible"))
    about(context)
