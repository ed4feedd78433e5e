"""Messages to many players."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tapstack.broadcasts import audience as audiences
from tapstack.broadcasts import driving
from tapstack.broadcasts.composing import IN_A_ROW, LEADS_TO, compose
from tapstack.broadcasts.model import DAY_S, PLAYERS_MAX, Audience, Broadcast, Button, Content, Outcome, State
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, iso, progress, say, table
from tapstack.cli.retries import patient
from tapstack.platform.bounds import MAX_AUDIENCE_DAYS, MAX_PACE, MAX_TELEGRAM_ID
from tapstack.platform.errors import BadRequest, Conflict, NotFound
from tapstack.players.search import find_one
from tapstack.telegram.links import known_bot_name
from tapstack.telegram.texts import DEFAULT, LANGUAGES, TEXTS

PACE = 15
BUTTON = f"TEXT{LEADS_TO}TARGET{IN_A_ROW}..."
TARGETS = "web_app:URL, startapp:PARAMETER (the Mini App) or start:PARAMETER (the chat)"

Command = Callable[..., Any]


def _known(_: click.Context, __: click.Parameter, broadcast_id: str) -> str:
    """What `broadcast list` shows: a date, a time and four digits. DynamoDB takes no key of any length."""
    if not re.fullmatch(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}", broadcast_id):
        raise NotFound("there is no such broadcast", code="broadcast_unknown")
    return broadcast_id


AUDIENCES = "all, active-since=DAYS, language=xx, and players=PLAYER,PLAYER..."


@click.group()
def broadcast() -> None:
    """Write to many players at once, to each at most once."""


def _by_language(command: Command) -> Command:
    """The options that there are for each language of the bot."""
    for language in reversed(LANGUAGES):
        own = TEXTS.plain("language", language)
        rest = ", also for languages without one; @FILE reads it" if language == DEFAULT else ""
        buttons = f"A row of buttons ({own}): '{BUTTON}'; TARGET is a URL, {TARGETS}. May be repeated."
        command = click.option(f"--button-{language}", multiple=True, metavar="ROW", help=buttons)(command)
        text = f"The text ({own}){rest}."
        command = click.option(f"--text-{language}", required=language == DEFAULT, default="", help=text)(command)
    return command


@broadcast.command()
@_by_language
@click.option("--photo", default="", metavar="URL|FILE_ID", help="A picture; the text, its caption, is shorter then.")
@click.option("--plain", is_flag=True, help="The texts are plain, not HTML.")
@click.option("--audience", "wanted", required=True, metavar="WHOM",
              help=AUDIENCES)  # fmt: skip
@click.option("--pace", default=PACE, show_default=True, type=click.IntRange(1, MAX_PACE), help="Messages a second.")
@click.option("--dry-run", is_flag=True, help="Count who would get it, and send nothing.")
@click.option(
    "--to-me",
    type=click.IntRange(1, MAX_TELEGRAM_ID),
    metavar="TELEGRAM_ID",
    help="A dry run that sends it to this chat alone, in each language.",
)
@click.option(
    "--preview-to",
    type=click.IntRange(1, MAX_TELEGRAM_ID),
    metavar="TELEGRAM_ID",
    envvar="TAPSTACK_PREVIEW_TO",
    help="Send it to this chat first, in each language, and to nobody if Telegram refuses it.",
)
@click.option("--no-preview", is_flag=True, help="Send buttons or a picture without a preview.")
@click.pass_obj
def start(
    run: Invocation,
    /,
    photo: str,
    plain: bool,
    wanted: str,
    pace: int,
    dry_run: bool,
    to_me: int | None,
    preview_to: int | None,
    no_preview: bool,
    **by_language: Any,
) -> None:
    """Send a message, in Telegram's HTML, to everybody who has the bot and has not muted it.

    Runs until everybody is reached. Ctrl-C stops it, and so does `broadcast stop`; `broadcast resume` goes on.
    """
    content = _content(run, by_language, photo, plain)
    audience = _audience(run, wanted)
    with progress(run, "count") as advance:
        survey = audiences.survey(run.game, audience, advance)
    people, skipped = survey.by_language.total(), dict(survey.skipped)
    facts = _said(content)
    if dry_run or to_me is not None:
        found = {"recipients": people, "by_language": dict(survey.by_language), "skipped": skipped, **facts}
        say(run, found, _shown(found))
        if to_me is not None:
            _preview(run, content, to_me)
        return
    if preview_to is not None:
        _preview(run, content, preview_to)
    elif content.is_rich and not no_preview:
        raise BadRequest(
            "look at buttons and a picture first: --preview-to YOUR_TELEGRAM_ID, or --no-preview",
            code="validation_failed",
            field="preview_to",
        )
    question = f"Send this to {people:,} people ({audience}), {max(1, people // pace):,} s or more?"
    confirm(run, f"{_shown(facts)}\n{_without_own_text(content, survey)}{question}")
    _drive(run, driving.start(run.game, content, audience=audience, pace=pace, operator=run.operator), people)


@broadcast.command()
@click.argument("broadcast_id", callback=_known)
@click.pass_obj
def resume(run: Invocation, broadcast_id: str) -> None:
    """Resume a broadcast that was stopped, or whose process has died."""
    _drive(run, driving.resume(run.game, broadcast_id), None)


@broadcast.command()
@click.argument("broadcast_id", callback=_known)
@click.pass_obj
def stop(run: Invocation, broadcast_id: str) -> None:
    """Stop a broadcast, within a second or so."""
    if not run.game.broadcasts.stop(broadcast_id):
        raise Conflict("this broadcast does not run", code="not_running")
    _report(run, run.game.broadcasts.get(broadcast_id))


@broadcast.command("list")
@click.pass_obj
def list_(run: Invocation) -> None:
    """List the broadcasts of the last 90 days, the latest first."""
    rows = []
    for found in run.game.broadcasts.all():
        row = _facts(run, found)
        rows.append({name: row[name] for name in ("id", "state", "audience", "operator", "started_at", "ended_at")})
    table(run, rows)


@broadcast.command()
@click.argument("broadcast_id", callback=_known)
@click.pass_obj
def show(run: Invocation, broadcast_id: str) -> None:
    """Show a broadcast: its texts, progress and outcomes."""
    _report(run, run.game.broadcasts.get(broadcast_id))


def _content(run: Invocation, by_language: dict[str, Any], photo: str, plain: bool) -> Content:
    """What is to be sent; raises BadRequest for what Telegram would refuse."""
    texts = {i: _text(by_language[f"text_{i}"], plain) for i in LANGUAGES if by_language[f"text_{i}"]}
    rows = {i: by_language[f"button_{i}"] for i in LANGUAGES}
    linked = any(f"{LEADS_TO}start" in row for given in rows.values() for row in given)
    return compose(texts, rows, photo, known_bot_name(run.game) if linked else None)


def _preview(run: Invocation, content: Content, chat_id: int) -> None:
    """Sends it to one chat; raises Conflict (`preview_failed`) where Telegram has not taken all of it."""
    outcomes = driving.preview(run.game, content, chat_id, operator=run.operator)
    for language, (outcome, reason) in outcomes.items():
        click.echo(f"preview in {language}: {outcome}{f', {reason}' if reason else ''}", err=True)
    if any(outcome is not Outcome.SENT for outcome, _ in outcomes.values()):
        raise Conflict("not every preview has arrived: nothing is sent to anybody", code="preview_failed")


def _without_own_text(content: Content, survey: audiences.Survey) -> str:
    """Warns of people who read a language of the bot and get the text of another one."""
    others = {i: n for i, n in survey.by_language.items() if i in LANGUAGES and i not in content.texts}
    return "".join(f"{n:,} people who read {i} get the {DEFAULT} text.\n" for i, n in others.items())


def _said(content: Content | Broadcast) -> dict[str, Any]:
    """What is sent, for people and programs to read."""
    facts: dict[str, Any] = {"texts": content.texts}
    if content.buttons:
        facts["buttons"] = {i: [_row(row) for row in rows] for i, rows in content.buttons.items()}
    return facts | ({"photo": content.photo} if content.photo else {})


def _row(row: tuple[Button, ...]) -> str:
    return IN_A_ROW.join(f"{b.text}{LEADS_TO}{f'web_app:{b.web_app}' if b.web_app else b.url}" for b in row)


def _text(given: str, plain: bool) -> str:
    """A text as HTML."""
    if given.startswith("@"):
        try:
            given = Path(given[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{given[1:]}: {error}") from error
    return (html.escape(given, quote=False) if plain else given).strip()


def _audience(run: Invocation, wanted: str) -> Audience:
    kind, _, value = wanted.partition("=")
    if kind == "all" and not value:
        return Audience()
    if kind == "active-since" and re.fullmatch("[0-9]{1,5}", value) and int(value) <= MAX_AUDIENCE_DAYS:
        return Audience("active", since_ms=run.game.clock() - int(value) * DAY_S * 1_000)
    if kind == "language" and value:
        return Audience("language", language=value.lower())
    names = [name.strip() for name in value.split(",") if name.strip()]
    if kind == "players" and 0 < len(names) <= PLAYERS_MAX:
        ids = dict.fromkeys(find_one(run.game, name).id for name in names)
        return Audience("players", players=tuple(ids))
    raise BadRequest(f"no such audience: {wanted!r}; there are {AUDIENCES}", code="validation_failed", field="audience")


def _drive(run: Invocation, driven: Broadcast, people: int | None) -> None:
    click.echo(f"broadcast {driven.id}", err=True)
    try:
        with progress(run, "send", people) as advance:
            driven = driving.drive(run.game, driven, seen=advance, retry=patient())
    except KeyboardInterrupt:
        run.game.broadcasts.stop(driven.id)
        driven = run.game.broadcasts.get(driven.id)
    _report(run, driven)


def _facts(run: Invocation, found: Broadcast) -> dict[str, Any]:
    interrupted = found.interrupted(run.game.clock())
    return {
        "id": found.id,
        "state": "interrupted" if interrupted else str(found.state),
        "audience": str(found.audience),
        "pace": found.pace,
        "operator": found.operator,
        "started_at": iso(found.started_at_ms / 1_000),
        "ended_at": iso(found.ended_at_ms / 1_000) if found.ended_at_ms else None,
        **_said(found),
    }


def _report(run: Invocation, found: Broadcast) -> None:
    outcomes, reasons = run.game.broadcasts.outcomes(found.id)
    skipped = {what: n for what, n in found.tally.items() if what not in ("send", "outside")}
    facts = _facts(run, found) | {str(outcome): outcomes[outcome] for outcome in Outcome}
    facts |= {"skipped": skipped, "reasons": dict(reasons)}
    say(run, facts, _shown(facts))
    if found.state is not State.FINISHED:
        click.echo(f"to go on: tapstack broadcast resume {found.id}", err=True)


def _shown(facts: dict[str, Any]) -> str:
    lines = []
    for name, value in facts.items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {inner}: {n}" for inner, n in value.items())] if value else []
        else:
            lines.append(f"{name}: {value}")
    return "\n".join(lines)


COMMANDS = (broadcast,)
