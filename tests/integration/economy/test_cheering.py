"""Cheering friends, over real stores: once a day each, and the friend hears of it."""

from __future__ import annotations

from typing import Any

import pytest
from support.economy_faults import insist
from support.game import Answer, Game, Player
from support.racing import ManualClock, race
from tapstack.economy import cheering
from tapstack.economy.performing import whole
from tapstack.moderation import status
from tapstack.platform.calendar import DAY_MS
from tapstack.players.model import ModerationStatus
from tapstack.privacy.erasure import erase


def invited(game: Game, user_id: int, by: Player) -> Player:
    return game.sign_in(user_id, start_param=f"ref_{by.opened['player']['ref_code']}")


def cheer(player: Player, friend_id: str) -> Answer:
    places = {"player": friend_id}
    return player.game.call("economy", "POST", "/friends/{player}/cheer", headers=player.headers, places=places)


def inbox(player: Player) -> list[dict[str, Any]]:
    answer = player.game.call("players", "GET", "/notifications", headers=player.headers)
    assert answer.status == 200, answer
    return list(answer.body["entries"])


def cheers(player: Player) -> list[list[str]]:
    return [[one["id"] for one in row["people"]] for row in inbox(player) if row["kind"] == "cheer"]


def tally(game: Game, player: Player) -> int:
    tallies = whole(game.stores, player.id).holdings.wallet.tallies
    return tallies["cheers"].total if "cheers" in tallies else 0


def test_cheer_is_found_by_the_friend_and_counted_for_the_player(game: Game) -> None:
    ada = game.sign_in(1)
    bob = invited(game, 2, ada)
    first = cheer(ada, bob.id)
    assert (first.status, first.body["friend"]) == (200, bob.id)
    assert first.body["again_at_ms"] % DAY_MS == 0
    assert cheer(ada, bob.id).body == first.body
    assert cheer(bob, ada.id).status == 200
    assert (tally(game, ada), tally(game, bob)) == (1, 1)
    assert cheers(bob) == [[ada.id]]
    assert cheers(ada) == [[bob.id]]


def test_32_threads_cheer_once(game: Game) -> None:
    ada = game.sign_in(1)
    bob = invited(game, 2, ada)
    answers = race(32, lambda _: insist(lambda: cheering.cheer(game.stores, ada.id, bob.id)))
    assert set(answers) == {answers[0]}
    assert tally(game, ada) == 1
    assert cheers(bob) == [[ada.id]]


def test_friend_can_be_cheered_again_on_the_next_day(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    bob = invited(timed_game, 2, ada)
    before = cheer(ada, bob.id).body
    clock.advance((before["again_at_ms"] - clock()) // 1_000 + 1)
    ada = timed_game.sign_in(1)
    after = cheer(ada, bob.id).body
    assert after["at_ms"] > before["at_ms"]
    assert tally(timed_game, ada) == 2


@pytest.mark.parametrize(
    ("whom", "refusal"),
    [("stranger", (403, "not_friends")), ("self", (403, "not_friends")), ("nobody", (404, "friend_unknown"))],
)
def test_only_friends_can_be_cheered(game: Game, whom: str, refusal: tuple[int, str]) -> None:
    ada, stranger = game.sign_in(1), game.sign_in(2)
    answer = cheer(ada, {"stranger": stranger.id, "self": ada.id, "nobody": "0" * 16}[whom])
    assert (answer.status, answer.body["error"]["code"]) == refusal
    assert inbox(stranger) == inbox(ada) == []


@pytest.mark.parametrize("friend_id", ["x", "../me", "F" * 16, "0" * 17])
def test_path_that_names_no_player_is_refused(game: Game, friend_id: str) -> None:
    assert cheer(game.sign_in(1), friend_id).status == 404


def test_friend_of_a_friend_is_no_friend(game: Game) -> None:
    ada = game.sign_in(1)
    cy = invited(game, 3, invited(game, 2, ada))
    assert cheer(ada, cy.id).status == 403


def test_cheer_of_somebody_whom_nobody_sees_is_not_heard(game: Game) -> None:
    ada = game.sign_in(1)
    bob = invited(game, 2, ada)
    status.set_status(game.stores, ada.id, ModerationStatus.SHADOW)
    assert cheer(ada, bob.id).status == 200
    assert cheers(bob) == []
    assert cheer(bob, ada.id).status == 403


def test_erased_or_hidden_cheerer_vanishes_from_an_inbox(game: Game) -> None:
    ada = game.sign_in(1)
    bob, cy = invited(game, 2, ada), invited(game, 3, ada)
    for friend in (bob, cy):
        assert cheer(friend, ada.id).status == 200
    erase(game.stores, bob.id)
    assert cheers(ada) == [[cy.id]]
    status.set_status(game.stores, cy.id, ModerationStatus.BANNED)
    assert cheers(ada) == []


def test_friends_board_says_who_was_cheered_today(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    bob, cy = invited(timed_game, 2, ada), invited(timed_game, 3, ada)
    for player in (ada, bob, cy):
        player.tap(10)
    cheer(ada, bob.id)
    assert _cheered(ada) == {bob.id: True, cy.id: False}
    clock.advance(DAY_MS // 1_000)
    assert _cheered(timed_game.sign_in(1)) == {bob.id: False, cy.id: False}


def _cheered(player: Player) -> dict[str, bool]:
    board = player.game.call("players", "GET", "/leaderboard/friends", headers=player.headers).body
    return {row["id"]: row["cheered"] for row in board["entries"] if row["relation"] != "own"}
