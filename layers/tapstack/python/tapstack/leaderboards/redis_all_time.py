"""The all-time board in Redis, which every tap updates: reads, and the totals that the buckets share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tapstack.leaderboards import redis_sorted_sets
from tapstack.leaderboards.model import BucketSummary, Neighbours, RankOnBoard
from tapstack.platform.redis_client import available, read_all, scored
from tapstack.platform.redis_scripts import ScriptCall
from tapstack.play import redis_keys as play_keys
from tapstack.players.redis_kept_accounts import NAME, kept_shown
from tapstack.players.rules.identity import bucket_of

if TYPE_CHECKING:
    from tapstack.platform.redis_pipeline import Pipeline


class RedisAllTimeBoard:
    """Ranks are merged from all buckets: none of them ever holds the whole board."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def summaries(self, top: int) -> list[BucketSummary]:
        """Every bucket's summary, in one round trip."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for b in range(self.buckets):
                pipe.hmget(play_keys.META[b], "total", "epoch")
                pipe.zcard(play_keys.SCORES[b])
                pipe.scard(play_keys.ACTIVE[b])
                pipe.zrevrange(play_keys.SCORES[b], 0, top - 1, withscores=True)
            raw = pipe.execute()
        return [
            BucketSummary(int(total or 0), players, active, best, warm=epoch is not None)
            for (total, epoch), players, active, best in zip(*[iter(raw)] * 4, strict=True)
        ]

    def propagate(self, summaries: Sequence[BucketSummary], version: int, flush_every_ms: int) -> None:
        """Writes the totals of the other buckets into every bucket, so that a click's answer needs no other bucket."""
        clicks = sum(s.clicks for s in summaries)
        players = sum(s.players for s in summaries)
        active = sum(s.active for s in summaries)
        with available():
            pipe = self.client.pipeline(transaction=False)
            for b, s in enumerate(summaries):
                others = {
                    "o_clicks": clicks - s.clicks,
                    "o_players": players - s.players,
                    "o_active": active - s.active,
                    "version": version,
                    "flush": flush_every_ms,
                }
                pipe.hset(play_keys.META[b], mapping=others)
            pipe.execute()

    def score(self, player_id: str) -> float | None:
        """A player's score, or None if they are not on the board."""
        return self.scores([player_id]).get(player_id)

    def scores(self, player_ids: Sequence[str]) -> dict[str, float]:
        """The scores of players, in one round trip; those who are not on the board are skipped."""
        commands = [("ZSCORE", play_keys.SCORES[bucket_of(i, self.buckets)], i) for i in player_ids]
        with available():
            found = read_all(self.client, commands) if commands else []
        return {i: float(score) for i, score in zip(player_ids, found, strict=True) if score is not None}

    def ranks(self, scores: Sequence[float]) -> list[int]:
        """The ranks of scores: 1 + the number of higher ones, in one round trip."""
        return redis_sorted_sets.ranks(self.client, play_keys.SCORES[: self.buckets], scores)

    def neighbours(self, player_id: str, score: float, each_side: int) -> Neighbours:
        """A player with that score among up to each_side others above and below, in one round trip."""
        keys = play_keys.SCORES[: self.buckets]
        return redis_sorted_sets.neighbours(self.client, keys, player_id, score, each_side)


class PipelinedAllTimeBoard:
    """Ranks as RedisAllTimeBoard has them, on an event loop."""

    def __init__(self, pipeline: Pipeline, *, buckets: int) -> None:
        self._pipeline = pipeline
        self._buckets = buckets

    async def rank(self, player_id: str, each_side: int) -> RankOnBoard | None:
        """A player's score, and the player among up to each_side others above and below; None if not on the board."""
        boards, own = play_keys.SCORES[: self._buckets], bucket_of(player_id, self._buckets)
        keys = (boards[own], *boards[:own], *boards[own + 1 :])
        answer = await self._pipeline.run(ScriptCall("leaderboards/own_rank", keys, (player_id, each_side, NAME)))
        if answer is None:
            return None
        score, higher, above, below, names = answer
        rows = [*reversed(scored(above)), (player_id, float(score)), *scored(below)]
        shown = zip((player_id, *above[::2], *below[::2]), map(kept_shown, names), strict=True)
        return RankOnBoard(
            float(score),
            Neighbours(1 + higher, redis_sorted_sets.rows(rows)),
            {one: found for one, found in shown if found},
        )
