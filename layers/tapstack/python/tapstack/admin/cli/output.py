"""How the command line answers: tables for people, JSON for programs, and questions before harm is done."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from tapstack.players.model import Player

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapstack.admin.cli.game import Desk

_SHOWN = ("id", "username", "display_name", "telegram_id", "standing")


def iso(at_s: float) -> str:
    """A time in UTC."""
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="seconds")


def say(desk: Desk, value: Any, text: str) -> None:
    """Answers with a value as JSON, or with a text."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if desk.as_json else text)


def table(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> None:
    """Answers with rows, in columns as wide as they need to be."""
    if desk.as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, default=str))
        return
    if not rows:
        click.echo("nothing")
        return
    names = list(rows[0])
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(names))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)


def player_row(player: Player) -> dict[str, Any]:
    """A player in a list."""
    row = asdict(player)
    return {name: str(row[name]) if name in ("telegram_id", "standing") else row[name] for name in _SHOWN}


def sure(desk: Desk, question: str) -> None:
    """Asks before harm is done; ends the command unless the answer, or --yes, is yes."""
    if not desk.yes:
        click.confirm(question, abort=True, err=True)


@contextmanager
def progress(desk: Desk, what: str, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, for people who watch; yields what moves it on."""
    if desk.as_json or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length or 0, label=what, file=sys.stderr, show_pos=True) as bar:
        moved = 0

        def move(by: int) -> None:
            nonlocal moved
            moved += by
            if length is None:
                bar.length = max(bar.length or 0, moved + 1)
            bar.update(by)

        yield move
