"""What costs a player coins for their faction, or brings them some: once for each cause, in one transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.economy.commands import Donate, Found, Grant
from tapstack.economy.performing import carry_out, perform
from tapstack.economy.rules import ops
from tapstack.factions import rules
from tapstack.factions.changing import known, member_of, refuse_taken, show
from tapstack.factions.claims import may_claim
from tapstack.factions.joining import new_member
from tapstack.factions.leading import new_code
from tapstack.factions.model import Entrance, Faction, Role
from tapstack.live.chatting import blocked_words
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Conflict, Forbidden, NotFound
from tapstack.players.accounts import refuse_banned

if TYPE_CHECKING:
    from tapstack.economy.model import Entry, SharedChange
    from tapstack.factions.ports import PayPorts


def founded_id(player_id: str, cause: str) -> str:
    """The id of the faction that a player founds for a cause: the same for every retry."""
    return hashlib.sha256(f"{player_id} {cause}".encode()).hexdigest()[:12]


def found(ports: PayPorts, player_id: str, op: str, name: str, price: int, entrance: Entrance) -> Entry:
    """Founds a faction for its price; the entry's result has its id, the same for every retry.

    Raises BadRequest for a name that breaks the rules, Conflict (`name_taken`, `in_faction`, `faction_cooldown`,
    `price_changed`, `not_enough`), and what `perform` raises.
    """
    name = rules.name_of(name, blocked_words())
    refuse_banned(ports.players.get(player_id))
    faction_id = founded_id(player_id, ops.cause_of(op))

    def also() -> list[SharedChange]:
        own = ports.factions.membership(player_id)
        refuse_taken(own, ports.clock())
        if ports.factions.named(name) is not None:
            raise Conflict("this name is taken", code="name_taken")
        leader = new_member(ports, player_id, Role.LEADER)
        faction = Faction(
            id=faction_id,
            name=name,
            created_at_ms=ports.clock(),
            code=new_code(),
            members={player_id: leader},
            entrance=entrance,
        )
        return ports.factions.founded(faction, own, replace(own.membership, faction=faction_id))

    entry = perform(ports, player_id, op, Found(faction=faction_id, name=name, price=price), also)
    show(ports, {player_id: str(entry.result["faction"])})
    return entry


def donate(ports: PayPorts, player_id: str, op: str, faction_id: str, coins: int) -> Entry:
    """Gives coins of a member to the treasury; the same entry for every retry.

    Raises NotFound (`faction_unknown`), Forbidden (`not_member`), Conflict (`not_enough`), and what `perform` raises.
    """

    def also() -> list[SharedChange]:
        member_of(known(ports.factions, faction_id).faction, player_id)
        return ports.factions.donated(faction_id, player_id, coins)

    return perform(ports, player_id, op, Donate(faction=faction_id, coin=coins), also)


def territory_cause(week: int) -> str:
    """What the reward for a territory is claimed for: once a week."""
    return f"c#ter#{Period.WEEK.label(week)}"


def claim(ports: PayPorts, player_id: str, territory_id: str) -> Entry:
    """Gives a player the reward for a territory that their faction has won last week, and they have tapped for.

    Raises NotFound (`territory_unknown`), Conflict (`too_early`), Forbidden (`not_winner`).
    """
    week = Period.WEEK.number_at(ports.clock()) - 1
    cause = territory_cause(week)
    entry = ports.wallets.entry(player_id, cause)
    if entry is not None:
        return entry
    refuse_banned(ports.players.get(player_id))
    territory = ports.catalogues.current().territory(territory_id)
    if territory is None:
        raise NotFound("there is no such territory", code="territory_unknown")
    over = ports.factions.week(week)
    if over is None:
        raise Conflict("last week's taps are being counted: try again in a minute", code="too_early")
    if not may_claim(ports, player_id, over, territory, ports.factions.fighters(week)):
        raise Forbidden("this is for those who have won it", code="not_winner")
    reward = territory.reward
    grant = Grant(
        account="mint:crews", coin=reward.coin, gem=reward.gem, xp=reward.xp, goods=dict(reward.goods), why=territory_id
    )
    return carry_out(ports, player_id, cause, grant)
