"""Income: coins for paid taps, and revenue of businesses, each settled when the player next does something.

When and how often income is settled makes no difference to how much it is. Coins for taps are a sum over the number
of paid taps, in which a boost has a fixed place; what is too small for a coin is carried. Revenue runs by the clock,
stops once it has piled up for its hours, and never becomes a debt.
"""

from __future__ import annotations

from typing import NamedTuple

from tapstack.economy.catalogue.model import Money
from tapstack.economy.model import Bonus, Wallet

HOUR_MS = 3_600_000
PER = 1_000_000
"""Coins per 1,000 taps, times the per mille of a bonus: a million makes one coin."""


class Minted(NamedTuple):
    """Coins for paid taps, and the millionths of a coin that stay."""

    coins: int
    carry: int


class Collected(NamedTuple):
    """Revenue in coins, the part of it that upkeep takes, and what stays of both (coins times milliseconds)."""

    revenue: int
    upkeep: int
    revenue_carry: int
    upkeep_carry: int


def tap_coins(wallet: Wallet, paid_taps: int, money: Money) -> Minted:
    """The coins for the paid taps since the last settlement; none where Redis knows fewer than were settled.

    After a loss of Redis the number of paid taps may be lower than what was settled, until the clients have sent their
    counts again: nothing is minted twice, and nothing is taken back.
    """
    if paid_taps <= wallet.settled:
        return Minted(0, wallet.tap_carry)
    weighted = (paid_taps - wallet.settled) * 1_000
    for bonus in wallet.bonuses:
        overlap = min(paid_taps, bonus.to_pt) - max(wallet.settled, bonus.from_pt)
        weighted += max(0, overlap) * bonus.permille
    return Minted(*divmod(wallet.tap_carry + weighted * money.coins_per_1000_taps, PER))


def running(bonuses: tuple[Bonus, ...], paid_taps: int) -> tuple[Bonus, ...]:
    """The bonuses that do not end before so many paid taps."""
    if not bonuses:
        return bonuses
    return tuple(bonus for bonus in bonuses if bonus.to_pt > paid_taps)


def collected(wallet: Wallet, now_ms: int, money: Money) -> Collected:
    """The revenue since it was last collected, for at most the hours that it may pile up.

    Upkeep takes no more than the revenue.
    """
    most_ms = max(money.revenue_hours, wallet.hours) * HOUR_MS
    for_ms = min(max(0, now_ms - wallet.collected_at_ms), most_ms) if wallet.collected_at_ms else 0
    revenue, revenue_carry = divmod(wallet.revenue_carry + wallet.revenue_h * for_ms, HOUR_MS)
    upkeep, upkeep_carry = divmod(wallet.upkeep_carry + wallet.upkeep_h * for_ms, HOUR_MS)
    if upkeep >= revenue:
        return Collected(revenue, revenue, revenue_carry, 0)
    return Collected(revenue, upkeep, revenue_carry, upkeep_carry)
