"""The command that plays the economy with simulated players."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import click

from tapstack.cli.catalogue import SHIPPED, read
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import progress, say
from tapstack.economy.catalogue import compiling
from tapstack.economy.simulation import plot as plots
from tapstack.economy.simulation.report import Report, markdown, report
from tapstack.economy.simulation.run import run as play

PAGE = """# The economy, simulated

{players:,} players for {days} days (seed {seed}) with the catalogue `{version}`, each command decided by the code that
decides for real players (`economy/deciding.py`): {commands:,} commands. `make simulation` makes this page, and fails
if a figure is beyond its limit. Who the players are is in `economy/simulation/personas.py`. Amounts are coins; wealth
is coins and what goods would sell for.

![The economy by day]({picture})

{tables}
"""


@click.command()
@click.option("--players", default=1_000_000, show_default=True, type=click.IntRange(1, 10_000_000))
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 365))
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same figures.")
@click.option("--catalogue", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=SHIPPED,
              help="The folder of the catalogue to play with; the game's own if not given.")  # fmt: skip
@click.option("--processes", default=0, type=click.IntRange(0, 256), help="How many at once; one for each core if 0.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw a picture (PNG) into this file.")
@click.option("--page", type=click.Path(path_type=Path, dir_okay=False), help="Write the tables into this file, too.")
@click.pass_obj
def sim(
    run: Invocation,
    players: int,
    days: int,
    seed: int,
    folder: Path,
    processes: int,
    plot: Path | None,
    page: Path | None,
) -> None:
    """Play the economy with simulated players; exits with 1 if a figure is beyond its limit."""
    catalogue = compiling.compiled(read(folder))[0]
    started = time.monotonic()
    with progress(run, "players", players) as advance:
        totals = play(catalogue, players, days, seed, processes=processes, advance=advance)
    found, took = report(totals, catalogue), time.monotonic() - started
    if plot:
        plots.draw(totals, catalogue, plot)
    say(run, facts(found), markdown(found))
    if page:
        text = PAGE.format(players=players, days=days, seed=seed, version=catalogue.version, commands=totals.commands,
                           picture=plot.name if plot else "", tables=markdown(found))  # fmt: skip
        page.write_text(text, encoding="utf-8")
    used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    click.echo(f"{totals.commands:,} commands in {took:,.0f} s ({used:,.0f} s of processor time)", err=True)
    raise SystemExit(0 if found.passed else 1)


def facts(found: Report) -> dict[str, object]:
    """The report for programs."""
    return {"passed": found.passed, "verdicts": [one._asdict() for one in found.verdicts], "tables": found.tables}


COMMANDS = (sim,)
