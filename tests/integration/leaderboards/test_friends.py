"""The friends' board: who invited me, and whom I invited."""

from __future__ import annotations

import pytest
from support.game import Game, Player
from tapstack.leaderboards import friends
from tapstack.moderation import status
from tapstack.players.model import ModerationStatus


def invited(game: Game, user_id: int, by: Player) -> Player:
    return game.sign_in(user_id, start_param=f"ref_{by.opened['player']['ref_code']}")


def board(game: Game, player: Player) -> list[tuple[int, str, int, str]]:
    answer = game.call("players", "GET", "/leaderboard/friends", headers=player.headers)
    assert answer.status == 200, answer
    assert answer.body["complete"]
    return [(e["rank"], e["id"], e["clicks"], e["relation"]) for e in answer.body["entries"]]


def test_friends_are_ranked_and_strangers_are_not_there(game: Game) -> None:
    ada = game.sign_in(1)
    bob, cy = invited(game, 2, ada), invited(game, 3, ada)
    dan, stranger, idle = invited(game, 4, bob), game.sign_in(5), invited(game, 6, bob)
    for player, taps in ((ada, 10), (bob, 20), (cy, 30), (dan, 5), (stranger, 40)):
        assert player.tap(taps).status == 200
    assert board(game, ada) == [
        (1, cy.id, 30, "invited"),
        (2, bob.id, 20, "invited"),
        (3, ada.id, 10, "own"),
    ]
    assert board(game, bob) == [(1, bob.id, 20, "own"), (2, ada.id, 10, "inviter"), (3, dan.id, 5, "invited")]
    assert board(game, stranger) == [(1, stranger.id, 40, "own")]
    assert board(game, idle) == [(1, bob.id, 20, "inviter"), (2, idle.id, 0, "own")]


def test_hidden_friend_is_seen_by_nobody_but_themselves(game: Game) -> None:
    ada = game.sign_in(1)
    bob = invited(game, 2, ada)
    ada.tap(10)
    assert bob.tap(20).body["clicks"] == 20
    status.set_status(game.stores, bob.id, ModerationStatus.SHADOW)
    assert board(game, ada) == [(1, ada.id, 10, "own")]
    assert board(game, bob) == [(1, bob.id, 20, "own"), (2, ada.id, 10, "inviter")]


def test_player_of_many_friends_is_told_that_these_are_not_all(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(friends, "MOST", 2)
    ada = game.sign_in(1)
    for user_id in (2, 3, 4):
        invited(game, user_id, ada).tap(user_id)
    found = game.call("players", "GET", "/leaderboard/friends", headers=ada.headers).body
    assert len(found["entries"]) == 3
    assert not found["complete"]
