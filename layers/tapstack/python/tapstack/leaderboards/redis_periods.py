"""Boards of days, weeks and months: an order of the exact counts that players carry, brought up to date in bulk."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from redis.exceptions import ResponseError

from tapstack.leaderboards import redis_keys as keys
from tapstack.platform import redis_scripts
from tapstack.platform.batches import batches
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.play.model import Counter
from tapstack.play.redis_saving import RedisSaving
from tapstack.play.rules.score import score_of
from tapstack.players.rules.identity import bucket_of

log = logging.getLogger(__name__)

KEPT_MS = {Period.DAY: 5 * DAY_MS, Period.WEEK: 14 * DAY_MS, Period.MONTH: 45 * DAY_MS}
"""How long a board stays after its last entry: long enough to be closed and read again."""

READ_AT_ONCE = 100
"""Players read in one round trip."""


class RedisPeriodBoards:
    """Ranks whoever has tapped: each call raises StoreUnavailable where Redis is away."""

    def __init__(self, client: Any, *, buckets: int, saving: RedisSaving) -> None:
        self.client = client
        self.buckets = buckets
        self.saving = saving

    def boards(self, period: Period, number: int) -> list[str]:
        """The keys of a period's boards, one a bucket."""
        return keys.period(period, number, self.buckets)

    def rank(self, counters: Iterable[Counter], now_ms: int) -> None:
        """Puts players on the boards of the periods at hand and those just before, as their counts say.

        Any number of times, at once and in any order: scores only rise.
        """
        first = {period: period.number_at(now_ms) - 1 for period in Period}
        rows: dict[tuple[int, Period, int], list[Any]] = {}
        for counter in counters:
            if counter.periods is None:
                continue
            bucket = bucket_of(counter.player_id, self.buckets)
            for period, done in counter.periods.done(counter.clicks, counter.last_tap_at_ms):
                if done.number >= first[period] and done.clicks > 0:
                    row = rows.setdefault((bucket, period, done.number), [])
                    row += [repr(score_of(done.clicks, done.at_ms)), counter.player_id]
        for (bucket, period, number), args in rows.items():
            board = self.boards(period, number)[bucket]
            script_keys = [board, play_keys.ERASED[bucket], play_keys.HIDDEN[bucket]]
            try:
                with available():
                    redis_scripts.run(self.client, "leaderboards/rank_players", script_keys, [KEPT_MS[period], *args])
            except ResponseError:  # as where the board is no sorted set: that must not keep anybody from being saved
                log.exception("nobody can be ranked on %s", board)

    def rank_changed(self, now_ms: int) -> None:
        """Ranks everybody who has tapped since their last sync, which is all whom the boards may not have yet.

        Who is taken by a sync while this reads is in the second set by then, or ranked by that sync.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.smembers(play_keys.DIRTY[bucket])
                pipe.smembers(play_keys.SYNCING[bucket])
            changed = list(set().union(*pipe.execute()))
        for ids in batches(changed, READ_AT_ONCE):
            self.rank(self.saving.read(ids), now_ms)

    def forget(self, player_id: str, now_ms: int) -> None:
        """Takes a player off the boards of all periods that are still kept in part."""
        bucket = bucket_of(player_id, self.buckets)
        with available():
            pipe = self.client.pipeline(transaction=False)
            for period in Period:
                for number in range(period.number_at(now_ms) - 2, period.number_at(now_ms) + 2):
                    pipe.zrem(self.boards(period, number)[bucket], player_id)
            pipe.execute()
