"""The heists of the whole game in a private chat: what runs, answered here, what comes next, and the own shares."""

from __future__ import annotations

import re

from tapstack.economy.rules.ops import made_for
from tapstack.heists import answering, claiming
from tapstack.heists.answers import HeistsView, PastHeist
from tapstack.heists.chat import question_lines, said_of
from tapstack.heists.operations import MOMENT
from tapstack.heists.ports import ScenePorts
from tapstack.heists.reading import HeistReader
from tapstack.heists.rules import LETTERS, MAX_ANSWER, is_id
from tapstack.heists.texts import TEXTS
from tapstack.platform.errors import GameError, Retryable
from tapstack.players.model import Player
from tapstack.telegram.context import Context, Rows, button
from tapstack.telegram.durations import duration
from tapstack.telegram.scene import Scene

reader = HeistReader()
scene: Scene[Player, ScenePorts] = Scene("heist", TEXTS, commands=("heist",))

_REFUSALS = {
    "heist_over": "heist.over",
    "heist_answered": "heist.answered",
    "no_tries_left": "heist.answered",
    "heist_barred": "heist.barred",
    "no_share": "heist.no_share",
}


@scene.opens
def show(context: Context[Player, ScenePorts]) -> None:
    _show(context, [])


def _show(context: Context[Player, ScenePorts], said: list[str]) -> None:
    view = reader.heists(context.ports, context.player.id)
    lines, rows = _running(context, view)
    for coming in view.next[:1]:
        wait = duration(max(1, coming.starts_at_ms - view.now_ms), context.language)
        kind = context.plain(f"heist.kind.{coming.kind}")
        lines += ["", context.say("heist.next", kind=kind, time=wait, coins=coming.prize.most)]
    for past in view.past[:1]:
        lines += ["", *_past(context, past)]
    rows += _claims(context, view)
    if view.cursor:
        rows.append([context.button("b.heist_older", f"heist:older:{view.cursor}")])
    rows.append([context.button("heist.refresh", "heist:open"), *context.home_row()])
    context.show("\n".join([*said, *lines]), rows)


@scene.on("older")
def older(context: Context[Player, ScenePorts]) -> None:
    """The next older shares that the player can still claim, however far back they are."""
    cursor: str | None = context.argument if re.fullmatch(MOMENT, context.argument) else None
    rows: Rows = []
    while cursor and not rows:
        view = reader.heists(context.ports, context.player.id, cursor)
        rows, cursor = _claims(context, view), view.cursor
    said = context.say("heist.older" if rows else "heist.none_older")
    if cursor:
        rows.append([context.button("b.heist_older", f"heist:older:{cursor}")])
    context.show(said, [*rows, [context.button("heist.refresh", "heist:open"), *context.home_row()]])


def _claims(context: Context[Player, ScenePorts], view: HeistsView) -> Rows:
    """A button for each share that the player can claim."""
    return [
        [
            context.button(
                "b.heist_take", f"heist:take:{one.id}", kind=context.plain(f"heist.kind.{one.kind}"), count=one.share
            )
        ]
        for one in view.past
        if one.share and not one.claimed
    ]


def _running(context: Context[Player, ScenePorts], view: HeistsView) -> tuple[list[str], Rows]:
    running = view.running
    stored = context.ports.heists.get(running.id) if running else None
    if running is None or stored is None:
        return [context.say("heist.none")], []
    lines: list[str] = list(question_lines(stored.heist, context.language, view.now_ms, here=True))
    if not running.own.tries_left:
        return [*lines, "", context.say("heist.answered")], []
    if not running.question.options:
        context.wait_for("heist", "answering")
    own = context.language
    options = zip(LETTERS, running.question.options, strict=False)
    return lines, [
        [button(f"{letter.upper()}. {one.text[own]}", f"heist:say:{running.id}.{letter}")] for letter, one in options
    ]


def _past(context: Context[Player, ScenePorts], past: PastHeist) -> list[str]:
    kind = context.plain(f"heist.kind.{past.kind}")
    lines: list[str] = [context.say("heist.last", kind=kind, answer=past.answer[context.language])]
    if past.share:
        lines.append(context.say("heist.share", count=past.share))
    return lines


@scene.on("say")
def chosen(context: Context[Player, ScenePorts]) -> None:
    heist_id, _, letter = context.argument.rpartition(".")
    _answer(context, heist_id, letter)


@scene.on_text("answering")
def written(context: Context[Player, ScenePorts]) -> None:
    running = reader.heists(context.ports, context.player.id).running
    context.end_conversation()
    _answer(context, running.id if running else "", context.update.text[:MAX_ANSWER])


def _answer(context: Context[Player, ScenePorts], heist_id: str, text: str) -> None:
    """Takes an answer by an op that is the same whenever Telegram sends the update."""
    stored = context.ports.heists.get(heist_id) if is_id(heist_id) else None
    if stored is None or stored.heist.chat_id:
        return _show(context, [context.say("heist.over"), ""])
    op = made_for(stored.heist.starts_ms, f"heist {heist_id} {context.update.id}")
    try:
        key, values = said_of(answering.answer(context.ports, context.player.id, heist_id, op, text))
        said = context.say(key, **values)
    except GameError as error:
        if isinstance(error, Retryable) and error.code != "too_soon":
            raise
        said = context.say(_REFUSALS.get(error.code, "heist.wait"))
    return _show(context, [said, ""])


@scene.on("take")
def take(context: Context[Player, ScenePorts]) -> None:
    if not is_id(context.argument):
        return _show(context, [])
    try:
        paid = claiming.claim(context.ports, context.player.id, context.argument)
    except Retryable:
        raise
    except GameError as error:
        return _show(context, [context.say(_REFUSALS.get(error.code, "heist.over")), ""])
    return _show(context, [context.say("heist.claimed", count=paid.coins), ""])
