"""Saving: nothing is lost and nobody is held up, wherever it stops."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from support.game import Context, Game
from support.racing import ManualClock, race
from support.state import bucket, items, player_key, received, saved_clicks
from tapstack.platform.batches import ItemsRefused
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import redis_keys as keys
from tapstack.play.dynamo_counters import CounterStore
from tapstack.play.model import Counter
from tapstack.play.saving import save, sync_all
from tapstack.players.rules.identity import session_key


class WatchedCounters(CounterStore):
    """The real store, with something that happens before each call of `put`."""

    def __init__(self, game: Game, before: Callable[[Sequence[Counter]], object]) -> None:
        super().__init__(game.stores.tables)
        self.before = before

    def put(self, counters: Sequence[Counter]) -> None:
        self.before(counters)
        super().put(counters)


def watch(game: Game, before: Callable[[Sequence[Counter]], object]) -> None:
    game.stores.__dict__["counters"] = WatchedCounters(game, before)


def plenty() -> int:
    return 60_000


def message(kind: str, message_id: str = "m1") -> dict[str, Any]:
    return {"Records": [{"messageId": message_id, "body": json.dumps({"kind": kind})}]}


def test_sync_writes_a_player_as_one_item(timed_game: Game, clock: ManualClock) -> None:
    phone, desktop = timed_game.sign_in(1), timed_game.sign_in(1)
    phone.tap(4)
    clock.advance(3)
    last_tap_ms = clock()
    desktop.tap(5)
    clock.advance(3)
    started_ms = last_tap_ms - 3_000
    timed_game.run("sync")
    (item,) = items(timed_game, "counters")
    assert (item["id"], item["clicks"], item["last_tap_at_ms"]) == (phone.id, "9", str(last_tap_ms))
    assert json.loads(item["sessions"]) == {
        session_key(phone.session_id): [4, started_ms, 0],
        session_key(desktop.session_id): [5, started_ms, 0],
    }


def test_sync_writes_only_who_has_changed(game: Game) -> None:
    players = [game.sign_in(n) for n in range(1, 5)]
    written: list[list[str]] = []
    watch(game, lambda counters: written.append([c.player_id for c in counters]))
    sync_all(game.stores, plenty)
    assert sorted(i for batch in written for i in batch) == sorted(p.id for p in players)
    written.clear()
    assert sync_all(game.stores, plenty) == 0
    players[2].tap(1)
    players[1].beat()
    players[0].tap(0)
    assert sync_all(game.stores, plenty) == 1
    assert written == [[players[2].id]]


def test_sync_writes_many_players_of_one_bucket_in_calls_of_25(make_game: Callable[..., Game]) -> None:
    game = make_game(BUCKETS="1")
    counters = [Counter(f"{n:016x}", clicks=n, last_tap_at_ms=1_800_000_000_000) for n in range(130)]
    for counter in counters:
        game.stores.play.load(counter)
    game.stores.redis.sadd(keys.DIRTY[0], *(c.player_id for c in counters))
    sizes: list[int] = []
    watch(game, lambda batch: sizes.append(len(batch)))
    assert sync_all(game.stores, plenty) == 130
    assert saved_clicks(game) == {c.player_id: c.clicks for c in counters}
    assert max(sizes) <= 25
    assert len(sizes) <= 8


def test_sync_of_a_bucket_that_another_holds_is_left_to_it(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    lease = keys.SYNC_LEASE[bucket(ada)]
    game.stores.redis.set(lease, "somebody else")
    assert sync_all(game.stores, plenty) == 0
    assert game.stores.redis.get(lease) == "somebody else"
    assert game.stores.live_admin.saving(0).unsaved == 1
    game.stores.redis.delete(lease)
    assert sync_all(game.stores, plenty) == 1


def test_syncs_at_once_write_everybody_once(game: Game) -> None:
    players = [game.sign_in(n) for n in range(1, 13)]
    assert sum(race(6, lambda _: sync_all(game.stores, plenty))) == len(players)
    assert game.stores.live_admin.saving(0).unsaved == 0


def test_sync_takes_along_what_a_dead_holder_set_aside(make_game: Callable[..., Game]) -> None:
    game = make_game(BUCKETS="1")
    ada = game.sign_in(1)
    ada.tap(3)
    assert game.stores.saving.begin(0, "dead", 60_000) == 1
    bob = game.sign_in(2)
    bob.tap(5)
    game.stores.redis.delete(keys.SYNC_LEASE[0])
    assert sync_all(game.stores, plenty) == 2
    assert saved_clicks(game) == {ada.id: 3, bob.id: 5}
    assert game.stores.live_admin.saving(0).unsaved == 0


def test_sync_of_what_a_dead_holder_set_aside_needs_nobody_new(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    assert game.stores.saving.begin(bucket(ada), "dead", 60_000) == 1
    game.stores.redis.delete(keys.SYNC_LEASE[bucket(ada)])
    assert sync_all(game.stores, plenty) == 1
    assert saved_clicks(game) == {ada.id: 3}


def test_holder_whose_lease_has_ended_drops_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    b = bucket(ada)
    game.stores.saving.begin(b, "slow", 60_000)
    game.stores.redis.set(keys.SYNC_LEASE[b], "next")
    assert game.stores.saving.finish(b, "slow", [ada.id]) == -1
    assert not game.stores.leases.release(keys.SYNC_LEASE[b], "slow")
    assert game.stores.saving.in_flight() == 1
    # who wrote with a lease that had run out may have overwritten newer counts: they are written once more
    assert game.stores.redis.smembers(keys.DIRTY[b]) == {ada.id}


def test_lease_outlives_the_run_that_holds_it(game: Game) -> None:
    """A holder that hangs is ended by the platform before anybody else may write."""
    ada = game.sign_in(1)
    left: list[int] = []
    watch(game, lambda _: left.append(game.stores.redis.pttl(keys.SYNC_LEASE[bucket(ada)])))
    sync_all(game.stores, lambda: 30_000)
    assert left
    assert left[0] > 30_000


def test_player_who_taps_while_being_written_is_written_again(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    watch(game, lambda _: ada.tap(8))
    sync_all(game.stores, plenty)
    assert saved_clicks(game) == {ada.id: 3}
    assert game.stores.live_admin.saving(0).unsaved == 1
    sync_all(game.stores, plenty)
    assert saved_clicks(game) == {ada.id: 8}


def test_dynamodb_away_fails_the_message_and_keeps_everything(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)

    def unavailable(_: Sequence[Counter]) -> None:
        raise StoreUnavailable("unavailable", retry_after_s=1)

    watch(game, unavailable)
    two = {"Records": message("sync", "m1")["Records"] + message("board", "m2")["Records"]}
    assert game.run("sync", two) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert game.stores.live_admin.saving(0).unsaved == 1
    assert not game.stores.redis.exists(keys.SYNC_LEASE[bucket(ada)])
    del game.stores.counters
    assert game.run("sync", message("sync")) == {"batchItemFailures": []}
    assert saved_clicks(game) == {ada.id: 3}


def test_messages_that_cannot_be_read_fail_alone(game: Game) -> None:
    game.sign_in(1)
    bodies = ["", "{}", '{"kind": "dance"}', '{"kind": "sync"}']
    records = [{"messageId": f"m{n}", "body": body} for n, body in enumerate(bodies)]
    failed = game.run("sync", {"Records": records})["batchItemFailures"]
    assert [f["itemIdentifier"] for f in failed] == ["m0", "m1", "m2"]
    assert len(saved_clicks(game)) == 1


def test_messages_of_one_kind_are_done_once(game: Game) -> None:
    ada = game.sign_in(1)
    calls: list[int] = []

    def before(counters: Sequence[Counter]) -> None:
        calls.append(len(counters))
        ada.tap(len(calls))

    watch(game, before)
    records = [message("sync", f"m{n}")["Records"][0] for n in range(5)]
    assert game.run("sync", {"Records": records}) == {"batchItemFailures": []}
    assert calls == [1]


def test_item_that_dynamodb_refuses_is_dead_lettered_and_holds_up_nobody(make_game: Callable[..., Game]) -> None:
    game = make_game(BUCKETS="1")
    players = [game.sign_in(n) for n in range(1, 5)]
    for n, player in enumerate(players):
        player.tap(n + 1)
    poison = players[1].id

    def refuse(counters: Sequence[Counter]) -> None:
        if any(c.player_id == poison for c in counters):
            raise ItemsRefused("item too large")

    watch(game, refuse)
    game.run("sync")
    assert saved_clicks(game) == {p.id: n + 1 for n, p in enumerate(players) if p.id != poison}
    (letter,) = received(game.stores.settings.play.sync_dead_letter_queue_url)
    assert (letter["player_id"], letter["clicks"]) == (poison, 2)
    assert "item too large" in letter["reason"]
    assert game.stores.live_admin.saving(0).unsaved == 0
    assert players[1].tap(9).body["clicks"] == 9


def test_item_that_the_real_dynamodb_refuses_is_named(game: Game) -> None:
    """What DynamoDB's validation says is understood, not only what this suite makes up: an empty key."""
    good = Counter("a" * 16, clicks=1)
    ((refused, reason),) = save(game.stores, [good, Counter("", clicks=2)], plenty)
    assert saved_clicks(game) == {good.player_id: 1}
    assert (refused.clicks, "key" in reason) == (2, True)


