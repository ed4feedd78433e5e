"""What operators do to factions: give them another name, and end them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.factions import rules
from tapstack.factions.changing import known, recount, tell, write
from tapstack.factions.leases import KEEP
from tapstack.factions.model import Role
from tapstack.factions.reading import WEEKS
from tapstack.live.chatting import blocked_words
from tapstack.live.events import Changed
from tapstack.platform.errors import Conflict
from tapstack.platform.leases import every, held

if TYPE_CHECKING:
    from tapstack.economy.model import SharedChange
    from tapstack.factions.model import Faction, Stored
    from tapstack.factions.ports import Factions, RenamePorts

LEASE_MS = 10_000
BETWEEN_TRIES_S, TRIES = 0.5, 120
"""Longer than a count may take."""


def find(factions: Factions, text: str) -> Stored:
    """A faction by its id, or by its name however that is spelt; raises NotFound (`faction_unknown`)."""
    return factions.get(text) or known(factions, factions.named(text) or text)


def leader_of(faction: Faction) -> str:
    """Whom the audit log names for what becomes of a faction."""
    return next(one for one, member in faction.members.items() if member.role is Role.LEADER)


def rename(ports: RenamePorts, faction_id: str, name: str) -> str:
    """Gives a faction another name, on the map of the last weeks, too; returns it as it is shown.

    Raises NotFound (`faction_unknown`), BadRequest for a name that breaks the rules, Conflict (`name_taken`),
    StoreUnavailable.
    """
    name = rules.name_of(name, blocked_words())

    def decide() -> list[SharedChange] | None:
        stored = known(ports.factions, faction_id)
        if stored.faction.name == name:
            return None
        if ports.factions.named(name) not in (None, faction_id):
            raise Conflict("this name is taken", code="name_taken")
        return ports.factions.renamed(stored, name, WEEKS)

    with held(ports.leases, KEEP, LEASE_MS, every(BETWEEN_TRIES_S, TRIES), "factions are being counted"):
        write(ports, decide)
        ports.live_factions.forget_closing()  # it reads factions by their names
    recount(ports, faction_id)
    tell(ports, faction_id, Changed(what="factions"))
    return name
