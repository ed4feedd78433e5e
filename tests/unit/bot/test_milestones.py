"""One message for a milestone, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.fakes.ports import MemoryGame
from tapstack.bot import milestones
from tapstack.play.model import Counter
from tapstack.players.model import ModerationStatus
from tapstack.telegram.model import Chat

START = {
    "message_id": 1,
    "date": 1_800_000_000,
    "chat": {"id": 5, "type": "private", "first_name": "Ada"},
    "from": {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"},
    "text": "/start",
}


@pytest.fixture
def ada(game: MemoryGame) -> str:
    """A player with a chat; returns their id."""
    player = game.sign_in(5)
    assert game.stores.conversations.save(Chat(5), 0)
    return player.id


def saved(game: MemoryGame, player_id: str, clicks: int) -> list[dict[str, Any]]:
    """What the outbox has got once a sync has saved so many clicks: every call ever, by its key."""
    milestones.celebrate(game.stores, [Counter(player_id, clicks, 0, 0)])
    return [call for key, call in game.stores.outbox.calls.items() if key.startswith("milestone-")]


def test_milestone_is_told_once_with_an_effect(game: MemoryGame, ada: str) -> None:
    assert saved(game, ada, 99) == []
    (call,) = saved(game, ada, 101)
    assert (call["chat_id"], call["message_effect_id"]) == (5, milestones.EFFECT)
    assert "100 taps!" in call["text"]
    game.stores.outbox.calls.clear()
    assert saved(game, ada, 102) == []


def test_redis_that_was_wiped_and_rebuilt_tells_nothing_again(game: MemoryGame, ada: str) -> None:
    assert len(saved(game, ada, 1_000_003)) == 1
    game.stores.milestones.seen.clear()
    game.stores.outbox.calls.clear()
    assert saved(game, ada, 1_000_010) == []


def test_score_that_was_corrected_down_reaches_no_milestone_twice(game: MemoryGame, ada: str) -> None:
    assert len(saved(game, ada, 1_000_003)) == 1
    game.stores.outbox.calls.clear()
    assert saved(game, ada, 999_990) == []
    assert saved(game, ada, 1_000_001) == []
    assert len(saved(game, ada, 10_000_000)) == 1


def test_score_far_beyond_a_milestone_is_not_celebrated_after_the_event(game: MemoryGame, ada: str) -> None:
    assert saved(game, ada, 5_000) == []
    assert len(saved(game, ada, 10_000)) == 1


@pytest.mark.parametrize("change", [{"notify": False}, {"blocked": True}])
def test_chat_that_does_not_want_it_hears_nothing_not_even_later(
    game: MemoryGame, ada: str, change: dict[str, bool]
) -> None:
    chat = game.stores.conversations.get(5)
    for name, value in change.items():
        setattr(chat, name, value)
    assert game.stores.conversations.save(chat, 0)
    assert saved(game, ada, 100) == []
    chat = game.stores.conversations.get(5)
    chat.notify, chat.blocked = True, False
    assert game.stores.conversations.save(chat, 0)
    game.stores.milestones.seen.clear()
    assert saved(game, ada, 101) == []


def test_player_without_a_chat_and_one_who_is_gone_hear_nothing(game: MemoryGame) -> None:
    bob = game.sign_in(6)
    assert saved(game, bob.id, 100) == []
    assert game.stores.conversations.get(6).version == 0
    assert saved(game, "0" * 16, 100) == []


def test_banned_player_is_not_congratulated(game: MemoryGame, ada: str) -> None:
    accounts = game.stores.players.accounts
    accounts[ada] = replace(accounts[ada], status=ModerationStatus.BANNED)
    assert saved(game, ada, 100) == []


def test_chat_that_is_changed_meanwhile_is_told_by_the_next_sync(
    game: MemoryGame, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(game.stores.conversations, "save", lambda *_: False)
        saved(game, ada, 100)
        assert game.stores.milestones.seen == {}
    assert len(saved(game, ada, 101)) == 1
    assert game.stores.conversations.get(5).milestone == 100
