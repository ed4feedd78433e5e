"""Taps of groups that wait in Redis to be saved: two hashes in one cluster slot, those that wait and a batch."""

from __future__ import annotations

import secrets
from typing import Any

from redis.exceptions import ResponseError

from tapstack.groups.model import Panel, TapBatch
from tapstack.platform.redis_client import available

WAITING = "{groups}:waiting"
"""Hash: the taps by `t:<group>:<day>:<player>`, the panels (`<message>:<language>`) by `p:<group>`."""

BATCH = "{groups}:batch"
"""The hash that is being saved, with the batch's `id` besides."""


class RedisGroupTaps:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def add(self, group_id: int, player_id: str, day: int, panel: Panel | None) -> bool:
        """Adds a tap; says whether it is the first since the last batch was taken."""
        with available():
            pipe = self.client.pipeline(transaction=True)
            pipe.exists(WAITING)
            pipe.hincrby(WAITING, f"t:{group_id}:{day}:{player_id}", 1)
            if panel:
                pipe.hset(WAITING, f"p:{group_id}", f"{panel.message_id}:{panel.language}")
            return not pipe.execute()[0]

    def take(self) -> TapBatch | None:
        """The batch to save: the one that was not finished, else all that waits; None where there is nothing.

        Only one caller at a time may take and finish.
        """
        with available():
            if not self.client.exists(BATCH):
                try:
                    self.client.rename(WAITING, BATCH)
                except ResponseError:  # there is no such key: nobody has tapped
                    return None
            self.client.hsetnx(BATCH, "id", secrets.token_hex(8))
            return _batch(self.client.hgetall(BATCH))

    def finish(self) -> None:
        """Drops the batch that was taken: it is saved."""
        with available():
            self.client.delete(BATCH)


def _batch(fields: dict[str, str]) -> TapBatch:
    taps: dict[int, dict[tuple[str, int], int]] = {}
    panels = {}
    for name, value in fields.items():
        kind, _, rest = name.partition(":")
        if kind == "t":
            group_id, day, player_id = rest.split(":")
            taps.setdefault(int(group_id), {})[player_id, int(day)] = int(value)
        elif kind == "p":
            message_id, _, language = value.partition(":")
            panels[int(rest)] = Panel(int(message_id), language)
    return TapBatch(fields["id"], taps, panels)
