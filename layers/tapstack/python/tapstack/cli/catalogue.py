"""Commands for the catalogue: what the game sells and gives, as files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, iso, say, table
from tapstack.economy import publishing
from tapstack.economy.catalogue import compiling, lint
from tapstack.economy.catalogue.differences import differences
from tapstack.economy.catalogue.faults import Fault
from tapstack.economy.catalogue.model import Catalogue, Pointer

SHIPPED = Path(__file__).parents[4] / "catalogue"
"""The game's own files, where this is a checkout."""

folder = click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=SHIPPED)
_FILES = {"tier": "tiers.yaml", "tiers": "tiers.yaml", "money": "money.yaml", "currency": "money.yaml"}


@click.group()
def catalogue() -> None:
    """Check, compare and publish what the game sells and gives."""


@catalogue.command("lint")
@folder
@click.option("--before", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="The folder of the catalogue that it is to replace: ids are for ever.")  # fmt: skip
@click.pass_obj
def lint_(run: Invocation, folder: Path, before: Path | None) -> None:
    """List what is wrong with the files in FOLDER; exits with 1 if anything is."""
    new = read(folder)
    found = lint.faults(new, read(before) if before else None)
    refuse(run, folder, found)
    final, data = compiling.compiled(new)
    facts = {"version": final.version, "items": len(new.items), "bytes": len(data)}
    say(run, facts, f"{final.version}: {len(new.items)} items, {len(data):,} bytes, no faults")


def refuse(run: Invocation, folder: Path, found: list[Fault]) -> None:
    """Ends the command with the faults, each with the file that it is in; returns where there are none."""
    if not found:
        return
    of_item = compiling.files(folder)
    rows = [{"file": _file(one, of_item), "part": one.kind, "id": one.id, "fault": one.what} for one in found]
    table(run, rows)
    click.echo(f"{len(rows):,} faults", err=True)
    raise SystemExit(1)


def _file(fault: Fault, of_item: dict[str, str]) -> str:
    if fault.kind in ("item", "crate", "business", "housing"):
        return of_item.get(fault.id, "")
    return _FILES.get(fault.kind, "shops.yaml")


def read(folder: Path) -> Catalogue:
    """The catalogue in a folder; a file that can't be read ends the command."""
    try:
        return compiling.read(folder)
    except compiling.UnreadableCatalogue as error:
        raise click.ClickException(str(error)) from error


@catalogue.command()
@folder
@click.option("--against", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="The folder with the other catalogue; what counts in the game now, if not given.")  # fmt: skip
@click.pass_obj
def diff(run: Invocation, folder: Path, against: Path | None) -> None:
    """List what FOLDER changes of another catalogue: offers, prices, weights, texts."""
    before = read(against) if against else run.game.catalogues.current()
    table(run, [change._asdict() for change in differences(before, read(folder))])


@catalogue.command()
@folder
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]), help="When it is to count (UTC).")
@click.pass_obj
def push(run: Invocation, folder: Path, at: datetime | None) -> None:
    """Put FOLDER before the players, within a minute or at a time; refused while its lint finds a fault."""
    new, now = read(folder), run.game.catalogues.current()
    refuse(run, folder, lint.faults(new, now, publishing.counted(run.game)))
    if other := other_energy(run, new):
        raise click.ClickException(other)
    changes = differences(now, new)
    from_s = int(at.replace(tzinfo=UTC).timestamp()) if at else None
    confirm(run, f"Push {len(changes):,} changes (`tapstack catalogue diff` lists them)?")
    _pushed(run, publishing.push(run.game, new, from_s))


def other_energy(run: Invocation, new: Catalogue) -> str:
    """What is wrong where a catalogue says other energy than the tap script, which reads none, goes by; else empty."""
    play = run.game.settings.play
    said, paid = (new.energy.full, new.energy.every_ms), (play.energy_full, play.energy_every_ms)
    if said == paid:
        return ""
    return (
        f"energy.yaml says full {said[0]:,} and every_ms {said[1]:,}, but taps are paid by EnergyFull {paid[0]:,} and "
        f"EnergyEveryMs {paid[1]:,}: deploy these parameters first, then run this with ENERGY_FULL and ENERGY_EVERY_MS "
        "as deployed"
    )


@catalogue.command()
@click.argument("version", default="")
@click.pass_obj
def rollback(run: Invocation, version: str) -> None:
    """Have VERSION count again, or the one before the current one."""
    confirm(run, f"Go back to {version or 'the version before'}?")
    pointer = publishing.roll_back(run.game, version)
    if other := other_energy(run, run.game.catalogues.version(pointer.version)):
        click.echo(f"Warning: {other}", err=True)
    _pushed(run, pointer)


def _pushed(run: Invocation, pointer: Pointer) -> None:
    value = {"version": pointer.version, "from": iso(pointer.from_s)}
    say(run, value, f"{pointer.version} counts from {value['from']}")


COMMANDS = (catalogue,)
