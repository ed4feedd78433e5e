"""Commands for what people say in rooms: reports, and who may not speak."""

from __future__ import annotations

import click

from tapstack.audit.recording import record
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, say, table
from tapstack.live import reporting, rules
from tapstack.live.model import Mute
from tapstack.platform.bounds import MAX_REASON
from tapstack.platform.errors import NotFound
from tapstack.players import search

MOST_REPORTS = 10_000


def _room(_: click.Context, __: click.Parameter, room: str) -> str:
    if room and not rules.is_room(room):
        raise click.BadParameter("a room is a kind and a key, such as faction:7")
    return room


_of_room = click.option("--room", default="", callback=_room, help="Only there, such as faction:7; else everywhere.")


@click.group()
def chat() -> None:
    """See what players report of rooms, and mute who misbehaves."""


@chat.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@click.pass_obj
def reports(run: Invocation, limit: int) -> None:
    """List the reported messages that wait, the oldest first."""
    found = run.game.chat_moderation.reports(limit)
    table(
        run,
        [
            {"id": r.id, "room": r.room, "author": r.author, "text": r.text, "reason": r.reason, "by": r.reporter}
            for r in found
        ],
    )


@chat.command()
@click.argument("id")
@click.pass_obj
def dismiss(run: Invocation, id: str) -> None:
    """Drop a report and leave its message where it is."""
    _drop(run, id)
    say(run, {"id": id, "dismissed": True}, "dismissed")


@chat.command()
@click.argument("id")
@click.pass_obj
def remove(run: Invocation, id: str) -> None:
    """Take a reported message out of its room, and drop the report."""
    report = next((each for each in run.game.chat_moderation.reports(MOST_REPORTS) if each.id == id), None)
    if report is None:
        raise _unknown()
    confirm(run, f"Remove {report.text!r} from {report.room}?")
    was_there = reporting.remove_reported(run.game, report)
    _drop(run, id)
    say(run, {"id": id, "removed": was_there}, "removed" if was_there else "it was not there any more")


@chat.command()
@click.argument("player")
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1, 24 * 365))
@_of_room
@click.option("--reason", required=True, help="Why: recorded in the audit log.")
@click.pass_obj
def mute(run: Invocation, player: str, hours: int, room: str, reason: str) -> None:
    """Let a PLAYER say nothing for some hours."""
    if len(reason) > MAX_REASON:
        raise click.BadParameter(f"at most {MAX_REASON:,} characters")
    id_ = search.find_one(run.game, player).id
    until_ms = run.game.clock() + hours * 3_600_000
    record(run.game, id_, "mute", run.operator, reason, room=room, hours=hours)
    run.game.chat_moderation.mute(Mute(id_, room, until_ms, reason))
    say(
        run,
        {"player": id_, "room": room, "until_ms": until_ms},
        f"{id_} is muted {f'in {room}' if room else ''}".strip(),
    )


@chat.command()
@click.argument("player")
@_of_room
@click.pass_obj
def unmute(run: Invocation, player: str, room: str) -> None:
    """Let a PLAYER speak again."""
    id_ = search.find_one(run.game, player).id
    record(run.game, id_, "unmute", run.operator, "", room=room)
    was_muted = run.game.chat_moderation.unmute(id_, room)
    say(run, {"player": id_, "was_muted": was_muted}, "may speak again" if was_muted else "was not muted")


def _drop(run: Invocation, id_: str) -> None:
    if not run.game.chat_moderation.dismiss(id_):
        raise _unknown()


def _unknown() -> NotFound:
    return NotFound("there is no such report", code="report_unknown")


COMMANDS = (chat,)
