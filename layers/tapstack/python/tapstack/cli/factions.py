"""Commands for factions."""

from __future__ import annotations

import click

from tapstack.audit.recording import record
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import confirm, say
from tapstack.cli.players import given_reason
from tapstack.factions import leaving, moderating


@click.group()
def faction() -> None:
    """Rename or dissolve a faction. A FACTION is an id, or its name."""


@faction.command()
@click.argument("faction")
@click.argument("name")
@given_reason
@click.pass_obj
def rename(run: Invocation, faction: str, name: str, reason: str) -> None:
    """Give a FACTION another NAME, on the map of the last weeks, too."""
    found = moderating.find(run.game.factions, faction).faction
    shown = moderating.rename(run.game, found.id, name)
    leader = moderating.leader_of(found)
    record(run.game, leader, "rename_faction", run.operator, reason, faction=found.id, old=found.name, new=shown)
    say(run, {"id": found.id, "name": shown}, f"{found.id} is {shown} now")


@faction.command()
@click.argument("faction")
@given_reason
@click.pass_obj
def dissolve(run: Invocation, faction: str, reason: str) -> None:
    """End a FACTION for good, with its treasury; its members are free to join others.

    The map of the last weeks keeps its name: rename it first where that is the trouble.
    """
    found = moderating.find(run.game.factions, faction).faction
    confirm(run, f"Dissolve {found.name}, with {len(found.members)} members, for good?")
    leaving.end(run.game, found.id)
    leader = moderating.leader_of(found)
    record(run.game, leader, "dissolve_faction", run.operator, reason, faction=found.id, name=found.name)
    say(run, {"id": found.id, "dissolved": True}, f"{found.id} is dissolved")


COMMANDS = (faction,)
