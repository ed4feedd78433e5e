"""What a wallet is worth on the boards by other metrics than taps."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tapstack.economy.model import Mark, Tally, Wallet
from tapstack.leaderboards.model import OF_WALLETS, BoardId, BoardMetric, MetricScore, SeasonPeriod
from tapstack.platform.calendar import Period
from tapstack.play.rules.score import score_of

MOST = 2**47
"""The highest number that a score has room for beside its time; more counts as this."""

UNMARKED_MS = 1_793_491_200_000
"""2026-11-01: when what a wallet without a mark has was reached. It is from a release before there were marks."""

_MONTHS = 12


def scores(wallet: Wallet, metrics: Collection[BoardMetric] = OF_WALLETS) -> Iterator[MetricScore]:
    """A player's scores: of all time, and of the day, week, month and year in which each number last grew.

    And with XP, of the season in which there last was any.
    """
    for metric in metrics:
        tally, mark = wallet.tallies.get(metric, Tally()), wallet.marks.get(metric, Mark())
        at_ms = mark.at_ms or UNMARKED_MS
        total = wallet.xp if metric is BoardMetric.XP else tally.total
        if total > 0:
            yield MetricScore(metric, None, 0, _score(total, at_ms))
        for period, number, base in (
            (Period.DAY, tally.day, tally.at_day),
            (Period.WEEK, tally.week, tally.at_week),
            (Period.MONTH, tally.month, tally.at_month),
            (Period.YEAR, tally.month // _MONTHS, mark.at_year),
        ):
            if tally.total > base:
                yield MetricScore(metric, period, number, _score(tally.total - base, at_ms))
    season = wallet.season
    if season.xp > 0 and BoardMetric.XP in metrics:
        of_season = SeasonPeriod(season.day, season.ends_ms)
        yield MetricScore(BoardMetric.XP, of_season, season.day, _score(season.xp, season.at_ms))


def around(before: Wallet, after: Wallet) -> list[MetricScore]:
    """The scores that a change has raised, and what they were before it in periods that are over since.

    So what was lost of a period between its last change and its board is made up for by the first one after it.
    """
    risen = [metric for metric in OF_WALLETS if before.tallies.get(metric) != after.tallies.get(metric)]
    now = list(scores(after, risen))
    known = {row[:3] for row in now}
    return [*now, *(row for row in scores(before, risen) if row[:3] not in known)]


def score_on(wallet: Wallet, board: BoardId, number: int) -> float:
    """A player's score on one board, 0 for none."""
    found = (row.score for row in scores(wallet) if row[:3] == (board.metric, board.period, number))
    return next(found, 0.0)


def _score(value: int, at_ms: int) -> float:
    return score_of(min(value, MOST), at_ms)
