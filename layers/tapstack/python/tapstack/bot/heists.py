"""Heists in groups: started by a command, answered by a button or by a reply to the question, paid by a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.bot.groups import send
from tapstack.bot.tap_callbacks import user_of
from tapstack.economy.rules.ops import made_for
from tapstack.heists import answering, claiming, opening
from tapstack.heists.chat import ANSWER, CLAIM, place_call, question_call, said_of
from tapstack.heists.rules import MAX_ANSWER, is_id
from tapstack.heists.texts import TEXTS
from tapstack.platform.errors import GameError, Retryable, StoreUnavailable
from tapstack.telegram.context import Call, message_call
from tapstack.telegram.dispatch import answer_callback_query
from tapstack.telegram.durations import duration
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import HeistGroupPorts
    from tapstack.heists.answers import HeistAnswered
    from tapstack.telegram.updates import Update

_REFUSALS = {
    "heist_over": "heist.over",
    "heist_unknown": "heist.over",
    "heist_answered": "heist.answered",
    "no_tries_left": "heist.answered",
    "too_soon": "heist.wait",
    "too_early": "heist.wait",
    "no_share": "heist.no_share",
}
"""What a button says to a refusal; to any other, that heists are closed to the player."""


def begin(ports: HeistGroupPorts, update: Update) -> Call:
    """Begins a heist in a group, or shows the one that runs there again."""
    language = language_of(update.user.language_code)
    player_id = user_of(ports, update).player_id
    try:
        answering.refuse_barred(ports.players.get(player_id))
        stored = opening.begin_in_group(ports, update.chat_id, language)
    except Retryable:
        raise
    except GameError as error:
        if error.code != "heist_too_early":
            return {}
        wait = duration(int(error.data["wait_ms"]), language)
        return send(ports, update, message_call(update.chat_id, TEXTS.say("heist.too_early", language, time=wait)))
    return send(ports, update, question_call(stored.heist, ports.clock()))


def reply(ports: HeistGroupPorts, update: Update, heist_id: str) -> Call:
    """Takes a text that replies to the question; only a place among the first is worth a message of its own."""
    try:
        said = _answer(ports, update, heist_id, update.text[:MAX_ANSWER])
    except StoreUnavailable:
        raise
    except GameError:
        return {}
    stored = ports.heists.get(heist_id) if said and said.rank else None
    if stored is None or said is None or not said.rank:
        return {}
    return send(ports, update, place_call(stored.heist, user_of(ports, update).player_id, said.rank))


def button(ports: HeistGroupPorts, update: Update) -> Call:
    """Takes an option of a question, or pays a share; says by a toast what came of it."""
    language = user_of(ports, update).language
    try:
        text = _pressed(ports, update, language)
    except StoreUnavailable:
        raise
    except GameError as error:
        text = TEXTS.plain(_REFUSALS.get(error.code, "heist.barred"), language)
        if error.code == "shares_used_up":
            wait = duration(max(1, int(error.data["until_ms"]) - ports.clock()), language)
            text = TEXTS.plain("heist.claim_later", language, time=wait)
    return answer_callback_query(update.query_id, text)


def _pressed(ports: HeistGroupPorts, update: Update, language: str) -> str:
    if update.data.startswith(CLAIM):
        heist_id = update.data.removeprefix(CLAIM)
        if not is_id(heist_id):
            return ""
        paid = claiming.claim(ports, user_of(ports, update).player_id, heist_id)
        key = "heist.claimed" if paid.coins else "heist.nothing"
        return TEXTS.plain(key, language, count=paid.coins)
    heist_id, _, letter = update.data.removeprefix(ANSWER).partition(":")
    said = _answer(ports, update, heist_id, letter)
    if said is None:
        return ""
    key, values = said_of(said)
    return TEXTS.plain(key, language, **values)


def _answer(ports: HeistGroupPorts, update: Update, heist_id: str, text: str) -> HeistAnswered | None:
    """Takes an answer by an op that is the same whenever Telegram sends the update; None for what is of elsewhere."""
    stored = ports.heists.get(heist_id) if is_id(heist_id) else None
    if stored is None or stored.heist.chat_id != update.chat_id or not text.strip():
        return None
    op = made_for(stored.heist.starts_ms, f"heist {heist_id} {update.id}")
    return answering.answer(ports, user_of(ports, update).player_id, heist_id, op, text)
