"""What a staked duel does to a draft: the coins wait on `escrow:duels` until it is over, and all of them come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.economy.catalogue.model import Currency, Metric
from tapstack.economy.rules import metrics
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Conflict, Forbidden
from tapstack.play.rules.levels import level_of

if TYPE_CHECKING:
    from tapstack.economy import commands
    from tapstack.economy.draft import Draft

ESCROW = "escrow:duels"


def stake(draft: Draft, command: commands.Stake) -> dict[str, Any]:
    """Puts coins on a duel.

    Raises Forbidden (`stakes_off`, `stake_level`) and Conflict (`stake_too_high` with `most`, `stakes_used_up`,
    `not_enough`).
    """
    rules = draft.catalogue.duels
    if not rules.a_day:
        raise off()
    if level_of(draft.wallet.settled) < rules.level:
        raise Forbidden(f"stakes begin at level {rules.level}", code="stake_level", level=rules.level)
    if command.coin > rules.most:
        raise Conflict(f"{rules.most} coins can be staked", code="stake_too_high", most=rules.most)
    if not left(draft):
        raise Conflict(f"{rules.a_day} stakes a day", code="stakes_used_up")
    draft.pay(ESCROW, Currency.COIN, command.coin)
    draft.reach(Metric.STAKES)
    return {"duel": command.duel, "coins": command.coin}


def unstake(draft: Draft, command: commands.Unstake) -> dict[str, Any]:
    """Gives what a duel that is over has brought; it counts as nothing earned, or two accounts could earn for ever."""
    draft.give_back(ESCROW, Currency.COIN, command.coin)
    return {"duel": command.duel, "coins": command.coin}


def left(draft: Draft) -> int:
    """How many more stakes a player has today (UTC)."""
    used = metrics.in_period(Metric.STAKES, draft.wallet, draft.goals, Period.DAY, draft.now_ms)
    return max(0, draft.catalogue.duels.a_day - used)


def off() -> Forbidden:
    return Forbidden("coins can't be staked here", code="stakes_off")