@pytest.mark.parametrize("left_ms", [0, 4_999])
def test_sync_without_time_left_begins_nothing(game: Game, left_ms: int) -> None:
    ada = game.sign_in(1)
    assert sync_all(game.stores, lambda: left_ms) == 0
    assert game.stores.live_admin.saving(0).unsaved == 1
    assert not game.stores.redis.exists(keys.SYNC_LEASE[bucket(ada)])


def test_sync_that_runs_out_of_time_leaves_the_rest_to_the_next(make_game: Callable[..., Game]) -> None:
    game = make_game(BUCKETS="1")
    counters = [Counter(f"{n:016x}", clicks=n, last_tap_at_ms=1) for n in range(620)]
    for counter in counters:
        game.stores.play.load(counter)
    game.stores.redis.sadd(keys.DIRTY[0], *(c.player_id for c in counters))
    left = iter([*[60_000] * (3 + 500 // 25), 1_000])
    assert sync_all(game.stores, lambda: next(left)) == 500
    assert game.stores.live_admin.saving(0).unsaved == 120
    assert sync_all(game.stores, plenty) == 120
    assert len(saved_clicks(game)) == 620


def test_schedule_saves_too(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    bootstrapped = game.function("sync").handler({"source": "aws.events"}, Context())
    assert bootstrapped == {"batchItemFailures": []}
    assert saved_clicks(game) == {ada.id: 3}


def test_live_state_of_a_saved_player_is_untouched(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    before = game.stores.redis.hgetall(player_key(ada))
    game.run("sync")
    assert game.stores.redis.hgetall(player_key(ada)) == before
