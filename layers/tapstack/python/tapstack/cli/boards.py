"""Commands for the boards."""

from __future__ import annotations

import click

from tapstack.admin.repair import repair_boards
from tapstack.admin.verification import differences
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, progress, say, table
from tapstack.cli.retries import patient
from tapstack.leaderboards import archive
from tapstack.leaderboards.model import SEASON, BoardMetric
from tapstack.leaderboards.reading import Reader
from tapstack.platform.calendar import Period

_PERIODS = click.Choice(["all", *(p.value for p in Period), SEASON])
_BY_METRIC = click.option(
    "--metric",
    type=click.Choice([m.value for m in BoardMetric]),
    default="taps",
    show_default=True,
    help="Ranks by this.",
)
LISTED = 1_000


@click.command()
@click.option(
    "--name",
    default="",
    help="A period that is over: 2026-11-21, 2026-W47, 2026-11 or 2026; a season by its first day.",
)
@click.option("--period", type=_PERIODS, default="all", show_default=True)
@_BY_METRIC
@click.pass_obj
def board(run: Invocation, period: str, name: str, metric: str) -> None:
    """Show a leaderboard: of all time, of the current period or season, or of one that is over."""
    found = Reader().board(run.game, period, name, BoardMetric(metric))
    rows = [
        {"rank": e.rank, "id": e.id, "username": e.username, "public_name": e.public_name, "clicks": e.clicks}
        for e in found.entries
    ]
    table(run, rows)
    click.echo(f"{found.total_players:,} players, {found.active_players:,} active", err=True)


@click.command("archive")
@click.option("--period", type=click.Choice([*(p.value for p in Period), SEASON]), default="day", show_default=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@_BY_METRIC
@click.pass_obj
def archive_(run: Invocation, period: str, limit: int, metric: str) -> None:
    """List the days, weeks, months, years or seasons that are over."""
    rows = Reader().history(run.game, period, limit, None, BoardMetric(metric)).entries
    table(
        run,
        [
            {
                "name": row.name,
                "players": row.players,
                "best": row.best and row.best.public_name,
                "clicks": row.best and row.best.clicks,
            }
            for row in rows
        ],
    )


@click.command()
@_BY_METRIC
@click.pass_obj
def fame(run: Invocation, metric: str) -> None:
    """Show the hall of fame: the best days, weeks, months and years."""
    found = archive.hall_of_fame(run.game, BoardMetric(metric))
    rows = [
        {"of": kind, "rank": r.rank, "id": r.id, "username": r.username, "public_name": r.public_name}
        | {"clicks": r.clicks, "name": r.name}
        for kind, records in (("day", found.day), ("week", found.week), ("month", found.month), ("year", found.year))
        for r in records
    ]
    table(run, rows)


@click.command()
@click.pass_obj
def repair(run: Invocation) -> None:
    """Correct every entry of the boards, from what players have live or else saved."""
    confirm(run, "Read every player and correct the boards?")
    with progress(run, "repair") as advance:
        corrected = repair_boards(run.game, advance, patient())
    say(run, {"corrected": corrected}, f"{corrected:,} entries corrected")


@click.command()
@click.pass_obj
def verify(run: Invocation) -> None:
    """Compare Redis with DynamoDB and list the differences; exits with 1 if there are any."""
    found = []
    count = 0
    with progress(run, "verify") as advance:
        for row in differences(run.game, advance, patient()):
            count += 1
            if count <= LISTED:
                found.append({"id": row.player_id, "what": row.what, "redis": row.redis, "dynamodb": row.dynamodb})
    if found or run.as_json:
        table(run, found)
    click.echo(f"{count:,} differences", err=True)
    raise SystemExit(1 if count else 0)


COMMANDS = (board, archive_, fame, repair, verify)
