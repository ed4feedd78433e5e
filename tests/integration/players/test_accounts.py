"""Usernames: within the rules, and one player's only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.game import Answer, Game, Player
from support.racing import race
from support.state import items
from tapstack.platform.clock import system_clock
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.players import accounts
from tapstack.players.rules.names import RENAME_GRACE_S


def rename(player: Player, username: str) -> Answer:
    return player.game.call("players", "PATCH", "/players/me", {"username": username}, headers=player.headers)


def names_held(game: Game) -> dict[str, str]:
    return {i["key"]: i["player_id"] for i in items(game, "uniques") if i["key"].startswith("name#")}


def test_account_shows_the_player_and_their_clicks(game: Game) -> None:
    ada = game.sign_in(1, first_name="Ada")
    ada.tap(6)
    body = game.call("players", "GET", "/players/me", headers=ada.headers).body
    assert (body["id"], body["username"], body["display_name"], body["clicks"]) == (ada.id, None, "Ada", 6)
    assert len(body["ref_code"]) == 8


def test_account_carries_the_link_that_friends_come_by(game: Game) -> None:
    ada = game.sign_in(1)
    code = ada.opened["player"]["ref_code"]
    link = f"https://t.me/tapstack_test_bot?startapp=ref_{code}"
    assert ada.opened["player"]["invite_url"] == link
    assert game.call("players", "GET", "/players/me", headers=ada.headers).body["invite_url"] == link
    assert rename(ada, "Ada_1815").body["invite_url"] == link


def test_link_waits_until_somebody_has_learned_the_bots_name(make_game: Callable[..., Game]) -> None:
    game = make_game(TELEGRAM_BOT_USERNAME="")
    assert game.sign_in(1).opened["player"]["invite_url"] is None
    game.stores.conversation_cache.keep_bot_name("learned_bot")
    assert game.sign_in(1).opened["player"]["invite_url"].startswith("https://t.me/learned_bot?startapp=ref_")


def test_username_is_kept_as_given_and_for_good(game: Game) -> None:
    ada = game.sign_in(1)
    answer = rename(ada, "Ada_1815")
    assert (answer.status, answer.body["username"]) == (200, "Ada_1815")
    assert rename(ada, "Ada_1815").status == 200
    assert game.sign_in(1).opened["player"]["username"] == "Ada_1815"
    assert names_held(game) == {"name#ada_1815": ada.id}


def test_username_of_another_is_refused_in_any_case(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    rename(ada, "Ada")
    for name in ("Ada", "ADA", "ada"):
        taken = rename(bob, name)
        assert (taken.status, taken.body["error"]["code"]) == (409, "username_taken")
        assert taken.body["error"]["data"] == {"username": name}
    assert game.call("players", "GET", "/players/me", headers=bob.headers).body["username"] is None


def test_own_username_can_change_its_case(game: Game) -> None:
    ada = game.sign_in(1)
    rename(ada, "ada")
    assert rename(ada, "ADA").body["username"] == "ADA"
    assert names_held(game) == {"name#ada": ada.id}


def test_username_given_up_is_free_for_others_after_a_grace_time(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    rename(ada, "first")
    rename(ada, "second")
    assert rename(bob, "FIRST").status == 409
    game.stores.players.clock = lambda: system_clock() + (RENAME_GRACE_S + 1) * 1_000
    assert rename(bob, "FIRST").status == 200
    assert names_held(game) == {"name#first": bob.id, "name#second": ada.id}


def test_name_is_proposed_as_long_as_it_could_be_taken(game: Game) -> None:
    def proposed() -> str:
        return str(game.sign_in(3, first_name="Боб").opened["newcomer"]["proposed_username"])

    assert proposed() == "bob"
    ada = game.sign_in(1)
    rename(ada, "BOB")
    numbered = proposed()
    assert numbered.startswith("bob")
    assert numbered != "bob"
    rename(ada, "Ada")
    assert proposed() == numbered
    game.stores.players.clock = lambda: system_clock() + (RENAME_GRACE_S + 1) * 1_000
    assert proposed() == "bob"
    assert rename(game.sign_in(3), "bob").status == 200
    assert "newcomer" not in game.sign_in(3).opened


def test_username_that_16_want_at_once_goes_to_one(game: Game) -> None:
    wanting = [game.sign_in(n) for n in range(1, 17)]
    names = ["Lovelace", "lovelace", "LOVELACE", "loveLACE"]

    def want(n: int) -> str | None:
        try:
            return accounts.rename(game.stores, wanting[n].id, names[n % 4])[0].id
        except (Conflict, StoreUnavailable):
            return None

    winners = [player_id for player_id in race(16, want) if player_id]
    assert len(winners) == 1
    assert names_held(game) == {"name#lovelace": winners[0]}
    named = [item["id"] for item in items(game, "players") if "username" in item]
    assert named == winners


def test_renames_of_one_player_at_once_leave_one_name_held(game: Game) -> None:
    """One that began after another had ended leaves that one's name in reserve, as any rename does."""
    ada = game.sign_in(1)

    def choose(n: int) -> None:
        try:
            accounts.rename(game.stores, ada.id, f"name_{n}")
        except (Conflict, StoreUnavailable):
            pass

    race(8, choose)
    (account,) = items(game, "players")
    in_use = [i["key"] for i in items(game, "uniques") if i["key"].startswith("name#") and "held_until_s" not in i]
    assert in_use == [f"name#{account['username']}"]


def test_rename_of_an_account_that_has_changed_since_it_was_read_is_put_off(game: Game) -> None:
    """Done blindly, it would leave the first name held for good by somebody who has it no more."""
    ada = game.sign_in(1)
    stale = game.stores.players.get(ada.id)
    game.stores.players.rename(stale, "first")
    with pytest.raises(StoreUnavailable):
        game.stores.players.rename(stale, "second")
    assert names_held(game) == {"name#first": ada.id}
    assert game.stores.players.get(ada.id).username == "first"
