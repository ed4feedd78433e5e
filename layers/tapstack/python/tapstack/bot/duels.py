"""Duels in groups: offered by a command; anybody accepts, the two tap, and the one who has offered takes it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapstack.bot.cooldowns import too_fast
from tapstack.bot.groups import send
from tapstack.bot.tap_callbacks import user_of
from tapstack.duels import duelling, leases, settling
from tapstack.duels.chat import ACCEPT, REFUSALS, STOP, TAP, group_call
from tapstack.duels.model import State, TalkedDuel
from tapstack.duels.operations import DUEL_ID, OFFER
from tapstack.duels.texts import TEXTS
from tapstack.economy.rules import ops
from tapstack.groups import tapping
from tapstack.http.recent import Recent
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import GameError, NotFound, Retryable, StoreUnavailable, TooManyRequests
from tapstack.platform.limits import COOLDOWNS
from tapstack.play import chat_taps
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Call
from tapstack.telegram.dispatch import answer_callback_query
from tapstack.telegram.durations import duration
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import DuelGroupPorts
    from tapstack.duels.answers import DuelView
    from tapstack.telegram.updates import Update

KEPT_MS, MOST = 1_000, 2_048
"""How long a process takes a duel for what it was, and how many: it is looked at each second, however many tap."""

_views: Recent[DuelView] = Recent(keep_ms=KEPT_MS, most=MOST)


def offer(ports: DuelGroupPorts, update: Update) -> Call:
    """Offers a duel to whoever in the group accepts first; the same one whenever Telegram sends the update of a day."""
    language = language_of(update.user.language_code)
    player_id = user_of(ports, update).player_id
    op = ops.made_for(ports.clock() // DAY_MS * DAY_MS, f"duel {update.chat_id} {player_id} {update.id}")
    try:
        ports.limiter.spend(OFFER.id, player_id, COOLDOWNS["changes"])
        view = duelling.offer(ports, player_id, op)
    except StoreUnavailable:
        raise
    except GameError:  # of the player, and nobody else's business
        return {}
    return send(ports, update, group_call(update.chat_id, view, language, bot_name(ports)))


def button(ports: DuelGroupPorts, update: Update) -> Call:
    """Accepts a duel, takes it back, or counts a tap; says by a toast what came of it."""
    user = user_of(ports, update)
    duel_id = update.data[len(TAP) :] if update.data.startswith(TAP) else update.data[len(ACCEPT) :]
    try:
        if not re.fullmatch(DUEL_ID, duel_id):
            raise NotFound("there is no such duel", code="duel_unknown")
        if update.data.startswith(ACCEPT):
            text = _accepted(ports, update, duel_id)
        elif update.data.startswith(STOP):
            view = duelling.decline(ports, user.player_id, duel_id)
            if update.message_id:
                settling.draw(ports, _where(ports, update, view), view)
            text = TEXTS.plain("duel.stopped", user.language)
        else:
            text = _tapped(ports, update, duel_id)
    except TooManyRequests as error:
        text = too_fast(error, user.language)
    except Retryable:
        raise
    except GameError as error:
        if error.code == "banned":
            raise
        text = TEXTS.plain(REFUSALS.get(error.code, "duel.impossible"), user.language)
    return answer_callback_query(update.query_id, text)


def _accepted(ports: DuelGroupPorts, update: Update, duel_id: str) -> str:
    user = user_of(ports, update)
    view = duelling.accept(ports, user.player_id, duel_id)
    known = _where(ports, update, view)
    settling.accepted(ports, view, known.language, known.chat_id, known.message_id)
    if known.chat_id:
        settling.draw(ports, known, view)
    wait = duration(max(1, (view.starts_at_ms or 0) - view.now_ms), user.language)
    return TEXTS.plain("duel.go", user.language, time=wait)


def _tapped(ports: DuelGroupPorts, update: Update, duel_id: str) -> str:
    """Counts a tap of one of the two; all taps count, so they may tap elsewhere as well."""
    user, now_ms = user_of(ports, update), ports.clock()
    name = duel_id, user.player_id
    view = _views.get(name, now_ms, lambda: duelling.view(ports, user.player_id, duel_id))
    if view.rival is None or view.state is State.OVER or now_ms >= (view.ends_at_ms or 0):
        _draw(ports, update, view)
        return TEXTS.plain("duel.is_over", user.language)
    wait_ms = (view.starts_at_ms or 0) - now_ms
    if wait_ms > 0:
        return TEXTS.plain("duel.wait", user.language, time=duration(wait_ms, user.language))
    result = chat_taps.record_tap_callback(ports, update.user, user.player_id, update.id)
    if result.accepted:
        tapping.count(ports, update.chat_id, user.player_id, None)
    _draw(ports, update, view)
    key = "duel.counted" if result.accepted else "duel.too_fast"
    return TEXTS.plain(key, user.language, clicks=result.clicks)


def _draw(ports: DuelGroupPorts, update: Update, view: DuelView) -> None:
    """Draws the score, unless that was done a moment ago, or this is not the message of the duel."""
    if not ports.leases.claim(leases.score(view.id), settling.DRAWN_EVERY_MS):
        return
    known = ports.duels.talked_of(view.id)
    if known and (known.chat_id, known.message_id) == (update.chat_id, update.message_id):
        settling.draw(ports, known, view)


def _where(ports: DuelGroupPorts, update: Update, view: DuelView) -> TalkedDuel:
    """The message of the duel: the one whose button accepted it, in the language of the one who has offered it.

    Who accepts a duel without its button plays it as one of private chats.
    """
    known = ports.duels.talked_of(view.id)
    if known:
        return known
    host = ports.players.get_many([view.host.id]).get(view.host.id)
    language = host.language if host else update.user.language_code
    chat_id = update.chat_id if update.message_id else 0
    return TalkedDuel(view.id, view.host.id, view.ends_at_ms or 0, language_of(language), chat_id, update.message_id)
