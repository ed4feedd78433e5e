"""Coins on duels: what each side puts in waits on `escrow:duels`, and is paid once by what has become of the duel.

A stake and its duel are one transaction, so that no coin waits for a duel that nobody knows. What a duel that is over
has brought follows from the duel alone; so whoever looks pays it, and again changes nothing.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from tapstack.duels.answers import StakesView
from tapstack.economy import staking, taps
from tapstack.economy.commands import Stake, Unstake
from tapstack.economy.crediting import credit
from tapstack.economy.deciding import settled
from tapstack.economy.performing import carry_out, whole
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict, Forbidden, StoreUnavailable
from tapstack.play.rules.levels import level_of
from tapstack.players.accounts import refuse_banned
from tapstack.players.model import ModerationStatus

if TYPE_CHECKING:
    from tapstack.duels.model import Duel
    from tapstack.duels.ports import DuelPorts, PayDuelPorts
    from tapstack.economy.performing import Also
    from tapstack.players.model import Player

log = logging.getLogger(__name__)

PREFIX = "c#duel#"
"""Before the id of a duel: the cause of a stake. With PAID after it, of what the duel has brought."""

PAID = "#paid"


def view(ports: DuelPorts, player_id: str) -> StakesView:
    """What the caller may stake; raises NotFound (`player_unknown`), Forbidden (`banned`) and StoreUnavailable."""
    player = ports.players.get(player_id)
    refuse_banned(player)
    rules, now_ms = ports.catalogues.current().duels, ports.clock()
    held = whole(ports, player_id, taps.of(ports, player_id).paid_taps).holdings
    draft = settled(held, ports.catalogues.current(), "", now_ms)
    may = _allowed(ports, player) and _age_days(player, now_ms) >= rules.days
    left = staking.left(draft) if may and level_of(draft.wallet.settled) >= rules.level else 0
    return StakesView(now_ms, _allowed(ports, player), rules.level, rules.days, rules.most, left)


def stake(ports: DuelPorts, player: Player, duel: Duel, coins: int, also: Also) -> None:
    """Puts a player's coins on a duel, which changes with the payment (`also`); again it changes nothing.

    Raises Forbidden (`stakes_off`, `stake_too_new`), what `economy.staking.stake` raises, and Conflict (`op_reused`)
    where the player has put another amount on it.
    """
    if not _allowed(ports, player):
        raise staking.off()
    days = ports.catalogues.current().duels.days
    if _age_days(player, ports.clock()) < days:
        raise Forbidden(f"stakes begin {days} days after one has come", code="stake_too_new", days=days)
    carry_out(ports, player.id, PREFIX + duel.id, Stake(duel=duel.id, coin=coins), also)


def pay(ports: PayDuelPorts, duel: Duel) -> Duel:
    """Gives everybody what a duel that is over has brought; what a player gets who is erased meanwhile, nobody has.

    Raises StoreUnavailable, and is then to be called again: who can't be paid now keeps nobody else from their coins.
    """
    if not duel.owes:
        return duel
    unpaid = None
    for player_id, coins in duel.shares.items():
        try:
            credit(ports, player_id, PREFIX + duel.id + PAID, Unstake(duel=duel.id, coin=coins))
        except StoreUnavailable as error:
            unpaid = error
    if unpaid:
        raise unpaid
    paid = replace(duel, paid=1)
    ports.duels.move(paid, duel.state)
    return paid


def pay_if_possible(ports: PayDuelPorts, duel: Duel) -> None:
    """The same for who looks at a duel: what fails now is made good within a minute (ending.py)."""
    try:
        pay(ports, duel)
    except StoreUnavailable as error:
        log.warning("a duel is paid later: %s", error.message)


def refuse_other_stake(duel: Duel, agreed: int) -> None:
    """Raises Conflict (`stake_differs`, with the stake) for who has not agreed to it: nobody pays unawares."""
    if duel.stake != agreed:
        raise Conflict(f"{duel.stake} coins are staked on this duel", code="stake_differs", stake=duel.stake)


def _allowed(ports: DuelPorts, player: Player) -> bool:
    """Who is under suspicion hears what anybody may hear, and not why."""
    rules = ports.catalogues.current().duels
    return ports.settings.chance.enabled and rules.a_day > 0 and player.status is ModerationStatus.GOOD


def _age_days(player: Player, now_ms: int) -> int:
    return (now_ms - player.created_at_ms) // DAY_MS
