"""What a group is shown of its heist. Nothing here loads python-telegram-bot.

The question carries the heist's id as a hashtag. A text is an answer only as a reply to it, and Telegram brings the
message that is replied to along with the reply: so no store is asked about any other message of any group. By a bot's
usual privacy settings Telegram delivers nothing else to it either, and it shows everybody the reply form here.
https://core.telegram.org/bots/features#privacy-mode
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from tapstack.heists.answers import HeistAnswered
from tapstack.heists.model import Heist, Kind, Result
from tapstack.heists.rules import LETTERS, pool
from tapstack.heists.texts import TEXTS
from tapstack.leaderboards.chat_rows import MEDALS
from tapstack.players.mentions import mention
from tapstack.telegram.durations import duration
from tapstack.telegram.notices import text_call
from tapstack.telegram.texts import Html, number

ANSWER, CLAIM = "heist:answer:", "heist:claim:"
"""What the data of buttons begins with; an id, or an id and a letter, follow."""

_TAG = re.compile(r"#heist_(w[0-9]{8}_[0-9]{4}|g[0-9]{8}_[a-z2-7]{13})\b")


def is_heist_button(data: str) -> bool:
    """Whether this is the data of a button of a heist."""
    return data.startswith((ANSWER, CLAIM))


def heist_in(text: str) -> str:
    """The id of the heist that a message of the bot's asks the question of; "" for any other message."""
    found = _TAG.search(text)
    return found[1].replace("_", "-") if found else ""


def question_lines(heist: Heist, language: str, now_ms: int, *, here: bool = False) -> list[Html]:
    """The question, and how to answer it: by a reply, or `here`, in a private chat."""
    how = f"heist.how_here.{heist.kind}" if here and heist.kind is not Kind.TRIVIA else f"heist.how.{heist.kind}"
    return [
        TEXTS.say("heist.title", language, kind=TEXTS.plain(f"heist.kind.{heist.kind}", language)),
        Html(""),
        Html(f"<b>{escape(heist.asked.text.of(language))}</b>"),
        Html(""),
        TEXTS.say(how, language),
        TEXTS.say("heist.until", language, time=duration(max(1, heist.ends_ms - now_ms), language)),
    ]


def options_of(heist: Heist, language: str) -> list[tuple[str, str]]:
    """The options to tap, and the data of their buttons."""
    pairs = zip(LETTERS, heist.asked.options, strict=False)
    return [(f"{letter.upper()}. {one.of(language)}", f"{ANSWER}{heist.id}:{letter}") for letter, one in pairs]


def said_of(answered: HeistAnswered) -> tuple[str, dict[str, int]]:
    """What came of an answer: a text's key and values."""
    if answered.rank:
        return "heist.right_place", {"rank": answered.rank}
    if answered.right:
        return "heist.right", {}
    return ("heist.wrong", {"count": answered.tries_left}) if answered.tries_left else ("heist.wrong_last", {})


def question_call(heist: Heist, now_ms: int) -> dict[str, Any]:
    """The question as a group sees it, as a sendMessage."""
    lines = [*question_lines(heist, heist.language, now_ms), "", f"#heist_{heist.id.replace('-', '_')}"]
    call = text_call(heist.chat_id, "\n".join(lines))
    if heist.asked.options:
        rows = [[{"text": text, "callback_data": data}] for text, data in options_of(heist, heist.language)]
        return call | {"reply_markup": {"inline_keyboard": rows}}
    placeholder = TEXTS.plain("heist.type", heist.language)
    return call | {"reply_markup": {"force_reply": True, "input_field_placeholder": placeholder}}


def place_call(heist: Heist, player_id: str, rank: int) -> dict[str, Any]:
    """Who has a place, as a sendMessage."""
    place = MEDALS.get(rank, f"{rank}.")
    return text_call(heist.chat_id, TEXTS.say("heist.place", heist.language, place=place, name=mention(player_id)))


def result_call(heist: Heist, result: Result) -> dict[str, Any]:
    """What came of a group's heist, as a sendMessage."""
    language = heist.language
    lines: list[str] = [TEXTS.say("heist.result", language, answer=heist.asked.answer.of(language)), ""]
    if not result.players:
        lines.append(TEXTS.say("heist.nobody", language))
    elif not pool(heist.prize, result.players):
        lines.append(TEXTS.say("heist.too_few", language, count=heist.prize.least))
    else:
        lines += [_place_line(one.rank, one.player, one.coins, language) for one in result.winners]
        lines.append(TEXTS.say("heist.pool", language, pool=number(result.pool, language), count=result.players))
    call = text_call(heist.chat_id, "\n".join(lines))
    if not result.pool:
        return call
    claim = {"text": TEXTS.plain("b.heist_claim", language), "callback_data": f"{CLAIM}{heist.id}"}
    return call | {"reply_markup": {"inline_keyboard": [[claim]]}}


def _place_line(rank: int, player_id: str, coins: int, language: str) -> str:
    shown = TEXTS.say("heist.coins", language, count=coins)
    return f"{MEDALS.get(rank, f'{rank}.')} {mention(player_id)} · {shown}"
