"""Rallies in groups: begun by a command, joined and tapped by one button, paid by another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapstack.bot.cooldowns import too_fast
from tapstack.bot.groups import send
from tapstack.bot.tap_callbacks import user_of
from tapstack.goals.receipts import claimed
from tapstack.groups import tapping
from tapstack.http.recent import Recent
from tapstack.platform.errors import Conflict, Forbidden, GameError, Retryable, StoreUnavailable, TooManyRequests
from tapstack.play import chat_taps
from tapstack.rallies import grouping
from tapstack.rallies.chat import CLAIM, REFUSALS, TAP, group_call, reward
from tapstack.rallies.operations import RALLY_ID
from tapstack.rallies.rallying import Rallying, claim
from tapstack.rallies.texts import TEXTS
from tapstack.telegram.context import Call, message_call
from tapstack.telegram.dispatch import answer_callback_query
from tapstack.telegram.durations import duration
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import RallyGroupPorts
    from tapstack.telegram.updates import Update

JOINED_MS, MOST = 60_000, 8_192
"""How long a process takes it for known that a player is in a rally, and its end: a tap then reads no table."""

rallies_here = Rallying()
_joined: Recent[int] = Recent(keep_ms=JOINED_MS, most=MOST)


def begin(ports: RallyGroupPorts, update: Update) -> Call:
    """Begins a rally in a group, or shows the one that goes on there again."""
    language = language_of(update.user.language_code)
    player_id = user_of(ports, update).player_id
    try:
        view, spoken = grouping.begin(ports, rallies_here, update.chat_id, player_id, language, update.id)
    except Retryable:
        raise
    except GameError as error:
        if error.code == "rally_rest":
            wait = duration(max(1, int(error.data["until_ms"]) - ports.clock()), language)
            text = TEXTS.say("rally.rest", language, time=wait)
        elif error.code == "rallies_off":
            text = TEXTS.say("rally.off", language)
        else:  # of the player, and nobody else's business
            return {}
        return send(ports, update, message_call(update.chat_id, text))
    juggernaut = ports.catalogues.current().rallies.juggernaut
    return send(ports, update, group_call(update.chat_id, view, juggernaut, spoken))


def button(ports: RallyGroupPorts, update: Update) -> Call:
    """Counts a tap for the rally, or pays what it has brought; says by a toast what came of it."""
    language = user_of(ports, update).language
    rally_id = update.data.removeprefix(TAP).removeprefix(CLAIM)
    if not re.fullmatch(RALLY_ID, rally_id):
        return answer_callback_query(update.query_id, TEXTS.plain("rally.unknown", language))
    try:
        is_claim = update.data.startswith(CLAIM)
        text = _paid(ports, update, rally_id, language) if is_claim else _tapped(ports, update, rally_id)
    except StoreUnavailable:
        raise
    except TooManyRequests as error:
        text = too_fast(error, language)
    except Forbidden as error:
        if error.code == "banned":
            raise
        text = TEXTS.plain("rally.impossible", language)
    except GameError as error:
        text = TEXTS.plain(REFUSALS.get(error.code, "rally.impossible"), language)
    return answer_callback_query(update.query_id, text)


def _tapped(ports: RallyGroupPorts, update: Update, rally_id: str) -> str:
    """The first tap joins. The group's own board counts taps as at its panel, and this message stays the rally's."""
    user, now_ms, new = user_of(ports, update), ports.clock(), False

    def join() -> int:
        nonlocal new
        view = rallies_here.view(ports, user.player_id, rally_id)
        new = view.own is None
        return rallies_here.join(ports, user.player_id, rally_id).ends_at_ms if new else view.ends_at_ms

    try:
        if now_ms >= _joined.get((rally_id, user.player_id), now_ms, join):
            raise Conflict("this rally is over", code="rally_over")
        result = chat_taps.record_tap_callback(ports, update.user, user.player_id, update.id)
    finally:
        _draw(ports, update, rally_id)
    if result.accepted:
        tapping.count(ports, update.chat_id, user.player_id, None)
    key = "rally.too_fast" if not result.accepted else "rally.in" if new else "rally.counted"
    return TEXTS.plain(key, user.language, clicks=result.clicks)


def _draw(ports: RallyGroupPorts, update: Update, rally_id: str) -> None:
    """Draws the bar; what fails here is drawn by the next tap, or by maintenance."""
    try:
        grouping.draw(ports, rallies_here, update.chat_id, rally_id, update.message_id)
    except GameError:
        return


def _paid(ports: RallyGroupPorts, update: Update, rally_id: str, language: str) -> str:
    entry = claim(ports, user_of(ports, update).player_id, rally_id)
    return TEXTS.plain("rally.claimed", language, reward=reward(claimed(entry).reward, language))
