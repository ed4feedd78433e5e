"""The league over real stores: from a closed week to divisions, and to what a player sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boto3
import pytest
from support.dynamo_stores import DynamoStores
from support.game import Game, MakeGame, Player
from support.permissions import running
from support.racing import race
from support.timed import NOON, Clock, patient, session_of, tap
from support.traces import traces
from tapstack.leaderboards import periods
from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.archive import AFTER_MS
from tapstack.league import keeping
from tapstack.league.dynamo_league import LeagueStore
from tapstack.league.leaving import leave
from tapstack.league.model import Division, League, Moved, Seat
from tapstack.moderation import status
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import StoreUnavailable
from tapstack.players import accounts
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import bucket_of
from tapstack.privacy.export import export

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


def all_divisions(game: Game) -> list[Division]:
    league = game.stores.league.current()
    return list(game.stores.league.all(league)) if league else []


def seated_league(game: Game, clock: Clock, count: int) -> list[Player]:
    """Players who all tapped last week, the first one most, and now are in one division."""
    found = players(game, count)
    for n, player in enumerate(found):
        tap(game, player.id, session_of(game, player), 100 - n)
    clock.now_ms = Period.WEEK.start_ms(WEEK + 1) + AFTER_MS
    keep(game.stores)
    return found


def test_players_with_as_many_taps_are_in_the_order_of_the_board(game: Game, clock: Clock) -> None:
    found = seated_league(game, clock, 6)
    for player in reversed(found):
        clock.now_ms += 1_000
        tap(game, player.id, session_of(game, player), 200)
        tap(game, player.id, session_of(game, player), 100 + 50)
    rows = view(game, found[0])["division"]["rows"]
    board = game.stores.period_boards.top(Period.WEEK, WEEK + 1, 50).rows
    assert [(row["id"], row["clicks"]) for row in rows] == board
    clock.now_ms = Period.WEEK.start_ms(WEEK + 2) + AFTER_MS
    keep(game.stores)
    (division,) = all_divisions(game)
    assert list(division.members) == [player_id for player_id, _ in board]


def test_hidden_player_is_seen_by_nobody_but_themselves(game: Game, clock: Clock) -> None:
    ada, bob, cy = seated_league(game, clock, 3)
    for player in (ada, bob):
        tap(game, player.id, session_of(game, player), 120)
    status.set_status(game.stores, bob.id, ModerationStatus.SHADOW)
    assert [row["id"] for row in view(game, cy)["division"]["rows"]] == [ada.id, cy.id]
    own = view(game, bob)["division"]
    assert (own["rank"], [row["id"] for row in own["rows"]]) == (1, [bob.id, ada.id, cy.id])


def test_erased_player_leaves_the_league(game: Game, clock: Clock) -> None:
    ada, bob = seated_league(game, clock, 2)
    running("maintenance")(leave)(game.stores, bob.id)
    assert [row["id"] for row in view(game, ada)["division"]["rows"]] == [ada.id]
    assert view(game, bob)["status"] == "outside"
    leave(game.stores, bob.id)
    (division,) = all_divisions(game)
    assert division.members.keys() == {ada.id}
    game.stores.redis.flushall()
    with pytest.raises(StoreUnavailable):  # nobody knows any more where the player sits
        leave(game.stores, ada.id)


def test_names_and_titles_of_a_division_are_read_once_in_a_while_not_after_an_erasure(game: Game, clock: Clock) -> None:
    ada, bob = seated_league(game, clock, 2)
    accounts.rename(game.stores, bob.id, "countess")
    game.stores.players.show_title(bob.id, "title_fox", 1, "frame_rope")
    seen = [(row["username"], row.get("title"), row.get("looks")) for row in view(game, ada)["division"]["rows"]]
    assert seen == [(None, None, None), ("countess", "title_fox", "frame_rope")]
    assert traces(game.stores, ["countess"])["countess"] != []
    running("maintenance")(leave)(game.stores, bob.id)
    assert not [where for where in traces(game.stores, ["countess"])["countess"] if where.startswith("redis league")]


def test_export_names_the_division(game: Game, clock: Clock) -> None:
    (ada,) = seated_league(game, clock, 1)
    assert running("players")(export)(game.stores, ada.id)["league"] == {"tier": "bronze", "division": 1}


def test_league_survives_the_loss_of_redis(game: Game, clock: Clock) -> None:
    ada, bob, cy = seated_league(game, clock, 3)
    tap(game, cy.id, session_of(game, cy), 200)
    game.run("sync")
    before = view(game, ada)
    game.stores.redis.flushall()
    assert view(game, ada)["status"] == "closing"
    assert keep(game.stores) is None
    assert view(game, ada)["status"] == "closing"  # the boards come first
    game.run("sync")
    keep(game.stores)
    assert view(game, ada) == before


def test_two_runs_at_once_seat_everybody_once(game: Game, clock: Clock) -> None:
    seated_league(game, clock, 2)
    week = WEEK + 1
    ids = [f"{n:016x}" for n in range(120)]
    for key, player_id in ((keys.newcomers(Period.WEEK, week, 16)[bucket_of(i, 16)], i) for i in ids):
        game.stores.redis.sadd(key, player_id)
    race(4, lambda _: keep(game.stores))
    keep(game.stores)
    divisions = all_divisions(game)
    listed = [i for division in divisions for i in division.members]
    assert sorted(i for i in listed if i in ids) == ids
    assert [len(division.members) for division in divisions] == [50, 50, 22]
    assert game.stores.live_league.seated(week, ids) == set(ids)


def test_league_costs_a_reader_a_few_round_trips(game: Game, clock: Clock, calls: list[str]) -> None:
    found = seated_league(game, clock, 3)
    view(game, found[0])
    player = found[0].reopen()
    asked = game.stores.redis.info("commandstats")
    calls.clear()
    assert game.call("leaderboard", "GET", "/league", headers=player.headers).status == 200
    assert calls == []  # who is in the division, and their names, are kept for a while
    after = game.stores.redis.info("commandstats")
    made = {name: after[name]["calls"] - asked.get(name, {"calls": 0})["calls"] for name in after}
    assert made.get("cmdstat_zscore") == 2
    assert made.get("cmdstat_hget") == 1


def test_division_of_fifty_fits_into_two_write_units(game: Game) -> None:
    league = League(WEEK, "0123456789ab", 5)
    members = {f"{n:016x}": Moved.NEW for n in range(50)}
    game.stores.league.put_all(league, [Division(Seat(0, 1_999), members)])
    (item,) = (i for i in raw_items(game) if i["league"]["S"] != "current")
    assert 1_024 < sum(len(name) + len(str(next(iter(value.values())))) for name, value in item.items()) < 2_048


def raw_items(game: Game) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = boto3.client("dynamodb").scan(TableName=game.stores.settings.tables.league)["Items"]
    return found


def test_store_keeps_divisions_and_lets_one_of_two_change_them(dynamo_stores: DynamoStores) -> None:
    store = LeagueStore(dynamo_stores.tables)
    league = League(WEEK, "aaaa", 2)
    assert store.current() is None
    first, second = (Division(Seat(0, n), {f"p{n}": Moved.DOWN, f"q{n}": Moved.NEW}) for n in (1, 2))
    silver = Division(Seat(1, 1), {"s": Moved.UP, "t": Moved.STAYED})
    store.put_all(league, [first, second, silver])
    assert store.publish(league)
    assert not store.publish(League(WEEK, "bbbb", 2))
    assert not store.publish(League(WEEK - 1, "cccc", 2))
    assert store.current() == league
    assert [(d.seat, d.members) for d in store.all(league)] == [(d.seat, d.members) for d in (first, second, silver)]
    assert list(store.all(League(WEEK, "bbbb", 2))) == []
    last = store.last(league, 0)
    assert last == replace(second, version=1) == store.get(league, Seat(0, 2))
    assert store.last(league, 4) is None
    assert store.replace(league, replace(last, members={"x": Moved.NEW}))
    assert not store.replace(league, replace(last, members={"y": Moved.NEW}))
    assert store.replace(league, Division(Seat(0, 3), {"z": Moved.NEW}))
    assert not store.replace(league, Division(Seat(0, 3), {"y": Moved.NEW}))
    changed = store.get(league, Seat(0, 2))
    assert changed and list(changed.members) == ["x"]
    assert store.open_tiers(replace(league, tiers_open=3))
    assert not store.open_tiers(League(WEEK, "bbbb", 5))
    assert store.publish(League(WEEK + 1, "dddd", 1))
