"""Commands for the boards."""

from __future__ import annotations

import click

from tapstack.admin import repair as repairs
from tapstack.admin import verification
from tapstack.admin.cli.game import Desk
from tapstack.admin.cli.output import progress, say, sure, table
from tapstack.leaderboards import all_time, archive
from tapstack.leaderboards import periods as period_boards
from tapstack.leaderboards.model import Board
from tapstack.platform.calendar import Period

_PERIODS = click.Choice(["all", *(p.value for p in Period)])
LISTED = 1_000


@click.command()
@click.option("--period", type=_PERIODS, default="all", show_default=True)
@click.option("--name", default="", help="A period that is over: 2026-11-21, 2026-W47 or 2026-11.")
@click.pass_obj
def board(desk: Desk, period: str, name: str) -> None:
    """Show a leaderboard: of all time, of the period at hand, or of one that is over."""
    game = desk.game
    found: Board
    if period == "all":
        found = all_time.current(game)
    elif name:
        found = archive.read(game, Period(period), name)
    else:
        found = period_boards.current(game, Period(period))
    rows = [{"rank": e.rank, "id": e.id, "username": e.username, "clicks": e.clicks} for e in found.entries]
    table(desk, rows)
    click.echo(f"{found.total_players:,} players, {found.active_players:,} active", err=True)


@click.command()
@click.option("--period", type=click.Choice([p.value for p in Period]), default="day", show_default=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.pass_obj
def closed(desk: Desk, period: str, limit: int) -> None:
    """List the days, weeks or months that are over."""
    rows = archive.history(desk.game, Period(period), limit=limit).entries
    table(
        desk,
        [
            {
                "name": row.name,
                "players": row.players,
                "best": row.best and (row.best.username or row.best.id),
                "clicks": row.best and row.best.clicks,
            }
            for row in rows
        ],
    )


@click.command()
@click.pass_obj
def fame(desk: Desk) -> None:
    """Show the hall of fame: the best days, weeks and months."""
    found = archive.hall_of_fame(desk.game)
    rows = [
        {"of": kind, "rank": r.rank, "id": r.id, "username": r.username, "clicks": r.clicks, "name": r.name}
        for kind, records in (("day", found.day), ("week", found.week), ("month", found.month))
        for r in records
    ]
    table(desk, rows)


@click.command()
@click.pass_obj
def rebuild(desk: Desk) -> None:
    """Put every entry of the boards right, from what players have live, or else saved."""
    sure(desk, "Read every player and correct the boards?")
    with progress(desk, "rebuild") as move:
        changed = repairs.repair_boards(desk.game, move)
    say(desk, {"corrected": changed}, f"{changed:,} entries corrected")


@click.command()
@click.pass_obj
def verify(desk: Desk) -> None:
    """Compare Redis with DynamoDB, and name the differences; exits with 1 where there are some."""
    found = []
    count = 0
    with progress(desk, "verify") as move:
        for row in verification.differences(desk.game, move):
            count += 1
            if count <= LISTED:
                found.append({"id": row.player_id, "what": row.what, "redis": row.redis, "dynamodb": row.dynamodb})
    if found or desk.as_json:
        table(desk, found)
    click.echo(f"{count:,} differences", err=True)
    raise SystemExit(1 if count else 0)


COMMANDS = (board, closed, fame, rebuild, verify)
