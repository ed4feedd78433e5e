"""Boards by what players have besides taps, over HTTP and real stores."""

from __future__ import annotations

from typing import Any

from support.economy import op_at
from support.economy_players import give_taps
from support.game import Game, Player
from support.racing import ManualClock
from tapstack.economy import commands
from tapstack.economy.performing import perform


def board(game: Game, **query: str) -> Any:
    answer = game.call("leaderboard", "GET", "/leaderboard", query=query)
    assert answer.status == 200, answer
    return answer.body


def rows(game: Game, **query: str) -> list[tuple[int, str, int]]:
    return [(e["rank"], e["id"], e["clicks"]) for e in board(game, **query)["entries"]]


def mine(player: Player, **query: str) -> Any:
    answer = player.game.call("leaderboard", "GET", "/leaderboard/me", headers=player.headers, query=query)
    assert answer.status == 200, answer
    return answer.body


def settle(player: Player, paid_taps: int) -> None:
    stores = player.game.stores
    give_taps(stores, player.id, paid_taps)
    perform(stores, player.id, op_at(stores.clock()), commands.Settle())


def test_coins_of_a_week_are_on_the_board_of_the_week(timed_game: Game, clock: ManualClock) -> None:
    ada, bob = timed_game.sign_in(1), timed_game.sign_in(2)
    settle(ada, 300)
    settle(bob, 500)
    found = board(timed_game, metric="coins", period="week")
    assert (found["metric"], found["period"]) == ("coins", "week")
    assert [(e["rank"], e["id"], e["clicks"]) for e in found["entries"]] == [(1, bob.id, 500), (2, ada.id, 300)]
    assert rows(timed_game, metric="xp", period="all") == [(1, bob.id, 500), (2, ada.id, 300)]
    own = mine(ada, metric="coins", period="week")
    assert (own["rank"], own["clicks"], [e["id"] for e in own["around"]]) == (2, 300, [bob.id, ada.id])
