"""What a profile and the boards of friends and the past show of a player beside their name."""

from __future__ import annotations

import pytest
from support.fakes.ports import MemoryGame
from support.game import Player
from tapstack.goals import claims
from tapstack.leaderboards.model import Fame
from tapstack.platform.errors import StoreUnavailable


def profile(player: Player) -> dict[str, object]:
    return dict(player.game.call("players", "GET", "/players/me", headers=player.headers).body)


def test_profile_has_the_highest_claimed_tier_of_each_achievement_with_its_rarity(game: MemoryGame) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(1_000)
    bob.tap(1)
    assert profile(ada)["achievements"] == []
    for tier in (1, 2):
        claims.claim(game.stores, ada.id, f"c#ach#taps#{tier}")
    assert profile(ada)["achievements"] == [{"achievement": "taps", "tier": 2, "permille": 500}]
    assert profile(bob)["achievements"] == []


def test_profile_is_there_while_achievements_can_not_be_told(game: MemoryGame) -> None:
    ada = game.sign_in(1)

    def unavailable(*_: object) -> None:
        raise StoreUnavailable("away", retry_after_s=1)

    game.stores.live_goals.holders = unavailable  # type: ignore[assignment,method-assign]
    found = profile(ada)
    assert found["id"] == ada.id
    assert "achievements" not in found


def test_friends_see_the_title_and_the_looks_that_are_worn(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.stores.players.show_title(ada.id, "title_fox", 1, "colour_mint frame_rope")
    assert (profile(ada)["title"], profile(ada)["looks"]) == ("title_fox", "colour_mint frame_rope")
    board = game.call("players", "GET", "/leaderboard/friends", headers=ada.headers).body
    assert [(row["title"], row["looks"]) for row in board["entries"]] == [("title_fox", "colour_mint frame_rope")]


def test_hall_of_fame_shows_the_title_that_is_worn_now(game: MemoryGame, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    game.stores.players.show_title(ada.id, "title_fox", 1, "frame_rope")
    best = Fame([(ada.id, 9, "2026-W40"), (bob.id, 8, "2026-W41")])
    monkeypatch.setattr(game.stores.archive, "fame", lambda *_: best)
    weeks = game.call("leaderboard", "GET", "/leaderboard/fame").body["week"]
    assert [(row.get("title"), row.get("looks")) for row in weeks] == [("title_fox", "frame_rope"), (None, None)]
