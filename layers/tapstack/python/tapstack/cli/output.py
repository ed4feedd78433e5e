"""How the command line answers: tables for people, JSON for programs, and questions before harm is done."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from tapstack.players.model import Player
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.cli.invocation import Invocation

_SHOWN = ("id", "username", "display_name", "public_name", "telegram_id", "status")
_UNBOUNDED = 1_000_000
"""Characters: no table is as wide."""


def iso(at_s: float) -> str:
    """A time in UTC."""
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="seconds")


def say(run: Invocation, value: Any, text: str) -> None:
    """Answers with a value as JSON, or with a text."""
    click.echo(as_json(value) if run.as_json else text)


def as_json(value: Any) -> str:
    """A value as one line for programs."""
    return json.dumps(value, ensure_ascii=False, default=str)


def table(run: Invocation, rows: Sequence[Mapping[str, Any]]) -> None:
    """Answers with rows, as JSON or as a table: each row one line, and no cell cut however narrow the terminal is."""
    if run.as_json:
        click.echo(as_json(list(rows)))
        return
    if not rows:
        click.echo("nothing")
        return
    from rich import box  # what answers in JSON, or in a line, need not load it
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    shown = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False, show_edge=False)
    for name in rows[0]:
        numbers = all(isinstance(row[name], int) for row in rows)
        shown.add_column(name, no_wrap=True, justify="right" if numbers else "left")
    for row in rows:
        shown.add_row(*(Text(_cell(value)) for value in row.values()))
    needed = Measurement.get(console, console.options.update(max_width=_UNBOUNDED), shown).maximum
    with console.capture() as capture:
        console.width = max(console.width, needed)
        console.print(shown, crop=False, overflow="ignore", no_wrap=True)
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def listing(facts: Mapping[str, Any]) -> str:
    """Facts, each on a line of its own."""
    width = max(map(len, facts))
    return "\n".join(f"{name:{width}}  {_cell(value) or '–'}" for name, value in facts.items())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
    return "".join(c if c.isprintable() else " " for c in text)  # players choose names, and a terminal obeys some


def player_row(player: Player) -> dict[str, Any]:
    """A player in a list."""
    row = asdict(player) | {"public_name": public_name(player.id, player.username)}
    return {name: str(row[name]) if name in ("telegram_id", "status") else row[name] for name in _SHOWN}


def confirm(run: Invocation, question: str) -> None:
    """Asks before harm is done; ends the command unless the answer, or --yes, is yes."""
    if not run.yes:
        click.confirm(question, abort=True, err=True)


@contextmanager
def progress(run: Invocation, what: str, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, where somebody watches; yields what advances it."""
    if run.as_json or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=length)
        yield lambda count: bar.advance(task, count)
