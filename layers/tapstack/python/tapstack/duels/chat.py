"""What the chat shows of a duel. Nothing here loads python-telegram-bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.duels.model import State
from tapstack.duels.texts import TEXTS
from tapstack.players.mentions import mention
from tapstack.telegram.durations import duration
from tapstack.telegram.links import app_link
from tapstack.telegram.notices import text_call
from tapstack.telegram.texts import Html

if TYPE_CHECKING:
    from tapstack.duels.answers import DuelView

ACCEPT, STOP, TAP = "duel:take:", "duel:stop:", "duel:hit:"
"""What the data of a group's buttons begins with; the duel's id follows."""

REFUSALS = {
    "duel_own": "duel.is_own",
    "duel_foreign": "duel.foreign",
    "duel_taken": "duel.taken",
    "duel_over": "duel.is_over",
    "duel_unknown": "duel.unknown",
    "stake_differs": "duel.staked",
}
"""What is said to a refusal; to any other, that it does not work."""


def is_duel_button(data: str) -> bool:
    """Whether this is the data of a group's button of a duel."""
    return data.startswith((ACCEPT, STOP, TAP))


def is_open(view: DuelView) -> bool:
    """Whether somebody may still accept it."""
    return view.state is State.OFFERED and view.now_ms <= view.expires_at_ms


def lines_of(view: DuelView, language: str) -> list[Html]:
    """A duel as anybody sees it who may."""
    if view.state is State.DECLINED:
        return [TEXTS.say("duel.declined", language)]
    if view.rival is None:
        key = "duel.offered" if is_open(view) else "duel.expired"
        return [TEXTS.say(key, language, name=mention(view.host.id))]
    pair = TEXTS.say("duel.pair", language, host=mention(view.host.id), rival=mention(view.rival.id))
    starts_ms, ends_ms = (view.starts_at_ms or 0) - view.now_ms, (view.ends_at_ms or 0) - view.now_ms
    if view.state is not State.OVER and starts_ms > 0:
        return [pair, Html(""), TEXTS.say("duel.soon", language, time=duration(starts_ms, language))]
    both = sorted((view.host, view.rival), key=lambda one: -one.taps)
    scores = [TEXTS.say("duel.score", language, name=mention(one.id), taps=one.taps) for one in both]
    if view.state is not State.OVER:
        time = duration(max(1, ends_ms), language)
        going = TEXTS.say("duel.left", language, time=time) if ends_ms > 0 else TEXTS.say("duel.counting", language)
        return [pair, Html(""), *scores, Html(""), going]
    won = (
        TEXTS.say("duel.won", language, name=mention(view.winner)) if view.winner else TEXTS.say("duel.draw", language)
    )
    return [pair, Html(""), *scores, Html(""), won]


def group_call(chat_id: int, view: DuelView, language: str, bot_name: str | None) -> dict[str, Any]:
    """A duel as its group sees it, as a sendMessage: with what may be done about it now."""
    call = text_call(chat_id, "\n".join(lines_of(view, language)))
    rows: list[list[dict[str, str]]] = []
    if is_open(view):
        rows = [[_button("b.duel_accept", f"{ACCEPT}{view.id}", language)]]
        rows.append([_button("b.duel_stop", f"{STOP}{view.id}", language)])
    elif view.rival is not None and view.state is not State.OVER and view.now_ms < (view.ends_at_ms or 0):
        rows = [[_button("b.duel_tap", f"{TAP}{view.id}", language)], *app_row(view.id, language, bot_name)]
    return call | {"reply_markup": {"inline_keyboard": rows}}


def app_row(duel_id: str, language: str, bot_name: str | None) -> list[list[dict[str, str]]]:
    """The way to the duel in the Mini App, once the bot's name is known."""
    if not bot_name:
        return []
    return [[{"text": TEXTS.plain("b.duel_app", language), "url": app_link(bot_name, f"duel_{duel_id}")}]]


def _button(key: str, data: str, language: str) -> dict[str, str]:
    return {"text": TEXTS.plain(key, language), "callback_data": data}
