"""How a faction changes: read, decide, write all of it in one transaction; whoever loses a race does it again."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.factions.access import room_of
from tapstack.factions.model import Faction, Member, Membership, Role, Stored, StoredMembership
from tapstack.live.events import Event, FactionJoined, FactionLeft, Person
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Conflict, Forbidden, NotFound, StoreUnavailable
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.economy.catalogue.model import Catalogue
    from tapstack.economy.model import SharedChange
    from tapstack.factions.ports import HidePorts, LeavePorts, ReadableFactions, RoomTextPorts
    from tapstack.players.model import Player

log = logging.getLogger(__name__)

TRIES = 8
BACKOFF_S = 0.02
OFFICERS = (Role.LEADER, Role.OFFICER)
PERIODS = (Period.DAY, Period.WEEK, Period.MONTH)

Pause = Callable[[float], None]


def write(ports: LeavePorts, decide: Callable[[], Sequence[SharedChange] | None], *, pause: Pause = time.sleep) -> None:
    """Writes what `decide` returns, None for nothing, and asks it anew where something has changed meanwhile.

    Raises StoreUnavailable where others keep changing it.
    """
    for attempt in range(TRIES):
        changes = decide()
        if changes is None or ports.factions.write(changes):
            return
        pause(BACKOFF_S * 2 ** min(attempt, 4) * random.random())  # noqa: S311
    raise StoreUnavailable("this faction keeps changing", retry_after_s=1)


def known(factions: ReadableFactions, faction_id: str) -> Stored:
    """A faction; raises NotFound (`faction_unknown`)."""
    stored = factions.get(faction_id)
    if stored is None:
        raise NotFound("there is no such faction", code="faction_unknown")
    return stored


def member_of(faction: Faction, player_id: str, *roles: Role) -> Member:
    """A member, with one of the roles where some are named; raises Forbidden (`not_member`, `role_needed`)."""
    member = faction.members.get(player_id)
    if member is None:
        raise Forbidden("you are not a member of this faction", code="not_member")
    if roles and member.role not in roles:
        raise Forbidden("your role does not allow this", code="role_needed", roles=[str(role) for role in roles])
    return member


def refuse_taken(own: StoredMembership, now_ms: int) -> None:
    """Raises Conflict (`in_faction`, `faction_cooldown`) for who can't join a faction now."""
    if own.membership.faction:
        raise Conflict("this player belongs to a faction", code="in_faction")
    if own.membership.free_at_ms > now_ms:
        raise Conflict(
            "who has left a faction waits before the next", code="faction_cooldown", until_ms=own.membership.free_at_ms
        )


def seats(catalogue: Catalogue, faction: Faction) -> int:
    """How many members a faction may have."""
    perks = [catalogue.factions.perk(perk) for perk in faction.bought]
    return catalogue.factions.level(faction.level).seats + sum(perk.seats for perk in perks if perk)


def message_length(catalogue: Catalogue, faction: Faction) -> int:
    """How many characters a message in the faction's room may have."""
    perks = [catalogue.factions.perk(perk) for perk in faction.bought]
    return catalogue.factions.level(faction.level).message + sum(perk.message for perk in perks if perk)


def longest_message(ports: RoomTextPorts, faction_id: str) -> int:
    """How many characters a message in a faction's room may have; 0 where there is none. Raises StoreUnavailable."""
    stored = ports.factions.get(faction_id)
    return message_length(ports.catalogues.current(), stored.faction) if stored else 0


def freed(own: StoredMembership, free_at_ms: int) -> tuple[StoredMembership, Membership]:
    """Belonging nowhere from now on."""
    return own, replace(own.membership, faction="", free_at_ms=free_at_ms)


def person(player: Player) -> Person:
    """A player as the others of the faction see them."""
    return Person(id=player.id, name=public_name(player.id, player.username), title=player.title)


def tell(ports: LeavePorts, faction_id: str, event: Event, about: str = "") -> None:
    """Tells the members; what is about a player is erased with them."""
    ports.live.to_room(room_of(faction_id), event, about)


def announce(
    ports: LeavePorts, faction_id: str, player: Player | None, event: type[FactionJoined | FactionLeft]
) -> None:
    """Tells the members who has come or gone; not of one whom nobody but themselves sees."""
    if player is not None and not player.hidden:
        tell(ports, faction_id, event(who=person(player)), player.id)


def show(ports: LeavePorts, players: Mapping[str, str]) -> None:
    """Says where players belong to whoever counts their taps; what Redis misses, the next count of all finds."""
    try:
        ports.live_factions.belongs(players)
    except StoreUnavailable as error:
        log.info("counted later: %s", error.message)


def recount(ports: LeavePorts, faction_id: str) -> None:
    """Has the next count show a faction as it is now; what Redis misses, the next count of all finds."""
    try:
        ports.live_factions.changed(faction_id)
    except StoreUnavailable as error:
        log.info("shown later: %s", error.message)


def ended(ports: LeavePorts, faction_id: str) -> None:
    """Takes a faction that is no more off all boards, and has the next count do so again: this one may go on now."""
    try:
        hide(ports, faction_id)
        ports.live_factions.changed(faction_id)
    except StoreUnavailable as error:
        log.info("hidden later: %s", error.message)


def hide(ports: HidePorts, faction_id: str) -> None:
    """Takes a faction that is no more off all boards; raises StoreUnavailable."""
    now_ms = ports.clock()
    boards: list[tuple[Period | None, int]] = [(period, period.number_at(now_ms)) for period in PERIODS]
    week = Period.WEEK.number_at(now_ms)
    contests = [(week, territory.id) for territory in ports.catalogues.current().territories]
    ports.live_factions.hide(faction_id, [*boards, (None, 0)], contests)
