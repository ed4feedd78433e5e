"""Joining a faction: at once, by a request that an officer accepts, or by its link."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.factions import rules
from tapstack.factions.changing import OFFICERS, announce, known, member_of, refuse_taken, seats, show, write
from tapstack.factions.counting import counters
from tapstack.factions.model import Entrance, Faction, Member, Membership, Role, Stored, StoredMembership
from tapstack.live.events import FactionJoined
from tapstack.platform.errors import Conflict, Forbidden
from tapstack.players.accounts import refuse_banned
from tapstack.players.model import ModerationStatus

if TYPE_CHECKING:
    from tapstack.economy.model import SharedChange
    from tapstack.factions.ports import ActPorts


def join(ports: ActPorts, player_id: str, faction_id: str, code: str = "") -> bool:
    """Joins a faction, or asks to; says whether the player is a member now. Repeating changes nothing.

    Raises NotFound (`faction_unknown`), Conflict (`in_faction`, `faction_cooldown`, `faction_full`, `asked_enough`,
    `requests_full`), Forbidden (`link_needed`, `banned`).
    """
    player = ports.players.get(player_id)
    refuse_banned(player)
    joined = new = False

    def decide() -> list[SharedChange] | None:
        nonlocal joined, new
        own = ports.factions.membership(player_id)
        if own.membership.faction == faction_id:
            joined, new = True, False
            return None
        stored = known(ports.factions, faction_id)
        refuse_taken(own, ports.clock())
        by_link = bool(code) and hmac.compare_digest(code.encode(), stored.faction.code.encode())
        joined = new = by_link or stored.faction.entrance is Entrance.OPEN
        if joined:
            return _joined(ports, stored, own)
        if stored.faction.entrance is Entrance.LINK:
            raise Forbidden("this faction takes those who come by its link", code="link_needed")
        return _asked(ports, stored, own)

    write(ports, decide)
    if joined:
        show(ports, {player_id: faction_id})
    if new:
        announce(ports, faction_id, player, FactionJoined)
    return joined


def accept(ports: ActPorts, by: str, player_id: str, faction_id: str) -> None:
    """Lets a player in who has asked; who is in already stays. Raises as `join` does, and NotFound for no request.

    A request of somebody who can't join any more goes.
    """
    player, late = ports.players.get_many([player_id]).get(player_id), False
    new = False

    def decide() -> list[SharedChange] | None:
        nonlocal late, new
        new = False
        stored = known(ports.factions, faction_id)
        member_of(stored.faction, by, *OFFICERS)
        if player_id in stored.faction.members:
            return None
        own = ports.factions.membership(player_id)
        late = player is None or player.status is ModerationStatus.BANNED or bool(own.membership.faction)
        late = late or player_id not in stored.faction.requests
        if late:
            return _without(ports, stored, player_id)
        refuse_taken(own, ports.clock())
        new = True
        return _joined(ports, stored, own)

    write(ports, decide)
    if late:
        raise Conflict("this player does not ask any more", code="request_gone")
    show(ports, {player_id: faction_id})
    if new:
        announce(ports, faction_id, player, FactionJoined)


def decline(ports: ActPorts, by: str, player_id: str, faction_id: str) -> None:
    """Refuses a player who has asked, or who has not."""

    def decide() -> list[SharedChange] | None:
        stored = known(ports.factions, faction_id)
        member_of(stored.faction, by, *OFFICERS)
        return _without(ports, stored, player_id)

    write(ports, decide)


def withdraw(ports: ActPorts, player_id: str, faction_id: str) -> None:
    """Takes back a player's own request."""

    def decide() -> list[SharedChange] | None:
        stored = ports.factions.get(faction_id)
        if stored is not None and player_id in stored.faction.requests:
            return _without(ports, stored, player_id)
        own = ports.factions.membership(player_id)
        if faction_id not in own.membership.asked:
            return None
        return ports.factions.asking(own, _not_asking(own, faction_id))

    write(ports, decide)


def new_member(ports: ActPorts, player_id: str, role: Role) -> Member:
    """A member from now on: what they have tapped before is theirs alone."""
    counter = counters(ports, [player_id]).get(player_id)
    clicks, paid = (counter.clicks, counter.paid_taps) if counter else (0, 0)
    return Member(role, ports.clock(), clicks, paid)


def _joined(ports: ActPorts, stored: Stored, own: StoredMembership) -> list[SharedChange]:
    faction = stored.faction
    if len(faction.members) >= min(rules.MOST_MEMBERS, seats(ports.catalogues.current(), faction)):
        raise Conflict("this faction is full", code="faction_full")
    member = new_member(ports, own.player_id, Role.MEMBER)
    requests = {one: at for one, at in faction.requests.items() if one != own.player_id}
    grown = replace(faction, members={**faction.members, own.player_id: member}, requests=requests)
    return ports.factions.changed(stored, grown, [(own, replace(_not_asking(own, faction.id), faction=faction.id))])


def _asked(ports: ActPorts, stored: Stored, own: StoredMembership) -> list[SharedChange] | None:
    faction, player_id = stored.faction, own.player_id
    if player_id in faction.requests and faction.id in own.membership.asked:
        return None
    others = [one for one in own.membership.asked if one != faction.id]
    there = ports.factions.get_many(others)
    others = [one for one in others if one in there and player_id in there[one].faction.requests]
    if len(others) >= rules.ASKED_AT_ONCE:
        raise Conflict(f"at most {rules.ASKED_AT_ONCE} requests at once", code="asked_enough")
    waiting = faction.requests
    if len(waiting) >= rules.MOST_REQUESTS:  # whom no officer sees holds no place
        players = ports.players.get_many(list(waiting))
        waiting = {one: at for one, at in waiting.items() if one in players and not players[one].hidden}
    if len(waiting) >= rules.MOST_REQUESTS:
        raise Conflict("too many wait for an answer there", code="requests_full")
    asked = replace(own.membership, asked=(*others, faction.id))
    requests = {**waiting, player_id: ports.clock()}
    return ports.factions.changed(stored, replace(faction, requests=requests), [(own, asked)])


def _without(ports: ActPorts, stored: Stored, player_id: str) -> list[SharedChange] | None:
    faction: Faction = stored.faction
    if player_id not in faction.requests:
        return None
    own = ports.factions.membership(player_id)
    requests = {one: at for one, at in faction.requests.items() if one != player_id}
    asking = [(own, _not_asking(own, faction.id))] if faction.id in own.membership.asked else []
    return ports.factions.changed(stored, replace(faction, requests=requests), asking)


def _not_asking(own: StoredMembership, faction_id: str) -> Membership:
    return replace(own.membership, asked=tuple(one for one in own.membership.asked if one != faction_id))
