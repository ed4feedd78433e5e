"""A release that may come: players earn coins, sessions know their device, accounts join a league.

It keeps to the rules (platform/versions.py). Coins live in a field of the player's hash, which the release before it
saves in `fields`; the device is the fourth element of a session's row, the league an attribute of its own. Its items
are of version 2.
"""

from __future__ import annotations

import json

from tapstack.platform.redis_client import available
from tapstack.platform.versions import Item, Schema
from tapstack.play import redis_keys as keys
from tapstack.play.dynamo_counters import CounterStore
from tapstack.play.redis_play import RedisPlay
from tapstack.play.schemas import COUNTERS
from tapstack.players.rules.identity import bucket_of

DEVICE = "phone"

EARN = """
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
redis.call('SADD', KEYS[2], ARGV[1])
return redis.call('HINCRBY', KEYS[1], 'coins', 1)
"""


def with_devices(item: Item) -> Item:
    """Its upcast: each session's row gets a fourth element. A new attribute says which league a player is in."""
    if "sessions" in item:
        rows = json.loads(item["sessions"]["S"])
        item["sessions"] = {"S": json.dumps({key: [*row[:3], *(row[3:] or [DEVICE])] for key, row in rows.items()})}
    return {**item, "league": item.get("league", {"M": {"name": {"S": "silver"}, "badge": {"B": b"\x00\xff"}}})}


NEXT = Schema("counters", COUNTERS.key, (*COUNTERS.upcasts, with_devices))


class Play(RedisPlay):
    """This release's scripts, and one more."""

    def earn(self, player_id: str) -> int:
        """A coin for a loaded player: how many they have; -1 where they are not loaded."""
        b = bucket_of(player_id, self.buckets)
        with available():
            return int(self.client.eval(EARN, 2, keys.player(b, player_id), keys.DIRTY[b], player_id))

    def coins(self, player_id: str) -> int | None:
        """A loaded player's coins."""
        name = keys.player(bucket_of(player_id, self.buckets), player_id)
        with available():
            found, loaded = self.client.hget(name, "coins"), self.client.exists(name)
        return int(found or 0) if loaded else None


class Counters(CounterStore):
    """Brings items to its own version, as `tapstack migrate` does."""

    def item(self, player_id: str) -> Item | None:
        name = self.tables.name_of(COUNTERS.table)
        found = self.tables.connection.client.get_item(TableName=name, Key={"id": {"S": player_id}})
        item: Item | None = found.get("Item")
        return item

    def migrate(self, player_id: str) -> bool:
        """Upcasts an item that nobody has loaded."""
        item = self.item(player_id)
        if item is None:
            return False
        name = self.tables.name_of(COUNTERS.table)
        self.tables.connection.client.put_item(TableName=name, Item=NEXT.upcast(item))
        return True
