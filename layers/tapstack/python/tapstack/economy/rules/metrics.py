"""What goals count of a player: numbers that only grow, so progress is never written, and never lost.

Most are counters of the wallet or of the goals, in all and in this day and week. Others follow from what the ledger
keeps anyway: how much went to a house account and came from it.
"""

from __future__ import annotations

from tapstack.economy.catalogue.model import Metric
from tapstack.economy.model import Count, Goals, Wallet
from tapstack.economy.rules import tallies
from tapstack.economy.rules.tallies import NEVER
from tapstack.platform.calendar import Period

TALLIES = frozenset(
    {
        *(Metric.TAPS, Metric.COINS, Metric.BOUGHT, Metric.SOLD, Metric.CRATES),
        *(Metric.CHECKINS, Metric.FRIENDS, Metric.CHEERS),
    }
)
"""Counted in the wallet."""

_NONE = Count()
_FLOWS = {
    **{Metric.SPENT: ("sink:shop", 1), Metric.UPKEEP: ("sink:upkeep", 1), Metric.CARE: ("sink:repair", 1)},
    **{Metric.SALES: ("mint:sales", -1), Metric.REVENUE: ("mint:business", -1), Metric.WINNINGS: ("mint:crates", -1)},
}
"""What follows from the flow of a house account, and the sign of that flow: below zero is what came from it."""

_XP, _STREAK, _SEEDS = Metric.XP, Metric.STREAK, Metric.SEEDS
"""Where each goal is looked at, by these: Python 3.11 looks a member up in its enum ten times as long. Counters are
found by `_value_`, as a member takes five times as long as its plain text to find in a dict with texts for keys."""


def total(metric: Metric, wallet: Wallet, goals: Goals) -> int:
    """How much there has been of something, ever."""
    if metric in TALLIES:
        return wallet.tallies.get(metric._value_, NEVER).total
    flow = _FLOWS.get(metric)
    if flow:
        account, sign = flow
        return max(0, sign * wallet.flows.get(account, 0))
    if metric is _XP:
        return wallet.xp
    if metric is _STREAK:
        return goals.best
    if metric is _SEEDS:
        return wallet.epoch
    return goals.counts.get(metric._value_, _NONE).total


def in_period(metric: Metric, wallet: Wallet, goals: Goals, period: Period, now_ms: int) -> int:
    """How much there has been of something in the period that a time is in; 0 for what is not counted by period."""
    if metric in TALLIES:
        return tallies.progress(wallet.tallies.get(metric._value_, NEVER), period, now_ms)
    count = goals.counts.get(metric._value_, _NONE)
    if not metric.periodic or period.number(count.day) != period.number_at(now_ms):
        return 0
    return {Period.DAY: count.in_day, Period.WEEK: count.in_week, Period.MONTH: count.in_month}[period]


def grown(counts: dict[str, Count], metric: Metric, by: int, day: int) -> dict[str, Count]:
    """The counters after one of them has grown on a day by one or more."""
    name = metric._value_
    old = counts.get(name, _NONE)
    if old.day == day:
        new = Count(old.total + by, day, old.in_day + by, old.in_week + by, old.in_month + by)
    else:
        (_, week, month), (_, now_week, now_month) = tallies.numbers_on(old.day), tallies.numbers_on(day)
        in_week, in_month = old.in_week * (week == now_week), old.in_month * (month == now_month)
        new = Count(old.total + by, day, by, in_week + by, in_month + by)
    return {**counts, name: new}


def taps_before_week(wallet: Wallet, now_ms: int) -> int:
    """A player's paid taps when this week began: what decides how difficult their missions are, all week long."""
    taps = wallet.tallies.get("taps", NEVER)
    return taps.total - tallies.progress(taps, Period.WEEK, now_ms)
