"""Periods that are over: closed once, kept for good, and read again."""

from __future__ import annotations

import pytest
from support.game import Game, MakeGame
from support.permissions import running
from support.timed import NOON, Clock, patient, session_of, tap
from tapstack.leaderboards import archive
from tapstack.leaderboards.archive import AFTER_MS
from tapstack.platform.calendar import DAY_MS, Period

archive_due = running("maintenance")(archive.archive_due)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def game(make_game: MakeGame, clock: Clock) -> Game:
    return patient(make_game, clock)


def test_closed_periods_are_kept_and_read(game: Game, clock: Clock) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    game.run("sync")
    tap(game, ada.id, session_of(game, ada), 10)
    tap(game, bob.id, session_of(game, bob), 12)
    name = "2027-03-03"
    clock.now_ms = Period.DAY.start_ms(NOON // DAY_MS + 1) + AFTER_MS - 1
    tap(game, ada.id, session_of(game, ada), 15)
    assert archive_due(game.stores) == []
    clock.now_ms += 1
    assert archive_due(game.stores) == [name]
    assert archive_due(game.stores) == []
    answer = game.call("leaderboard", "GET", "/leaderboard", query={"period": "day", "name": name})
    assert answer.status == 200, answer
    assert answer.body["closed"]
    assert [(e["rank"], e["id"], e["clicks"]) for e in answer.body["entries"]] == [(1, bob.id, 12), (2, ada.id, 10)]
    listed = game.call("leaderboard", "GET", "/leaderboard/closed", query={"period": "day"}).body
    assert [(e["name"], e["players"], e["best"]["id"]) for e in listed["entries"]] == [(name, 2, bob.id)]
    fame = game.call("leaderboard", "GET", "/leaderboard/fame").body
    assert [(r["rank"], r["id"], r["clicks"], r["name"]) for r in fame["day"]] == [
        (1, bob.id, 12, name),
        (2, ada.id, 10, name),
    ]
    assert fame["week"] == []


def test_hall_of_fame_keeps_the_best_of_all_days(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    game.run("sync")
    session, total = session_of(game, ada), 0
    for new in (3, 9, 5):
        total += new
        tap(game, ada.id, session, total)
        clock.now_ms += DAY_MS
        assert len(archive_due(game.stores)) == 1
    fame = game.call("leaderboard", "GET", "/leaderboard/fame").body["day"]
    assert [(r["clicks"], r["name"]) for r in fame] == [(9, "2027-03-04"), (5, "2027-03-05"), (3, "2027-03-03")]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"period": "day", "name": "2020-01-01"}, 404),
        ({"period": "day", "name": "2027-02-30"}, 400),
        ({"period": "week", "name": "2027-03-03"}, 400),
        ({"period": "all", "name": "2027-03-03"}, 400),
        ({"period": "day", "name": "yesterday"}, 400),
        ({"period": "year", "name": "2020"}, 404),
        ({"period": "year", "name": "2027-03"}, 400),
        ({"period": "decade"}, 400),
    ],
)
def test_period_that_is_not_there_is_refused(game: Game, query: dict[str, str], status: int) -> None:
    assert game.call("leaderboard", "GET", "/leaderboard", query=query).status == status
