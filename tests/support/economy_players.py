"""Players of the economy over real stores."""

from __future__ import annotations

from tapstack.economy.commands import Grant
from tapstack.economy.performing import carry_out
from tapstack.play import redis_keys as keys
from tapstack.players.rules.identity import bucket_of

from support.game import TestContainer


def give_taps(stores: TestContainer, player_id: str, paid_taps: int) -> None:
    """Leaves paid taps in Redis, as the tap script does."""
    name = keys.player(bucket_of(player_id, stores.settings.play.buckets), player_id)
    stores.redis.hset(name, mapping={"c": paid_taps, "pt": paid_taps, "at": stores.clock()})


def give(stores: TestContainer, player_id: str, coin: int = 0, **goods: int) -> None:
    """Grants coins and goods."""
    grant = Grant(account="mint:tests", coin=coin, goods=goods)
    carry_out(stores, player_id, f"test#{coin}-{sorted(goods.items())}", grant)
