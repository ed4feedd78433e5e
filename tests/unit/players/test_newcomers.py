"""What a player without a username is met with when they sign in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.fakes.ports import MemoryGame
from support.game import Player
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.model import ModerationStatus
from tapstack.players.newcomers import newcomer


def invited(game: MemoryGame, *, by: Player, telegram_id: int = 2) -> Player:
    return game.sign_in(telegram_id, start_param=f"ref_{by.opened['player']['ref_code']}")


def test_session_proposes_the_telegram_name_until_there_is_a_username(game: MemoryGame) -> None:
    bob = game.sign_in(1, first_name="Боб")
    assert bob.opened["newcomer"] == {"proposed_username": "bob", "invited_by": None}
    game.stores.players.rename(game.stores.players.get(bob.id), "bob")
    assert "newcomer" not in game.sign_in(1).opened


def test_proposal_is_numbered_where_the_name_is_taken_in_any_case(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    game.stores.players.rename(game.stores.players.get(ada.id), "BOB")
    proposed = game.sign_in(2, first_name="Боб").opened["newcomer"]["proposed_username"]
    assert proposed.startswith("bob")
    assert proposed[3:].isdigit()


def test_nothing_is_proposed_while_names_cannot_be_checked(game: MemoryGame, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(_: object) -> set[str]:
        raise StoreUnavailable("DynamoDB does not answer", retry_after_s=1)

    monkeypatch.setattr(game.stores.players, "taken_usernames", unavailable)
    assert game.sign_in(1).opened["newcomer"]["proposed_username"] is None


def test_invited_player_sees_who_has_invited_them_without_links(game: MemoryGame) -> None:
    spammer = game.sign_in(1, first_name="FREE t.me/spam")
    bob = invited(game, by=spammer)
    assert bob.opened["newcomer"]["invited_by"] == "FREE t me spam"


def test_inviter_who_is_banned_or_gone_is_not_named(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    bob = game.stores.players.get(invited(game, by=ada).id)
    accounts = game.stores.players.accounts
    accounts[ada.id] = replace(accounts[ada.id], status=ModerationStatus.BANNED)
    assert (met := newcomer(game.stores, bob)) and met.invited_by is None
    del accounts[ada.id]
    assert (met := newcomer(game.stores, bob)) and met.invited_by is None
