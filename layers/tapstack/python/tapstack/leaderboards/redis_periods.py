"""Boards of days, weeks and months: an order of the exact counts that players carry, brought up to date in bulk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from redis.exceptions import ResponseError

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards import redis_sorted_sets
from tapstack.leaderboards.model import OF_WALLETS, SEASON, BoardMetric, Neighbours, SeasonPeriod, Top
from tapstack.leaderboards.rules import kept_ms
from tapstack.platform import redis_scripts
from tapstack.platform.calendar import Period
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.play.model import Counter
from tapstack.play.rules.score import score_of
from tapstack.players.rules.identity import bucket_of

log = logging.getLogger(__name__)


class RedisPeriodBoards:
    """Ranks players by their counts of a period; every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, buckets: int, seasons: Callable[[], Sequence[SeasonPeriod]]) -> None:
        self.client = client
        self.buckets = buckets
        self.seasons = seasons

    def rank(self, counters: Iterable[Counter], now_ms: int) -> None:
        """Ranks players on the boards of the current periods and those before that are still kept, as their counts say.

        It may run any number of times, concurrently and in any order: scores only rise.
        """
        rows: dict[tuple[int, Period, int], list[Any]] = {}
        for counter in counters:
            if counter.periods is None:
                continue
            bucket = bucket_of(counter.player_id, self.buckets)
            for period, done in counter.periods.done(counter.clicks, counter.last_tap_at_ms):
                if done.clicks > 0 and kept_ms(period, done.number, now_ms) > 0:
                    row = rows.setdefault((bucket, period, done.number), [])
                    row += [repr(score_of(done.clicks, done.at_ms)), counter.player_id]
        for (bucket, period, number), args in rows.items():
            board = keys.period(period, number, self.buckets)[bucket]
            script_keys = [board, play_keys.ERASED[bucket], play_keys.HIDDEN[bucket]]
            if period is Period.WEEK:
                script_keys.append(keys.newcomers(period, number, self.buckets)[bucket])
            try:
                with available():
                    stay_ms = kept_ms(period, number, now_ms)
                    redis_scripts.run(self.client, "leaderboards/rank_players", script_keys, [stay_ms, *args])
            except ResponseError:  # as where the board is no sorted set: that must not keep anybody from being saved
                log.exception("nobody can be ranked on %s", board)

    def changed(self) -> list[str]:
        """The players who have tapped since they were last saved: all whom the boards may not have yet.

        A player whom a sync takes in between is in the second set by then, or ranked by that sync.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.smembers(play_keys.DIRTY[bucket])
                pipe.smembers(play_keys.SYNCING[bucket])
            return list(set().union(*pipe.execute()))

    def top(self, period: Period, number: int, count: int) -> Top:
        """The best of a period, and how many tapped in it."""
        return redis_sorted_sets.top(self.client, keys.period(period, number, self.buckets), count)

    def neighbours(self, period: Period, number: int, player_id: str, score: float, each_side: int) -> Neighbours:
        """A player with that score among up to each_side others above and below, in one round trip."""
        boards = keys.period(period, number, self.buckets)
        return redis_sorted_sets.neighbours(self.client, boards, player_id, score, each_side)

    def forget(self, player_id: str, now_ms: int) -> None:
        """Takes a player off the boards of all periods that are still kept in part, and off those of all metrics.

        Raises StoreUnavailable also where nobody knows which seasons there are.
        """
        bucket, seasons = bucket_of(player_id, self.buckets), self.seasons()
        with available():
            pipe = self.client.pipeline(transaction=False)
            for metric in OF_WALLETS:
                pipe.zrem(keys.metric(metric, "all", 0, self.buckets)[bucket], player_id)
            for period in Period:
                for number in range(period.number_at(now_ms) - 2, period.number_at(now_ms) + 2):
                    pipe.zrem(keys.period(period, number, self.buckets)[bucket], player_id)
                    if period is Period.WEEK:
                        pipe.srem(keys.newcomers(period, number, self.buckets)[bucket], player_id)
                    for metric in OF_WALLETS:
                        pipe.zrem(keys.metric(metric, period, number, self.buckets)[bucket], player_id)
            for season in seasons:
                pipe.zrem(keys.metric(BoardMetric.XP, SEASON, season.day, self.buckets)[bucket], player_id)
            pipe.execute()
