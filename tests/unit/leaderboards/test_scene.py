"""Boards by other metrics than taps, in the chat."""

from __future__ import annotations

from typing import Any

import pytest
from support.fakes.ports import MemoryGame, memory_game
from tapstack.bot import router
from tapstack.economy.commands import Grant
from tapstack.economy.performing import carry_out

SENDER = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"}
MESSAGE = {"message_id": 7, "date": 1_800_000_000, "chat": {"id": 5, "type": "private"}, "from": SENDER, "text": "x"}


@pytest.fixture
def game() -> MemoryGame:
    return memory_game()


def press(game: MemoryGame, update_id: int, data: str) -> dict[str, Any]:
    query = {"id": "1", "from": SENDER, "chat_instance": "1", "data": data, "message": MESSAGE}
    return router.answer(game.stores, {"update_id": update_id, "callback_query": query})


def buttons(screen: dict[str, Any]) -> dict[str, str]:
    return {one["text"]: one["callback_data"] for row in screen["reply_markup"]["inline_keyboard"] for one in row}


def test_boards_by_metric_show_the_best_and_lead_to_one_another(game: MemoryGame) -> None:
    ada, bob = game.sign_in(5), game.sign_in(6)
    for player, amount in ((ada, 20), (bob, 30)):
        carry_out(game.stores, player.id, f"test#{amount}", Grant(account="mint:tests", xp=amount))
    found = buttons(press(game, 1, "leaderboard:open"))
    coins = press(game, 2, found["🏆 More boards"])
    assert coins["text"].startswith("🏆 <b>Coins earned</b> · All time")
    assert "Nobody is here yet" in coins["text"]
    xp = press(game, 3, buttons(coins)["XP"])
    lines = xp["text"].splitlines()
    assert "🥇" in lines[2]
    assert lines[2].endswith("· 30")
    assert lines[3].startswith("<b>🥈")
    assert lines[3].endswith("← you</b>")
    week = press(game, 4, buttons(xp)["This week"])
    assert week["text"].startswith("🏆 <b>XP</b> · This week")


@pytest.mark.parametrize("argument", ["", ":", ":taps-all", ":coins-decade", ":<b>-<i>"])
def test_board_that_is_none_shows_the_first(game: MemoryGame, argument: str) -> None:
    game.sign_in(5)
    assert "Coins earned</b> · All time" in press(game, 1, f"leaderboard:by{argument}")["text"]
