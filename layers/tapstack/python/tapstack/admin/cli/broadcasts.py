"""Messages to many players."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import click

from tapstack.admin.cli.game import Desk
from tapstack.admin.cli.output import iso, progress, say, sure, table
from tapstack.broadcasts import audience as audiences
from tapstack.broadcasts import broadcasts as work
from tapstack.broadcasts.rules import DAY_S, PLAYERS_MAX, Audience, Broadcast, Outcome, State
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


@click.group()
def broadcast() -> None:
    """Write to many players at once, to each at most once."""


@broadcast.command()
@click.option("--text-en", required=True, help="The text in English, and for whom there is no other; @FILE reads it.")
@click.option("--text-ru", default="", help="The text in Russian, likewise.")
@click.option("--plain", is_flag=True, help="The texts are no HTML.")
@click.option("--audience", "wanted", required=True, metavar="WHOM",
              help="all, active-since=DAYS, language=xx, or players=PLAYER,PLAYER...")  # fmt: skip
@click.option("--pace", default=PACE, show_default=True, type=click.IntRange(1, MAX_PACE), help="Messages a second.")
@click.option("--dry-run", is_flag=True, help="Say who would get it, and send nothing.")
@click.option(
    "--to-me",
    type=click.IntRange(1, MAX_TELEGRAM_ID),
    metavar="TELEGRAM_ID",
    help="A dry run that sends the texts to this chat alone.",
)
@click.pass_obj
def start(
    desk: Desk, text_en: str, text_ru: str, plain: bool, wanted: str, pace: int, dry_run: bool, to_me: int | None
) -> None:
    """Send a message, in Telegram's HTML, to those who have the bot and let it notify them.

    Stays until all are through. Ctrl-C stops it, and so does `broadcast stop`; `broadcast resume` goes on.
    """
    texts = {language: _text(given, plain) for language, given in (("en", text_en), ("ru", text_ru)) if given}
    audience = _audience(desk, wanted)
    with progress(desk, "count") as move:
        survey = audiences.survey(desk.game, audience, move)
    people, skipped = survey.by_language.total(), dict(survey.skipped)
    if dry_run or to_me is not None:
        if to_me is not None:
            work.preview(desk.game, texts, to_me)
        found = {"recipients": people, "by_language": dict(survey.by_language), "skipped": skipped, "texts": texts}
        say(desk, found, _shown(found))
        return
    sure(desk, f"{_shown(texts)}\nSend this to {people:,} people ({audience}), {max(1, people // pace):,} s or more?")
    _drive(desk, work.start(desk.game, texts=texts, audience=audience, pace=pace, operator=desk.operator), people)


@broadcast.command()
@click.argument("broadcast_id", callback=_known)
@click.pass_obj
def resume(desk: Desk, broadcast_id: str) -> None:
    """Go on with a broadcast that was stopped, or whose process has died."""
    _drive(desk, work.resume(desk.game, broadcast_id), None)


@broadcast.command()
@click.argument("broadcast_id", callback=_known)
@click.pass_obj
def stop(desk: Desk, broadcast_id: str) -> None:
    """Stop a broadcast, within a second or so."""
    if not desk.game.broadcasts.stop(broadcast_id):
        raise Conflict("this broadcast does not run", code="not_running")
    _report(desk, desk.game.broadcasts.get(broadcast_id))


@broadcast.command("list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List the broadcasts of the last 90 days, the latest first."""
    rows = []
    for found in desk.game.broadcasts.all():
        row = _facts(desk, found)
        rows.append({name: row[name] for name in ("id", "state", "audience", "operator", "started_at", "ended_at")})
    table(desk, rows)


@broadcast.command()
@click.argument("broadcast_id", callback=_known)
@click.pass_obj
def show(desk: Desk, broadcast_id: str) -> None:
    """Show a broadcast: its texts, how far it is, and what came of it."""
    _report(desk, desk.game.broadcasts.get(broadcast_id))


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


def _audience(desk: Desk, wanted: str) -> Audience:
    kind, _, value = wanted.partition("=")
    if kind == "all" and not value:
        return Audience()
    if kind == "active-since" and re.fullmatch("[0-9]{1,5}", value) and int(value) <= MAX_AUDIENCE_DAYS:
        return Audience("active", since_ms=desk.game.clock() - int(value) * DAY_S * 1_000)
    if kind == "language" and value:
        return Audience("language", language=value.lower())
    names = [name.strip() for name in value.split(",") if name.strip()]
    if kind == "players" and 0 < len(names) <= PLAYERS_MAX:
        ids = dict.fromkeys(find_one(desk.game, name).id for name in names)
        return Audience("players", players=tuple(ids))
    raise BadRequest(f"no such audience: {wanted!r}", code="validation_failed", field="audience")


def _drive(desk: Desk, driven: Broadcast, people: int | None) -> None:
    click.echo(f"broadcast {driven.id}", err=True)
    try:
        with progress(desk, "send", people) as move:
            driven = work.drive(desk.game, driven, seen=move)
    except KeyboardInterrupt:
        desk.game.broadcasts.stop(driven.id)
        driven = desk.game.broadcasts.get(driven.id)
    _report(desk, driven)


def _facts(desk: Desk, found: Broadcast) -> dict[str, Any]:
    interrupted = found.interrupted(desk.game.clock())
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


def _report(desk: Desk, found: Broadcast) -> None:
    outcomes, reasons = desk.game.broadcasts.outcomes(found.id)
    skipped = {what: n for what, n in found.tally.items() if what not in ("send", "outside")}
    facts = _facts(desk, found) | {str(outcome): outcomes[outcome] for outcome in Outcome}
    facts |= {"skipped": skipped, "reasons": dict(reasons)}
    say(desk, facts, _shown(facts))
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
