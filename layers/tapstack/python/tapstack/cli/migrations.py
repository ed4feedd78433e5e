"""Commands that bring stored items to the version of this release."""

from __future__ import annotations

import click

from tapstack.admin.migrations import PER_S, SCHEMAS, SEGMENTS, Pace, migrate, verify
from tapstack.admin.model import Migrated
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import as_json, confirm, progress, say
from tapstack.cli.retries import patient
from tapstack.platform.versions import Schema


@click.command(name="migrate")
@click.argument("tables", nargs=-1, type=click.Choice(list(SCHEMAS)), metavar="[TABLE]...")
@click.option("--segments", default=SEGMENTS, show_default=True, type=click.IntRange(1, 64),
              help="Parts of a table that are scanned in parallel.")  # fmt: skip
@click.option("--per-s", default=PER_S, show_default=True, type=click.IntRange(1, 100_000),
              help="The most items a second, all segments together.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Change nothing: only say what there is to do.")
@click.option("--verify", "verify_only", is_flag=True, help="Fail if there are items of an older version.")
@click.option("--restart", is_flag=True, help="Start over instead of resuming a run that was killed.")
@click.pass_obj
def migrate_(
    run: Invocation,
    tables: tuple[str, ...],
    segments: int,
    per_s: int,
    dry_run: bool,
    verify_only: bool,
    restart: bool,
) -> None:
    """Bring the items of TABLEs (all, if none is named) to the version of this release.

    The game may go on meanwhile. Started again after it was killed, it resumes where it was.
    """
    names = tables or tuple(SCHEMAS)
    if not dry_run and not verify_only:
        confirm(run, f"Migrate {', '.join(names)} in this game?")
    wrong = False
    for name in names:
        schema = SCHEMAS[name]
        with progress(run, name) as advance:
            if verify_only:
                found = patient()(lambda: verify(run.game, schema, segments=segments, pace=Pace(per_s)))  # noqa: B023
            else:
                found = migrate(
                    run.game,
                    schema,
                    segments=segments,
                    pace=Pace(per_s),
                    dry_run=dry_run,
                    restart=restart,
                    advance=advance,
                )
        _say(run, schema, found)
        outdated = sum(count for version, count in found.versions.items() if version < schema.version)
        wrong |= bool(found.unreadable or found.contended) or (verify_only and outdated > 0)
    if wrong:
        raise click.exceptions.Exit(1)


def _say(run: Invocation, schema: Schema, found: Migrated) -> None:
    value = {
        "table": schema.table,
        "version": schema.version,
        "scanned": found.scanned,
        "found": {str(version): count for version, count in found.versions.items()},
        "changed": found.changed,
        "contended": found.contended,
        "unreadable": found.unreadable,
    }
    by_version = ", ".join(f"{count:,} of version {version}" for version, count in found.versions.items()) or "nothing"
    text = f"{schema.table}: found {by_version}; changed {found.changed:,} to version {schema.version}"
    for what, keys in (("contended", found.contended), ("unreadable", found.unreadable)):
        text += "".join(f"\n{what}: {as_json(key)}" for key in keys)
    say(run, value, text)


COMMANDS = (migrate_,)
