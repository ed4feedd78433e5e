"""Messages to many players."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import click

from tapstack.broadcasts import audience as audiences
from tapstack.broadcasts import driving
from tapstack.broadcasts.model import DAY_S, PLAYERS_MAX, Audience, Broadcast, Outcome, State
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, iso, progress, say, table
from tapstack.cli.retries import patient
from tapstack.platform.bounds import MAX_AUDIENCE_DAYS, MAX_PACE, MAX_TELEGRAM_ID
from tapstack.platform.errors import BadRequest, Conflict, NotFound
from tapstack.players.search import find_one
from tapstack.telegram.markup import check_html

PACE = 15


def _known(_: click.Context, __: click.Parameter, broadcast_id: str) -> str:
    """What `broadcast list` shows: a date, a time and four digits. DynamoDB takes no key of any length."""
    if not re.fullmatch(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}", broadcast_id):
        raise NotFound("there is no such broadcast", code="broadcast_unknown")
    return broadcast_id


AUDIENCES = "all, active-since=DAYS, language=xx, and players=PLAYER,PLAYER..."


@click.group()
def broadcast() -> None:
    """Write to many players at once, to each at most once."""


@broadcast.command()
@click.option("--text-en", required=True, help="The English text, also for languages without one; @FILE reads it.")
@click.option("--text-ru", default="", help="The Russian text.")
@click.option("--plain", is_flag=True, help="The texts are plain, not HTML.")
@click.option("--audience", "wanted", required=True, metavar="WHOM",
              help=AUDIENCES)  # fmt: skip
@click.option("--pace", default=PACE, show_default=True, type=click.IntRange(1, MAX_PACE), help="Messages a second.")
@click.option("--dry-run", is_flag=True, help="Count who would get it, and send nothing.")
@click.option(
    "--to-me",
    type=click.IntRange(1, MAX_TELEGRAM_ID),
    metavar="TELEGRAM_ID",
    help="A dry run that sends the texts to this chat alone.",
)
@click.pass_obj
def start(
    run: Invocation, text_en: str, text_ru: str, plain: bool, wanted: str, pace: int, dry_run: bool, to_me: int | None
) -> None:
    """Send a message, in Telegram's HTML, to everybody who has the bot and has not muted it.

    Runs until everybody is reached. Ctrl-C stops it, and so does `broadcast stop`; `broadcast resume` goes on.
    """
    texts = {language: _text(given, plain) for language, given in (("en", text_en), ("ru", text_ru)) if given}
    audience = _audience(run, wanted)
    with progress(run, "count") as advance:
        survey = audiences.survey(run.game, audience, advance)
    people, skipped = survey.by_language.total(), dict(survey.skipped)
    if dry_run or to_me is not None:
        if to_me is not None:
            driving.preview(run.game, texts, to_me)
        found = {"recipients": people, "by_language": dict(survey.by_language), "skipped": skipped, "texts": texts}
        say(run, found, _shown(found))
        return
    confirm(run, f"{_shown(texts)}\nSend this to {people:,} people ({audience}), {max(1, people // pace):,} s or more?")
    _drive(run, driving.start(run.game, texts=texts, audience=audience, pace=pace, operator=run.operator), people)


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


def _text(given: str, plain: bool) -> str:
    """A text as HTML that Telegram will take; raises BadRequest for one that is broken."""
    if given.startswith("@"):
        try:
            given = Path(given[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{given[1:]}: {error}") from error
    text = html.escape(given, quote=False) if plain else given
    check_html(text)
    return text.strip()


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
        "texts": found.texts,
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
