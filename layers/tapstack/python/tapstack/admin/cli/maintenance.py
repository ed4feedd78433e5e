"""Commands for the game as a whole."""

from __future__ import annotations

import click

from tapstack.admin import metrics as measuring
from tapstack.admin import seeding
from tapstack.admin.cli.game import Desk
from tapstack.admin.cli.output import iso, progress, say, sure, table
from tapstack.platform.bounds import MAX_TELEGRAM_ID


@click.command()
@click.option("--history", type=click.IntRange(1, 1_440), help="So many of the last minutes, as they were kept.")
@click.pass_obj
def metrics(desk: Desk, history: int | None) -> None:
    """Show how the game is doing now, or how it was."""
    if history is None:
        figures = measuring.measure(desk.game)
        say(desk, figures, "\n".join(f"{name:20} {value:>16,}" for name, value in figures.items()))
        return
    rows = desk.game.metrics.latest(desk.game.clock() // 1_000, limit=history)
    names = sorted({name for _, figures in rows for name in figures})
    table(desk, [{"at": iso(at_s), **{n: figures.get(n) for n in names}} for at_s, figures in rows])


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("chat_id", type=click.IntRange(-MAX_TELEGRAM_ID, MAX_TELEGRAM_ID))
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--cursor", default=None, help="Where the page before ended.")
@click.pass_obj
def messages(desk: Desk, chat_id: int, limit: int, cursor: str | None) -> None:
    """Page through what was said in a chat, the latest first."""
    page = desk.game.messages.page(chat_id, limit=limit, cursor=cursor)
    rows = [{"at": iso(m.at_ms / 1_000), "direction": m.direction, "text": m.text} for m in page.items]
    table(desk, rows)
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)


@click.command()
@click.argument("count", type=click.IntRange(1, 10_000_000))
@click.pass_obj
def seed(desk: Desk, count: int) -> None:
    """Make COUNT test players, on the boards like any other."""
    sure(desk, f"Make {count:,} test players in this game?")
    with progress(desk, "seed", count) as move:
        made = seeding.seed(desk.game, desk.game.tables, count, move)
    say(desk, {"made": made}, f"{made:,} test players made")


COMMANDS = (metrics, messages, seed)
