"""An inviter is told of who comes by their link, to the Mini App as to the chat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.fakes.ports import MemoryGame
from support.game import Player
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.limits import COOLDOWNS
from tapstack.players.joining import tell_inviter


def come(game: MemoryGame, *, by: Player, telegram_id: int = 2, name: str = "Боб") -> Player:
    """Somebody opens the Mini App by a player's link."""
    return game.sign_in(telegram_id, first_name=name, start_param=f"ref_{by.opened['player']['ref_code']}")


def told(game: MemoryGame) -> list[dict[str, Any]]:
    return list(game.stores.outbox.calls.values())


def test_inviter_is_told_once_who_has_joined_through_the_mini_app(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    for _ in range(2):
        come(game, by=ada)
    (message,) = told(game)
    assert message["chat_id"] == 1
    assert "<b>Боб</b>" in message["text"]


def test_name_of_the_new_player_is_text_and_no_link(game: MemoryGame) -> None:
    come(game, by=game.sign_in(1), name="<a> t.me/spam")
    (message,) = told(game)
    assert "&lt;a&gt; t me spam" in message["text"]


@pytest.mark.parametrize(
    "mute", [{"notify": False}, {"blocked": True}, {"muted": ["friend"]}], ids=["muted", "blocked", "not of friends"]
)
def test_inviter_who_wants_no_messages_gets_none(game: MemoryGame, mute: dict[str, Any]) -> None:
    ada = game.sign_in(1)
    chat = game.stores.conversations.get(1)
    for name, value in mute.items():
        setattr(chat, name, value)
    assert game.stores.conversations.save(chat, 0)
    come(game, by=ada)
    assert told(game) == []


@pytest.mark.parametrize("param", ["ref_nobodyat", "ref_", "ref_x y", "x" * 512])
def test_forged_link_signs_in_and_tells_nobody(game: MemoryGame, param: str) -> None:
    bob = game.sign_in(2, start_param=param)
    assert bob.opened["newcomer"]["invited_by"] is None
    assert told(game) == []


def test_own_link_and_a_link_after_the_first_visit_tell_nobody(game: MemoryGame) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    come(game, by=ada, telegram_id=1)
    come(game, by=bob, telegram_id=1)
    assert told(game) == []


def test_inviter_of_hundreds_is_told_of_the_first_ones_only(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    game.stores.limiter.left["joined"] = COOLDOWNS["joined"].burst
    for telegram_id in range(2, 2 + 3 * COOLDOWNS["joined"].burst):
        come(game, by=ada, telegram_id=telegram_id)
    assert len(told(game)) == COOLDOWNS["joined"].burst
    assert {who for what, who, _ in game.stores.limiter.spent if what == "joined"} == {ada.id}


def test_sign_in_does_not_fail_where_the_inviter_cannot_be_told(
    game: MemoryGame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: Any, **__: Any) -> bool:
        raise StoreUnavailable("Redis does not answer", retry_after_s=1)

    ada = game.sign_in(1)
    monkeypatch.setattr(game.stores.outbox, "put_once", unavailable)
    assert come(game, by=ada).opened["newcomer"]["invited_by"] == "Ada"


def test_inviter_who_is_gone_is_not_told(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    bob = replace(game.stores.players.get(game.sign_in(2).id), ancestors=(ada.id,))
    del game.stores.players.accounts[ada.id]
    tell_inviter(game.stores, bob)
    assert told(game) == []


def test_list_of_friends_names_the_inviter(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    bob = come(game, by=ada)
    answer = game.call("players", "GET", "/players/me/referrals", headers=bob.headers)
    assert answer.body["invited_by"] == "Ada"
    answer = game.call("players", "GET", "/players/me/referrals", headers=ada.headers)
    assert answer.body["invited_by"] is None


def test_inviter_finds_who_has_joined_in_the_inbox_whatever_the_bot_may_tell(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    chat = game.stores.conversations.get(1)
    chat.notify = False
    assert game.stores.conversations.save(chat, 0)
    bob, cy = come(game, by=ada), come(game, by=ada, telegram_id=3)
    (notice,) = game.stores.inbox.read(ada.id, game.stores.clock()).notices
    assert (notice.kind, notice.people) == ("friend", frozenset({bob.id, cy.id}))


@pytest.mark.parametrize(("quiet_from_h", "silent"), [(0, True), (23, None)])
def test_message_in_quiet_hours_makes_no_sound(game: MemoryGame, quiet_from_h: int, silent: bool | None) -> None:
    ada = game.sign_in(1)
    chat = game.stores.conversations.get(1)
    hour = game.stores.clock() // 3_600_000 % 24
    chat.utc_offset_min, chat.quiet_from_h, chat.quiet_to_h = (12 - hour) * 60, quiet_from_h, 23
    assert game.stores.conversations.save(chat, 0)
    come(game, by=ada)
    (message,) = told(game)
    assert message.get("disable_notification") is silent
