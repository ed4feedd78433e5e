"""The league over real stores: from a closed week to divisions, and to what a player sees."""

from __future__ import annotations

from typing import Any

import pytest
from support.game import Game, MakeGame, Player
from support.permissions import running
from support.timed import NOON, Clock, patient, session_of, tap
from tapstack.leaderboards import periods
from tapstack.leaderboards.archive import AFTER_MS
from tapstack.league import keeping
from tapstack.platform.calendar import DAY_MS, Period

WEEK = Period.WEEK.number_at(NOON)

keep = running("maintenance")(keeping.keep)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def game(make_game: MakeGame, clock: Clock) -> Game:
    return patient(make_game, clock)


def players(game: Game, count: int) -> list[Player]:
    """Players who are signed in; the boards are whole."""
    found = [game.sign_in(n) for n in range(1, count + 1)]
    game.run("sync")
    return found


def view(game: Game, player: Player) -> dict[str, Any]:
    """What a player gets, with everybody's taps counted; signed in again, as weeks may have passed."""
    periods.rank_changed(game.stores)
    game.functions.pop("leaderboard", None)  # with all that it has kept
    answer = game.call("leaderboard", "GET", "/league", headers=player.reopen().headers)
    assert answer.status == 200, answer
    return dict(answer.body)


def test_closed_week_becomes_divisions_and_newcomers_join_the_last_one(game: Game, clock: Clock) -> None:
    ada, bob, cy = players(game, 3)
    tap(game, ada.id, session_of(game, ada), 10)
    tap(game, bob.id, session_of(game, bob), 12)
    assert view(game, ada)["status"] == "closing"
    clock.now_ms = Period.WEEK.start_ms(WEEK + 1) + AFTER_MS
    assert keep(game.stores) == "2027-W10"
    assert keep(game.stores) is None
    seen = view(game, ada)
    assert (seen["status"], seen["week"]) == ("playing", "2027-W10")
    assert (seen["division"]["tier"], seen["division"]["number"]) == ("bronze", 1)
    assert seen["ends_at_s"] == Period.WEEK.start_ms(WEEK + 2) // 1_000
    assert [(r["id"], r["clicks"]) for r in seen["division"]["rows"]] == [(ada.id, 0), (bob.id, 0)]
    assert view(game, cy)["status"] == "outside"
    tap(game, cy.id, session_of(game, cy), 3)
    assert view(game, cy)["status"] == "entering"
    assert keep(game.stores) is None
    tap(game, bob.id, session_of(game, bob), 13)
    seen = view(game, cy)
    assert (seen["status"], seen["clicks"]) == ("playing", 3)
    assert (seen["division"]["rank"], seen["division"]["moved"]) == (1, "new")
    assert [(r["rank"], r["id"], r["clicks"]) for r in seen["division"]["rows"]] == [
        (1, cy.id, 3),
        (2, bob.id, 1),
        (3, ada.id, 0),
    ]
    clock.now_ms += 7 * DAY_MS
    assert view(game, cy)["status"] == "closing"
