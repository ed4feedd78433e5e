"""What Redis knows of a player's goals, in one round trip: paid taps, the seat in the league, how rare things are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tapstack.goals import redis_keys as keys
from tapstack.goals.ports import Badge, Live
from tapstack.league import redis_keys as league_keys
from tapstack.league.redis_league import league_of, seat_of
from tapstack.platform.redis_client import available
from tapstack.platform.settings import PlaySettings
from tapstack.play import redis_keys as play_keys
from tapstack.play.redis_paid_taps import FIELDS, paid_taps_of
from tapstack.players.rules.identity import bucket_of


class RedisGoals:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, settings: PlaySettings, now_ms: Callable[[], int]) -> None:
        self.client = client
        self._settings = settings
        self._now_ms = now_ms

    def read(self, player_id: str, week: int, own: Iterable[Badge], asked: Sequence[Badge]) -> Live:
        """A player's paid taps and seat, and how many have each of the badges that are asked for.

        Counts the player's `own` badges again: what was lost with Redis, or with a process, comes back so.
        """
        buckets = self._settings.buckets
        bucket = bucket_of(player_id, buckets)
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hmget(play_keys.player(bucket, player_id), *FIELDS)
            pipe.get(league_keys.CURRENT)
            pipe.hget(league_keys.seats(week, buckets)[bucket], player_id)
            pipe.zcard(play_keys.SCORES[bucket])
            pipe.hget(play_keys.META[bucket], "o_players")
            for badge in asked:
                pipe.pfcount(keys.holders(*badge))
            for badge in own:
                pipe.pfadd(keys.holders(*badge), player_id)
            fields, league, seat, here, elsewhere, *counts = pipe.execute()
        return Live(
            paid_taps_of(fields, self._settings, self._now_ms()),
            league_of(league),
            seat_of(seat),
            dict(zip(asked, counts, strict=False)) if asked else None,
            int(here) + int(elsewhere or 0),
        )

    def holders(self, player_id: str, badges: Sequence[Badge]) -> tuple[dict[Badge, int], int]:
        """How many have each of the badges, and how many players there are, as the player's bucket knows."""
        bucket = bucket_of(player_id, self._settings.buckets)
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.zcard(play_keys.SCORES[bucket])
            pipe.hget(play_keys.META[bucket], "o_players")
            for badge in badges:
                pipe.pfcount(keys.holders(*badge))
            here, elsewhere, *counts = pipe.execute()
        return dict(zip(badges, counts, strict=True)), int(here) + int(elsewhere or 0)

    def add(self, player_id: str, badges: Iterable[Badge]) -> None:
        """Counts a player among those who have badges; again makes no difference."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for badge in badges:
                pipe.pfadd(keys.holders(*badge), player_id)
            pipe.execute()
