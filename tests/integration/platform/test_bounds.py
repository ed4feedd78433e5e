"""What one player may weigh and cost, and that no number from outside goes beyond what the stores hold exactly."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support.counting import counted
from support.game import Game
from support.identity import init_data
from support.racing import ManualClock
from support.state import bucket, items, player_key, saved_clicks
from tapstack.admin import adjustments, health, verification
from tapstack.cli import cli
from tapstack.cli.game import QUEUES
from tapstack.platform.bounds import (
    KEPT_CLICKS,
    MAX_CLICKS,
    MAX_OPEN_SESSIONS,
    MAX_PLAYER_FIELDS,
    MAX_TAPS,
    MAX_TIME_MS,
    MAX_TOTAL,
    MAX_UPDATE_ID,
)
from tapstack.platform.clock import system_clock
from tapstack.platform.errors import BadRequest, Conflict, StoreUnavailable, TooManyRequests
from tapstack.platform.settings import TableSettings
from tapstack.play import redis_keys as keys
from tapstack.play.cleanup import cleanup
from tapstack.play.model import CountedUpdate, Counter, SessionOpened, SessionState, TapResult
from tapstack.play.rules.periods import Periods, PeriodTotal
from tapstack.play.rules.tap_button import ButtonState
from tapstack.play.saving import save, sync_all
from tapstack.players.rules.identity import bucket_of

PLAYER = "0123456789abcdef"


def plenty() -> int:
    return 60_000


def opens(game: Game, tries: int) -> int:
    """How many new sessions one player can open and end, of so many tries."""
    done = 0
    for _ in range(tries):
        key = uuid.uuid4().hex
        try:
            opened = game.stores.play.open_session(PLAYER, key, start_from=0)
        except TooManyRequests as refusal:
            assert refusal.retry_after_s >= 1
            continue
        assert isinstance(opened, SessionOpened)
        done += game.stores.play.end_session(PLAYER, key)
    return done


# What one player may weigh


def test_new_sessions_have_an_allowance_that_outlives_eviction(timed_game: Game, clock: ManualClock) -> None:
    timed_game.stores.play.load(Counter(PLAYER))
    assert opens(timed_game, 150) == 100
    assert opens(timed_game, 5) == 0
    clock.advance(60)
    assert cleanup(timed_game.stores, plenty).players == 1
    timed_game.stores.play.load(Counter(PLAYER))
    assert opens(timed_game, 5) == 0
    clock.advance(3_600)
    assert opens(timed_game, 30) == 20


def test_day_of_new_sessions_is_580_at_most(timed_game: Game, clock: ManualClock) -> None:
    done = 0
    for _ in range(24):
        timed_game.stores.play.load(Counter(PLAYER))
        done += opens(timed_game, 110)
        clock.advance(60)
        assert cleanup(timed_game.stores, plenty).players == 1
        clock.advance(3_540)
    assert 500 < done <= 580


def test_refusal_of_a_session_says_when_and_changes_nothing(timed_game: Game) -> None:
    ada = timed_game.sign_in(1)
    for n in range(99):
        timed_game.stores.play.open_session(ada.id, f"s{n}", start_from=0)
        timed_game.stores.play.end_session(ada.id, f"s{n}")
    redis = timed_game.stores.redis
    before = redis.hgetall(player_key(ada))
    body, headers = {"session_id": str(uuid.uuid4())}, {"Authorization": f"tma {init_data(1)}"}
    refused = timed_game.call("sessions", "POST", "/sessions", body, headers=headers)
    assert (refused.status, refused.body["error"]["code"]) == (429, "too_many_new_sessions")
    assert 1 <= int(refused.headers["Retry-After"]) <= 180
    assert redis.hgetall(player_key(ada)) == before
    assert ada.tap(3).status == 200


def test_honest_day_of_idling_and_coming_back_costs_nobody_their_sessions(timed_game: Game, clock: ManualClock) -> None:
    """Three devices that fall asleep and come back every two minutes for five hours, and a new tab every half hour."""
    keys_ = [f"device{n}" for n in range(3)]
    hot, counters = timed_game.stores.play, timed_game.stores.counters

    def come_back(key: str) -> None:
        past = counters.past_session(PLAYER, key)
        hot.load(Counter(PLAYER))
        opened = hot.open_session(
            PLAYER, key, start_from=past.taps if past else 0, started_at_ms=past.started_at_ms if past else 0
        )
        assert isinstance(opened, SessionOpened)

    for minute in range(0, 300, 2):
        for key in keys_:
            come_back(key)
        if minute % 30 == 0:
            come_back(f"tab{minute}")
        clock.advance(120)
        if minute % 20 == 0:
            cleanup(timed_game.stores, plenty)
        else:
            for key in keys_:
                hot.end_session(PLAYER, key)


def test_clock_that_goes_back_locks_nobody_out(timed_game: Game, clock: ManualClock) -> None:
    clock.advance(86_400)
    timed_game.stores.play.load(Counter(PLAYER))
    assert opens(timed_game, 1) == 1
    clock.advance(-86_400)
    assert opens(timed_game, 1) == 1


def test_ended_sessions_that_wait_for_the_history_are_bounded(timed_game: Game, clock: ManualClock) -> None:
    """While DynamoDB is unavailable nothing leaves Redis, however long that is."""
    timed_game.stores.play.load(Counter(PLAYER))
    for _ in range(30):
        opens(timed_game, 25)
        clock.advance(3_600)
    found = timed_game.stores.saving.read([PLAYER])[0]
    key = keys.player(bucket_of(PLAYER, timed_game.stores.settings.play.buckets), PLAYER)
    assert timed_game.stores.redis.hlen(key) <= MAX_PLAYER_FIELDS
    assert len(found.sessions) > 300
    sync_all(timed_game.stores, plenty)
    cleanup(timed_game.stores, plenty)
    timed_game.stores.play.load(Counter(PLAYER))
    assert opens(timed_game, 10) == 10


def test_largest_item_is_far_below_what_dynamodb_takes(game: Game) -> None:
    """Every number at its highest, and as many sessions as Redis can hold of a player."""
    sessions = {f"{n:022d}": SessionState(MAX_TAPS, MAX_TIME_MS) for n in range(MAX_OPEN_SESSIONS)}
    sessions |= {f"e{n:021d}": SessionState(MAX_TAPS, MAX_TIME_MS, MAX_TIME_MS) for n in range(MAX_PLAYER_FIELDS)}
    done = PeriodTotal(12_000, KEPT_CLICKS, MAX_TIME_MS)
    periods = Periods(20_000, (KEPT_CLICKS, KEPT_CLICKS, KEPT_CLICKS), (done, done, done))
    pressed = CountedUpdate(MAX_UPDATE_ID, MAX_TIME_MS)
    counter = Counter(PLAYER, KEPT_CLICKS, 2**53 - 1, MAX_TIME_MS, sessions, periods, pressed)
    assert save(game.stores, [counter], lambda: 60_000) == []
    (item,) = items(game, "counters")
    size = sum(len(name) + len(str(value)) for name, value in item.items())
    assert 20_000 < size < 40_000
    assert game.stores.counters.get(PLAYER) == counter
    game.stores.play.load(counter)
    (live,) = game.stores.saving.read([PLAYER])
    assert (live.clicks, live.sessions, live.periods) == (counter.clicks, counter.sessions, counter.periods)


# Numbers


@pytest.mark.parametrize("update_id", [-1, -(2**63), 2**53, 2**63, 10**30])
def test_update_id_that_telegram_does_not_give_is_refused_and_changes_nothing(game: Game, update_id: int) -> None:
    ada = game.sign_in(1)
    before = game.stores.redis.hgetall(player_key(ada))
    with pytest.raises(BadRequest):
        game.stores.play.record_tap_callback(ada.id, "s", update_id)
    assert game.stores.redis.hgetall(player_key(ada)) == before


@pytest.mark.parametrize("update_id", [0, 1, 2**40 + 1, MAX_UPDATE_ID - 1, MAX_UPDATE_ID])
def test_every_update_id_that_is_taken_is_saved_and_read_as_it_was(game: Game, update_id: int) -> None:
    stores = game.stores
    stores.play.load(Counter(PLAYER))
    stores.play.open_session(PLAYER, "s", start_from=0)
    tapped = stores.play.record_tap_callback(PLAYER, "s", update_id)
    assert isinstance(tapped, TapResult)
    assert (tapped.accepted, tapped.update_id) == (1, update_id)
    again = stores.play.record_tap_callback(PLAYER, "s", update_id, ButtonState(1, update_id))
    assert isinstance(again, TapResult)
    assert again.accepted == 0
    sync_all(stores, plenty)
    saved = stores.counters.get(PLAYER)
    assert saved is not None
    assert saved.counted_update is not None
    assert saved.counted_update.update_id == update_id


@pytest.mark.parametrize("by", [MAX_CLICKS + 1, -MAX_CLICKS - 1, 10**14, 10**20, -(10**30)])
def test_adjustment_beyond_all_bounds_is_refused_before_anything_is_written(game: Game, by: int) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    before = game.stores.redis.hgetall(player_key(ada))
    with pytest.raises(BadRequest):
        adjustments.adjust(game.stores, ada.id, by, operator="grace", reason="a test")
    assert game.stores.redis.hgetall(player_key(ada)) == before
    assert game.stores.audit.entries(ada.id) == []


def test_adjustments_up_to_the_most_stay_exact_and_no_further(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    stores = game.stores
    assert adjustments.adjust(stores, ada.id, MAX_CLICKS - 5, operator="grace", reason="a test") == MAX_CLICKS
    before = stores.redis.hgetall(player_key(ada))
    with pytest.raises(Conflict) as refusal:
        adjustments.adjust(stores, ada.id, 1, operator="grace", reason="a test")
    assert refusal.value.code == "too_many_clicks"
    assert stores.redis.hgetall(player_key(ada)) == before
    assert ada.tap(12).body["clicks"] == MAX_CLICKS + 7
    game.run("sync")
    saved = stores.counters.get(ada.id)
    assert saved is not None
    assert (saved.clicks, saved.periods and saved.periods.bases) == (MAX_CLICKS + 7, (MAX_CLICKS - 5,) * 3)
    assert stores.redis.hget(keys.META[bucket(ada)], "total") == str(MAX_CLICKS + 7)
    assert stores.play.clicks_of([ada.id]) == {ada.id: MAX_CLICKS + 7}
    assert adjustments.adjust(stores, ada.id, -MAX_CLICKS, operator="grace", reason="a test") == 7
    assert list(verification.differences(stores)) == []


def test_adjustment_that_the_buckets_total_cannot_hold_is_refused_whole(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.stores.redis.hset(keys.META[bucket(ada)], "total", MAX_TOTAL - 3)
    with pytest.raises(Conflict):
        game.stores.live_admin.adjust(ada.id, 10)
    assert game.stores.redis.hget(player_key(ada), "c") == "5"


@pytest.mark.parametrize("fields", [{"per": "x"}, {"c": "x"}, {"at": "x"}])
def test_adjustment_of_who_cannot_be_read_is_refused_whole(game: Game, fields: dict[str, str]) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.stores.redis.hset(player_key(ada), mapping=fields)
    before = game.stores.redis.hgetall(player_key(ada))
    with pytest.raises(StoreUnavailable):
        game.stores.live_admin.adjust(ada.id, 10)
    assert game.stores.redis.hgetall(player_key(ada)) == before


@pytest.fixture
def run(game: Game, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    settings = game.stores.settings
    monkeypatch.setenv("REDIS_URL", settings.redis.url)
    for name, _ in TableSettings.settings():
        monkeypatch.setenv(f"{name.upper()}_TABLE", settings.tables.name_of(name))
    for variable in QUEUES:
        monkeypatch.setenv(variable, settings.values[variable])
    monkeypatch.setenv("TAPSTACK_OPERATOR", "grace" * 100_000)
    return lambda *args: CliRunner().invoke(cli, ["--json", "--yes", *args])


HUGE = str(10**30)
LONG = "x" * 500_000

REFUSED = [
    ("adjust", "{id}", HUGE, "--reason", "r"),
    ("adjust", "{id}", f"-{HUGE}", "--reason", "r"),
    ("adjust", "{id}", "1e14", "--reason", "r"),
    ("adjust", "{id}", "9" * 5_000, "--reason", "r"),
    ("adjust", "{id}", "1", "--reason", LONG),
    ("adjust", LONG, "1", "--reason", "r"),
    ("ban", "{id}", "--reason", LONG),
    ("seed", "-n", "-5"),
    ("seed", "-5"),
    ("seed", "0"),
    ("seed", HUGE),
    ("list", "--limit", HUGE),
    ("list", "--limit", "0"),
    ("list", "--limit", "-1"),
    ("find", "x", "--limit", HUGE),
    ("archive", "--limit", HUGE),
    ("board", "--period", "day", "--name", HUGE),
    ("board", "--period", "day", "--name", "9" * 5_000),
    ("metrics", "--history", HUGE),
    ("metrics", "--history", "-1"),
    ("messages", HUGE),
    ("messages", f"-{HUGE}"),
    ("messages", "1", "--limit", "1001"),
    ("referrals", "{id}", "--limit", HUGE),
    ("show", LONG),
    ("show", "9" * 5_000),
    ("delete", LONG, "--reason", "r"),
    ("delete", "nobody", "--reason", "r"),
    ("rename", "{id}", LONG, "--reason", "r"),
    ("broadcast", "start", "--text-en", "hi", "--audience", "all", "--pace", HUGE),
    ("broadcast", "start", "--text-en", "hi", "--audience", "all", "--pace", "0"),
    ("broadcast", "start", "--text-en", "hi", "--audience", "all", "--pace", "-3"),
    ("broadcast", "start", "--text-en", "hi", "--audience", "all", "--pace", "1000"),
    ("broadcast", "start", "--text-en", "hi", "--audience", f"active-since={HUGE}", "--dry-run"),
    ("broadcast", "start", "--text-en", "hi", "--audience", "active-since=99999", "--dry-run"),
    ("broadcast", "start", "--text-en", "hi", "--audience", "active-since=-1", "--dry-run"),
    ("broadcast", "start", "--text-en", "hi", "--audience", "all", "--to-me", HUGE),
    ("broadcast", "show", HUGE),
    ("broadcast", "stop", LONG),
    ("broadcast", "resume", LONG),
]


def test_command_with_a_hostile_number_or_text_says_no_and_does_nothing(game: Game, run: Callable[..., Result]) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.run("sync")
    tables = ("players", "counters", "audit", "broadcasts", "uniques")
    before = {name: items(game, name) for name in tables}
    live = game.stores.redis.hgetall(player_key(ada))
    for args in REFUSED:
        named = " ".join(args)[:80]
        result = run(*(arg.format(id=ada.id) if len(arg) < 100 else arg for arg in args))
        assert result.exit_code in (1, 2), (named, result.output[-500:])
        assert isinstance(result.exception, SystemExit), (named, repr(result.exception)[:500])
        assert result.stderr.strip(), named
        assert game.stores.redis.hgetall(player_key(ada)) == live, named
    assert {name: items(game, name) for name in tables} == before


def test_search_for_hostile_text_finds_nobody(game: Game, run: Callable[..., Result]) -> None:
    game.sign_in(1)
    for text in (LONG, HUGE, "9" * 5_000, ""):
        result = run("find", text)
        assert (result.exit_code, result.stdout.strip()) == (0, "[]")


def test_whitelist_of_junk_changes_nobody(game: Game, run: Callable[..., Result], tmp_path: Any) -> None:
    ada = game.sign_in(1)
    (tmp_path / "ids").write_text(f"{LONG}\n{HUGE}\n{ada.id}\n")
    result = run("whitelist", str(tmp_path / "ids"))
    assert result.exit_code == 0
    assert len(result.stdout) < 1_000
    assert game.stores.players.get(ada.id).whitelisted


# What the game says of itself


def test_health_says_that_all_is_saved(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.run("sync")
    answer = game.call("leaderboard", "GET", "/health")
    saving = {"unsaved_players": 0, "oldest_unsaved_s": 0, "refused_players": 0}
    assert (answer.status, answer.body) == (200, {"status": "ok", "degraded": [], "saving": saving})


def test_health_and_metrics_see_saving_that_stands_still(timed_game: Game, clock: ManualClock) -> None:
    """Also where rounds begin again and again, and each is cut short before it has saved anybody."""
    game = timed_game
    ada = game.sign_in(1)
    game.run("sync")
    saved_to = int(game.stores.redis.hget(keys.META[bucket(ada)], "saved_to"))
    for n in range(1, 4):
        ada.tap(n)
        assert game.stores.saving.begin(bucket(ada), f"dead{n}", 60_000) == 1
        game.stores.redis.delete(keys.SYNC_LEASE[bucket(ada)])
    clock.now_ms = max(system_clock(), saved_to) + 200_000  # syncs go by Redis's own clock
    found = health.look(game.stores)
    assert (found.status, found.degraded, found.saving.unsaved_players) == ("degraded", ["saving"], 1)
    assert 195 <= found.saving.oldest_unsaved_s <= 205
    assert game.run("maintenance")["measured"]["sync_lag_ms"] >= 195_000
    assert game.call("leaderboard", "GET", "/health").body["status"] == "degraded"
    assert game.call("leaderboard", "GET", "/health").status == 200
    sync_all(game.stores, plenty)
    assert health.look(game.stores).status == "ok"


def test_health_sees_saving_that_has_never_begun(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(5)
    clock.advance(240)
    assert health.look(timed_game.stores).saving.oldest_unsaved_s == 240
    timed_game.stores.redis.flushall()
    ada.tap(6)
    clock.advance(240)
    assert health.look(timed_game.stores).saving.oldest_unsaved_s == 240


def test_health_is_looked_up_once_in_a_few_seconds(timed_game: Game, clock: ManualClock) -> None:
    timed_game.call("leaderboard", "GET", "/health")
    with counted(timed_game) as work:
        for _ in range(20):
            timed_game.call("leaderboard", "GET", "/health")
    assert work.round_trips == {}
    clock.advance(4)
    with counted(timed_game) as work:
        timed_game.call("leaderboard", "GET", "/health")
    assert work.round_trips["redis"] <= 2
    assert not work.growing


def test_player_who_cannot_be_saved_degrades_health(game: Game) -> None:
    ada = game.sign_in(1)
    game.stores.redis.hset(player_key(ada), "e:evil", "oops")
    game.run("sync")
    found = health.look(game.stores)
    assert (found.status, found.saving.refused_players, found.saving.unsaved_players) == ("degraded", 1, 0)
    assert saved_clicks(game) == {}
