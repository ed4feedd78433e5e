"""Leaving a faction: by oneself, at an officer's wish, with all others, or as an erased player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.factions import rules
from tapstack.factions.access import room_of
from tapstack.factions.changing import (
    OFFICERS,
    announce,
    ended,
    freed,
    known,
    member_of,
    recount,
    show,
    tell,
    write,
)
from tapstack.factions.counting import counters
from tapstack.factions.model import Faction, Role
from tapstack.live.events import Changed, FactionLeft
from tapstack.platform.errors import Forbidden
from tapstack.play.model import Counter

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapstack.economy.model import SharedChange
    from tapstack.factions.ports import ActPorts, LeavePorts

HOUR_MS = 3_600_000


def leave(ports: ActPorts, player_id: str, faction_id: str) -> None:
    """Takes a player out of a faction at their own wish; who is not there has left already.

    A leader who leaves is followed by the officer, else the member, who has been there longest; the last one to leave
    dissolves it.
    """
    if _out(ports, player_id, faction_id, _free_at_ms(ports)):
        announce(ports, faction_id, ports.players.get_many([player_id]).get(player_id), FactionLeft)


def kick(ports: ActPorts, by: str, player_id: str, faction_id: str) -> None:
    """Takes a member out of a faction; who is not there is out already.

    Raises Forbidden (`not_member`, `role_needed`): the leader may take out anybody else, an officer those without a
    role.
    """

    def allow(faction: Faction) -> None:
        actor = member_of(faction, by, *OFFICERS)
        member = faction.members.get(player_id)
        if member is not None and (player_id == by or actor.role is not Role.LEADER and member.role is not Role.MEMBER):
            raise Forbidden("your role does not allow this", code="role_needed", roles=[str(Role.LEADER)])

    allow(known(ports.factions, faction_id).faction)
    if _out(ports, player_id, faction_id, _free_at_ms(ports), allow):
        announce(ports, faction_id, ports.players.get_many([player_id]).get(player_id), FactionLeft)


def dissolve(ports: ActPorts, player_id: str, faction_id: str) -> None:
    """Ends a faction, for its leader; its treasury is lost, its name is free. Ending it again changes nothing.

    Only the leader has to wait before the next one.
    """

    def allow(faction: Faction) -> None:
        member_of(faction, player_id, Role.LEADER)

    end(ports, faction_id, allow)


def end(ports: LeavePorts, faction_id: str, allow: Callable[[Faction], None] | None = None) -> None:
    """Ends a faction as `dissolve` does; `allow` is asked of it as it is then."""
    gone: list[str] = []

    def decide() -> list[SharedChange] | None:
        gone.clear()
        stored = ports.factions.get(faction_id)
        if stored is None:
            return None
        if allow:
            allow(stored.faction)
        members = stored.faction.members
        gone[:] = members
        own = ports.factions.memberships(gone)
        free_at_ms = _free_at_ms(ports)
        return ports.factions.dissolved(
            stored, [freed(own[one], free_at_ms if members[one].role is Role.LEADER else 0) for one in members]
        )

    write(ports, decide)
    if not gone:
        return
    show(ports, dict.fromkeys(gone, ""))
    for one in gone:
        ports.live.put_out(room_of(faction_id), one)
    ended(ports, faction_id)
    tell(ports, faction_id, Changed(what="factions"))


def forget(ports: LeavePorts, player_id: str) -> None:
    """Takes an erased player out of everything that factions keep. Repeating changes nothing."""
    own = ports.factions.membership(player_id)
    if own.membership.faction:
        _out(ports, player_id, own.membership.faction, 0)
    for faction_id in own.membership.asked:
        _unask(ports, player_id, faction_id)
    write(ports, lambda: ports.factions.forgotten(ports.factions.membership(player_id)) or None)
    show(ports, {player_id: ""})


def expel(ports: LeavePorts, player_id: str) -> None:
    """Takes a banned player out of their faction, and out of all requests to join one."""
    own = ports.factions.membership(player_id)
    if own.membership.faction:
        _out(ports, player_id, own.membership.faction, _free_at_ms(ports))
    for faction_id in own.membership.asked:
        _unask(ports, player_id, faction_id)
    show(ports, {player_id: ""})


def _out(
    ports: LeavePorts, player_id: str, faction_id: str, free_at_ms: int, allow: Callable[[Faction], None] | None = None
) -> bool:
    """Takes a member out, with whatever follows; says whether they were in.

    `allow` is asked of the faction as it is then: roles may have changed meanwhile.
    """
    done = empty = False

    def decide() -> list[SharedChange] | None:
        nonlocal done, empty
        done = empty = False
        own, stored = ports.factions.membership(player_id), ports.factions.get(faction_id)
        if stored is None or player_id not in stored.faction.members:
            if own.membership.faction != faction_id:
                return None
            # Only a restored table says that somebody belongs to a faction that does not know them.
            return ports.factions.forgotten(own)
        if allow:
            allow(stored.faction)
        done = True
        counter, now_ms = _counted(ports, player_id) or Counter(player_id), ports.clock()
        fought = rules.with_fought(own.membership, stored.faction, player_id, counter, now_ms)
        change = own, replace(fought, faction="", free_at_ms=free_at_ms)
        faction = rules.led(rules.left(stored.faction, player_id, counter, now_ms))
        empty = not faction.members
        return (
            ports.factions.dissolved(stored, [change]) if empty else ports.factions.changed(stored, faction, [change])
        )

    write(ports, decide)
    if done:
        show(ports, {player_id: ""})
        ports.live.put_out(room_of(faction_id), player_id)
    if empty:
        ended(ports, faction_id)
    elif done:
        recount(ports, faction_id)
    return done


def _counted(ports: LeavePorts, player_id: str) -> Counter | None:
    """What a player has tapped; None for one who is hidden: that counts for no faction, nor once they have left it."""
    player = ports.players.get_many([player_id]).get(player_id)
    return None if player and player.hidden else counters(ports, [player_id]).get(player_id)


def _unask(ports: LeavePorts, player_id: str, faction_id: str) -> None:
    def decide() -> list[SharedChange] | None:
        stored = ports.factions.get(faction_id)
        if stored is None or player_id not in stored.faction.requests:
            return None
        requests = {one: at for one, at in stored.faction.requests.items() if one != player_id}
        return ports.factions.changed(stored, replace(stored.faction, requests=requests))

    write(ports, decide)


def _free_at_ms(ports: LeavePorts) -> int:
    return ports.clock() + ports.catalogues.current().factions.cooldown_h * HOUR_MS
