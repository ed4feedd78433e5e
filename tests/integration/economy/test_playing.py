"""The economy over HTTP and real stores: what taps earn, what it buys, and every bad input."""

from __future__ import annotations

from typing import Any

from support.economy import op_at
from support.game import Answer, Game, Player
from tapstack.play import redis_keys as keys
from tapstack.players.rules.identity import bucket_of


def post(player: Player, path: str, body: dict[str, Any] | None = None, op: str | None = None) -> Answer:
    given = {"op": op or op_at(player.game.stores.clock()), **(body or {})}
    return player.game.call("economy", "POST", path, given, headers=player.headers)


def get(player: Player, path: str, **options: Any) -> Any:
    answer = player.game.call("economy", "GET", path, headers=player.headers, **options)
    assert answer.status == 200, answer
    return answer.body


def rich(player: Player, taps: int = 400) -> Player:
    """A player with paid taps, as the tap script counts them."""
    stores = player.game.stores
    stores.redis.hset(keys.player(bucket_of(player.id, stores.settings.play.buckets), player.id), "pt", taps)
    return player


def test_taps_become_coins_and_coins_a_spoon_once(game: Game) -> None:
    ada = rich(game.sign_in(1))
    seen = get(ada, "/economy")
    assert (seen["balances"]["coin"], seen["pending"], seen["xp"], seen["tier"]["id"]) == (0, 400, 400, "rookie")
    assert seen["tier"]["next"]["missing"] == 1_600
    assert post(ada, "/economy/settle").body["settled"] == 400
    op = op_at(game.stores.clock())
    first = post(ada, "/shop/buy", {"offer": "always.wooden_spoon", "price": 400}, op)
    again = post(ada, "/shop/buy", {"offer": "always.wooden_spoon", "price": 400}, op)
    assert first.status == 200, first
    assert first.body == again.body
    assert first.body["balances"] == {"coin": 0, "gem": 0}
    [piece] = get(ada, "/inventory")["pieces"]
    assert (piece["id"], piece["item"]) == (first.body["pieces"][0], "wooden_spoon")
