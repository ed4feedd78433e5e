"""Commands for the game as a whole."""

from __future__ import annotations

import click

from tapstack.admin.metrics import measure
from tapstack.admin.seeding import seed as make_players
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, iso, progress, say, table
from tapstack.platform.bounds import MAX_TELEGRAM_ID


@click.command()
@click.option("--history", type=click.IntRange(1, 1_440), help="The last so many minutes, as stored.")
@click.pass_obj
def metrics(run: Invocation, history: int | None) -> None:
    """Show the game's metrics, now or minute by minute."""
    if history is None:
        figures = measure(run.game)
        say(run, figures, "\n".join(f"{name:20} {value:>16,}" for name, value in figures.items()))
        return
    rows = run.game.metrics.latest(run.game.clock() // 1_000, limit=history)
    names = sorted({name for _, figures in rows for name in figures})
    table(run, [{"at": iso(at_s), **{n: figures.get(n) for n in names}} for at_s, figures in rows])


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("chat_id", type=click.IntRange(-MAX_TELEGRAM_ID, MAX_TELEGRAM_ID))
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--cursor", default=None, help="Where the previous page ended.")
@click.pass_obj
def messages(run: Invocation, chat_id: int, limit: int, cursor: str | None) -> None:
    """Page through the messages of a chat, the latest first."""
    page = run.game.messages.page(chat_id, limit=limit, cursor=cursor)
    rows = [{"at": iso(m.at_ms / 1_000), "direction": m.direction, "text": m.text} for m in page.items]
    table(run, rows)
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)


@click.command()
@click.argument("count", type=click.IntRange(1, 10_000_000))
@click.pass_obj
def seed(run: Invocation, count: int) -> None:
    """Make COUNT test players, on the boards like any other."""
    confirm(run, f"Make {count:,} test players in this game?")
    with progress(run, "seed", count) as advance:
        made = make_players(run.game, count, advance)
    say(run, {"made": made}, f"{made:,} test players made")


COMMANDS = (metrics, messages, seed)
