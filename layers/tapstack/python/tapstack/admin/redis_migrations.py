"""How far migrations have come, in Redis: losing it only means to begin again, which changes nothing twice."""

from __future__ import annotations

import json
from typing import Any

from tapstack.admin.model import Checkpoint
from tapstack.platform.redis_client import available
from tapstack.platform.versions import Item, from_json, to_json

KEPT_S = 30 * 86_400


def _key(table: str) -> str:
    return f"migration:{table}"


class RedisCheckpoints:
    """A hash by table: the version, the number of segments, and by segment the key that was reached ("" at its end)."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def read(self, table: str) -> Checkpoint | None:
        """How far an unfinished migration of a table has come, None where there is none."""
        with available():
            found: dict[str, str] = self.client.hgetall(_key(table))
        if not found:
            return None
        version, segments = int(found.pop("version")), int(found.pop("segments"))
        return Checkpoint(version, segments, {int(name): _item(text) for name, text in found.items()})

    def begin(self, table: str, version: int, segments: int) -> None:
        with available():
            pipe = self.client.pipeline(transaction=True)
            pipe.delete(_key(table))
            pipe.hset(_key(table), mapping={"version": version, "segments": segments})
            pipe.expire(_key(table), KEPT_S)
            pipe.execute()

    def record(self, table: str, segment: int, after: Item | None) -> None:
        text = json.dumps({name: to_json(value) for name, value in after.items()}) if after else ""
        with available():
            self.client.hset(_key(table), str(segment), text)

    def clear(self, table: str) -> None:
        with available():
            self.client.delete(_key(table))


def _item(text: str) -> Item | None:
    return {name: from_json(value) for name, value in json.loads(text).items()} if text else None
