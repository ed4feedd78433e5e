"""Limited stock in shards: where pieces are taken from, so that many buyers at once do not wait for one item.

An offer with few pieces has one shard: more would keep somebody from buying two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

SHARDS = 8
PIECES_A_SHARD = 8
"""At least so many, or there are fewer shards."""


def shards(of: int) -> int:
    """How many shards a stock has."""
    return min(SHARDS, max(1, of // PIECES_A_SHARD))


def room(of: int, shard: int) -> int:
    """How many pieces of a stock are in a shard."""
    count = shards(of)
    return of // count + (shard < of % count)


def own_shard(player_id: str, of: int) -> int:
    """Where a player's pieces are taken from first."""
    return int.from_bytes(hashlib.sha256(player_id.encode()).digest()[:4]) % shards(of)


def first_choice(player_id: str, of: int, count: int) -> dict[int, int] | None:
    """So many pieces from a player's own shard, None where it never has so many."""
    own = own_shard(player_id, of)
    return {own: count} if count <= room(of, own) else None


def choice(player_id: str, of: int, count: int, sold: Mapping[int, int]) -> dict[int, int] | None:
    """So many pieces from the shards that have them, the player's own first; None where all have fewer together."""
    number, start = shards(of), own_shard(player_id, of)
    taken: dict[int, int] = {}
    for shard in ((start + step) % number for step in range(number)):
        here = min(count, max(0, room(of, shard) - sold.get(shard, 0)))
        if here:
            taken[shard] = here
            count -= here
        if not count:
            return taken
    return None


def left(of: int, sold: Mapping[int, int]) -> int:
    """How many pieces of a stock are left."""
    return sum(max(0, room(of, shard) - sold.get(shard, 0)) for shard in range(shards(of)))
