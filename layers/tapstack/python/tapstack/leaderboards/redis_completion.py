"""How complete the boards by metric are in Redis: once a day, and after a loss, all wallets are put on them again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import CompletionState
from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available


class RedisCompletion:
    """Days are counted since 1970. Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def state(self, day: int) -> CompletionState:
        """The buckets that are not complete up to a day, and whether what was over then is archived; one round trip."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.get(keys.METRICS_ARCHIVED)
            for bucket in range(self.buckets):
                pipe.get(keys.complete(bucket))
            archived, *complete = pipe.execute()
        return CompletionState([b for b, known in enumerate(complete) if known != str(day)], archived == str(day))

    def lost(self) -> bool:
        """Whether some bucket has never been complete since Redis was last empty: players may be missing there."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.exists(keys.complete(bucket))
            return not all(pipe.execute())

    def begin(self, buckets: Iterable[int], token: str) -> None:
        """Records that a completion has begun; a later one takes its place."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.delete(keys.COMPLETION)
            for bucket in buckets:
                pipe.set(keys.completing(bucket), token)
            pipe.execute()

    def in_progress(self, buckets: Iterable[int]) -> tuple[str, str] | None:
        """The token and the cursor of an interrupted completion of these buckets, None where Redis knows of none."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hmget(keys.COMPLETION, "token", "cursor")
            for bucket in buckets:
                pipe.get(keys.completing(bucket))
            (token, cursor), *tokens = pipe.execute()
        return (token, cursor) if token and cursor and set(tokens) == {token} else None

    def record_progress(self, token: str, cursor: str) -> None:
        """Records how far a completion has come."""
        with available():
            self.client.hset(keys.COMPLETION, mapping={"token": token, "cursor": cursor})

    def finish(self, buckets: Iterable[int], token: str, day: int) -> bool:
        """Records that buckets are complete; False where one was lost meanwhile: it stays incomplete."""
        with available():
            return all(
                [
                    redis_scripts.run(
                        self.client,
                        "leaderboards/finish_completion",
                        [keys.completing(bucket), keys.complete(bucket)],
                        [token, day],
                    )
                    for bucket in buckets
                ]
            )

    def archived(self, day: int) -> None:
        """Records that everything is archived that was over at the start of a day."""
        with available():
            self.client.set(keys.METRICS_ARCHIVED, day)
