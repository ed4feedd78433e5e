"""Leading a faction: roles, who may come in, what the treasury buys, and where its members tap."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.factions import rules
from tapstack.factions.changing import OFFICERS, known, member_of, recount, tell, write
from tapstack.factions.counting import counters
from tapstack.factions.model import Entrance, Faction, Role, Stored
from tapstack.live.events import Changed
from tapstack.platform.errors import BadRequest, Conflict, Forbidden, NotFound
from tapstack.play.model import Counter

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapstack.economy.model import SharedChange
    from tapstack.factions.ports import ActPorts

CODE = "abcdefghjkmnpqrstuvwxyz23456789"


def new_code() -> str:
    """What the link of a faction carries: nobody guesses one of 6 * 10^14."""
    return "".join(secrets.choice(CODE) for _ in range(10))


def promote(ports: ActPorts, by: str, player_id: str, faction_id: str) -> None:
    """Makes a member an officer, for the leader; raises Conflict (`officers_full`)."""

    def change(faction: Faction) -> Faction:
        if _member(faction, player_id) is not Role.MEMBER:
            return faction
        if rules.officers(faction) >= rules.OFFICERS:
            raise Conflict(f"at most {rules.OFFICERS} officers", code="officers_full")
        return rules.with_role(faction, player_id, Role.OFFICER)

    _lead(ports, by, faction_id, change)


def demote(ports: ActPorts, by: str, player_id: str, faction_id: str) -> None:
    """Makes an officer a member again, for the leader."""

    def change(faction: Faction) -> Faction:
        is_officer = _member(faction, player_id) is Role.OFFICER
        return rules.with_role(faction, player_id, Role.MEMBER) if is_officer else faction

    _lead(ports, by, faction_id, change)


def transfer(ports: ActPorts, by: str, player_id: str, faction_id: str) -> None:
    """Makes a member the leader, and the leader who says so an officer, where there are not enough of them."""

    def change(faction: Faction) -> Faction:
        _member(faction, player_id)
        if player_id == by:
            return faction
        led = rules.with_role(faction, player_id, Role.LEADER)
        return rules.with_role(led, by, Role.OFFICER if rules.officers(led) < rules.OFFICERS else Role.MEMBER)

    stored = known(ports.factions, faction_id)
    if stored.faction.members.get(player_id, None) and stored.faction.members[player_id].role is Role.LEADER:
        member_of(stored.faction, by)
        return  # it was done before
    _lead(ports, by, faction_id, change)


def settle(
    ports: ActPorts, by: str, faction_id: str, *, entrance: Entrance | None, colour: str | None, new_link: bool
) -> None:
    """Changes who may come in, the colour (one that the treasury has bought, "" for none), and the link."""

    def decide() -> list[SharedChange] | None:
        stored = known(ports.factions, faction_id)
        faction = stored.faction
        member_of(faction, by, *OFFICERS)
        if colour:
            perks = [ports.catalogues.current().factions.perk(perk) for perk in faction.bought]
            if colour not in [perk.colour for perk in perks if perk]:
                raise BadRequest("the treasury has bought no such colour", code="validation_failed", field="colour")
        return _changed(
            ports,
            stored,
            replace(
                faction,
                entrance=faction.entrance if entrance is None else entrance,
                colour=faction.colour if colour is None else colour,
                code=new_code() if new_link else faction.code,
            ),
        )

    write(ports, decide)
    recount(ports, faction_id)
    _told(ports, faction_id)


def buy(ports: ActPorts, by: str, faction_id: str, perk_id: str, price: int) -> None:
    """Spends the treasury on a perk, once: buying it again changes nothing.

    Raises NotFound (`perk_unknown`), Forbidden (`level_needed`), Conflict (`price_changed`, `treasury_short`).
    """
    perk = ports.catalogues.current().factions.perk(perk_id)
    if perk is None or perk.retired:
        raise NotFound("there is no such perk", code="perk_unknown")

    def decide() -> list[SharedChange] | None:
        stored = known(ports.factions, faction_id)
        faction = stored.faction
        member_of(faction, by, *OFFICERS)
        if perk_id in faction.bought:
            return None
        if perk.price != price:
            raise Conflict("the price has changed", code="price_changed", price=perk.price)
        if faction.level < perk.level:
            raise Forbidden("this is for a higher level", code="level_needed", level=perk.level)
        if stored.treasury < perk.price:
            raise Conflict(
                f"the treasury has {stored.treasury} of {perk.price}",
                code="treasury_short",
                have=stored.treasury,
                need=perk.price,
            )
        bought = replace(faction, bought=(*faction.bought, perk_id), colour=perk.colour or faction.colour)
        return ports.factions.changed(stored, bought, cost=perk.price)

    write(ports, decide)
    recount(ports, faction_id)
    _told(ports, faction_id)


def assign(ports: ActPorts, player_id: str, territory_id: str, *, on: bool) -> None:
    """Says whether a member taps for a territory from now on; what they have tapped for another one stays.

    Raises Forbidden (`not_member`) and NotFound (`territory_unknown`).
    """
    if ports.catalogues.current().territory(territory_id) is None:
        raise NotFound("there is no such territory", code="territory_unknown")
    faction_id = ports.factions.membership(player_id).membership.faction
    if not faction_id:
        raise Forbidden("you are in no faction", code="not_member")

    def decide() -> list[SharedChange] | None:
        stored = known(ports.factions, faction_id)
        member = member_of(stored.faction, player_id)
        if (member.territory == territory_id) is on:
            return None
        counter, now_ms = counters(ports, [player_id]).get(player_id, Counter(player_id)), ports.clock()
        faction, memberships = stored.faction, []
        is_hidden = ports.players.get(player_id).hidden  # what they tap counts for nobody
        if not is_hidden and rules.fought(member, counter, now_ms):
            own = ports.factions.membership(player_id)
            memberships = [(own, rules.with_fought(own.membership, faction, player_id, counter, now_ms))]
            faction = rules.unclaimed(faction, player_id, counter, now_ms)
        moved = replace(member, territory=territory_id if on else "", since=counter.clicks)
        grown = replace(faction, members={**faction.members, player_id: moved})
        return ports.factions.changed(stored, grown, memberships)

    write(ports, decide)
    ports.live_factions.changed(faction_id)


def _lead(ports: ActPorts, by: str, faction_id: str, change: Callable[[Faction], Faction]) -> None:
    def decide() -> list[SharedChange] | None:
        stored = known(ports.factions, faction_id)
        member_of(stored.faction, by, Role.LEADER)
        return _changed(ports, stored, change(stored.faction))

    write(ports, decide)
    _told(ports, faction_id)


def _changed(ports: ActPorts, stored: Stored, faction: Faction) -> list[SharedChange] | None:
    return ports.factions.changed(stored, faction) if faction != stored.faction else None


def _member(faction: Faction, player_id: str) -> Role:
    member = faction.members.get(player_id)
    if member is None:
        raise NotFound("there is no such member", code="member_unknown")
    return member.role


def _told(ports: ActPorts, faction_id: str) -> None:
    tell(ports, faction_id, Changed(what="factions"))
