"""A player who can't be saved keeps nobody else from it: whatever stands in their fields, and whatever else is down."""

from __future__ import annotations

import json
import logging
from typing import Any

import boto3
import pytest
from support.game import Game, Player
from support.racing import ManualClock
from support.state import bucket, items, player_key, received, saved_clicks
from tapstack.admin import verification
from tapstack.leaderboards import redis_keys as board_keys
from tapstack.leaderboards.periods import current
from tapstack.moderation import suspects
from tapstack.platform.calendar import Period
from tapstack.platform.errors import StoreUnavailable, TooManyRequests
from tapstack.platform.logs import Failed
from tapstack.platform.sqs import MAX_DEAD_LETTER_BYTES
from tapstack.play import redis_keys as keys
from tapstack.play import redis_saving
from tapstack.play.cleanup import cleanup
from tapstack.play.saving import sync_all
from tapstack.players.rules.identity import bucket_of, session_key

INNOCENTS = 30


def plenty() -> int:
    return 60_000


def innocents(game: Game) -> dict[str, int]:
    """Thirty players who have tapped and are not saved yet: their clicks by id."""
    players = [game.sign_in(100 + n) for n in range(INNOCENTS)]
    for n, player in enumerate(players):
        assert player.tap(n + 1).status == 200
    return {player.id: n + 1 for n, player in enumerate(players)}


def saved_of(game: Game, wanted: dict[str, int]) -> dict[str, int]:
    return {i: clicks for i, clicks in saved_clicks(game).items() if i in wanted}


def letters(game: Game) -> list[dict[str, Any]]:
    return received(game.stores.settings.play.sync_dead_letter_queue_url)


def attack(game: Game, player_id: str, count: int) -> int:
    """Opens and ends so many sessions, past all limits on requests; how many it could."""
    done = 0
    for n in range(count):
        try:
            game.stores.play.open_session(player_id, f"{n:022d}", start_from=0)
        except TooManyRequests:
            continue
        done += game.stores.play.end_session(player_id, f"{n:022d}")
    return done


def swell(game: Game, player: Player, sessions: int = 2_000) -> None:
    """What the attack could leave in Redis before there was a limit: more than an item of DynamoDB's holds."""
    fields = {f"e:{n:022d}{'x' * 180}": "1:1800000000000:1800000000001" for n in range(sessions)}
    game.stores.redis.hset(player_key(player), mapping=fields)


def retry_now(game: Game, player: Player) -> None:
    """What five minutes do to a player who could not be saved."""
    game.stores.redis.zadd(keys.REFUSED[bucket(player)], {player.id: 0})


def test_account_that_opens_and_ends_thousands_of_sessions_keeps_nobody_from_being_saved(game: Game) -> None:
    mallory = game.sign_in(1)
    opened = attack(game, mallory.id, 6_500)
    wanted = innocents(game)
    game.run("sync")
    assert saved_of(game, wanted) == wanted
    assert opened <= 100
    assert game.stores.redis.hlen(player_key(mallory)) < 150
    assert mallory.id in saved_clicks(game)
    assert letters(game) == []


def test_counter_too_large_for_dynamodb_is_dead_lettered_within_bounds_and_kept(game: Game) -> None:
    mallory = game.sign_in(1)
    mallory.tap(7)
    swell(game, mallory, 14_000)
    wanted = innocents(game)
    game.run("sync")
    assert saved_of(game, wanted) == wanted
    (letter,) = letters(game)
    assert len(json.dumps(letter)) < 1.2 * MAX_DEAD_LETTER_BYTES
    assert (letter["player_id"], letter["clicks"]) == (mallory.id, 7)
    assert letter["left_out"] > 10_000
    assert game.stores.redis.hget(player_key(mallory), "c") == "7"
    assert mallory.tap(9).body["clicks"] == 9


def test_counter_too_large_is_mended_by_cleanup(
    timed_game: Game, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_saving, "ARCHIVED_AT_ONCE", 2_000)
    game = timed_game
    mallory = game.sign_in(1)
    mallory.tap(7)
    swell(game, mallory)
    mallory.leave()
    clock.advance(60)
    game.run("sync")
    assert game.stores.live_admin.refused() == [mallory.id]
    for _ in range(2):
        game.run("cleanup")
    assert game.stores.redis.hget(player_key(mallory), "c") == "7", "evicted without having been saved"
    retry_now(game, mallory)
    game.run("sync")
    assert saved_clicks(game)[mallory.id] == 7
    assert game.stores.live_admin.refused() == []
    game.run("cleanup")
    assert not game.stores.redis.exists(player_key(mallory))
    assert mallory.reopen().tap(9).body["clicks"] == 9


BAD_FIELDS = [
    {"spent": "abc"},
    {"spent": "inf"},
    {"per": "x"},
    {"per": "1:2:3"},
    {"u": "9.2233720368547758e+18", "u_at": "1800000000000"},
    {"u": "5"},
    {"u": str(2**63), "u_at": "1"},
    {"c": "1e+14"},
    {"c": str(10**20)},
    {"c": "-1"},
    {"day": str(10**9)},
    {"day": "1e+30"},
    {"at": str(10**18)},
    {"e:evil": "oops"},
    {"e:evil": f"1:{10**25}:1"},
    {"e:evil": "1:2"},
    {"w:evil": "nan"},
    {"b:evil": "1", "w:evil": "1", "c": ""},
]


def test_players_who_cannot_be_read_are_reported_and_keep_nobody_waiting(game: Game) -> None:
    ada = game.sign_in(1)
    bad = [game.sign_in(10 + n) for n in range(len(BAD_FIELDS))]
    for player in (ada, *bad):
        player.tap(7)
    before = {player.id: game.stores.redis.hgetall(player_key(player)) for player in bad}
    for player, fields in zip(bad, BAD_FIELDS, strict=True):
        game.stores.redis.hset(player_key(player), mapping=fields)
    game.run("sync")
    assert saved_clicks(game) == {ada.id: 7}
    assert sorted(letter["player_id"] for letter in letters(game)) == sorted(before)
    assert game.stores.live_admin.saving(0).unsaved == 0
    assert sorted(game.stores.live_admin.refused()) == sorted(before)
    for function in ("cleanup", "maintenance", "sync"):
        game.run(function)
    for player in bad:
        assert game.stores.redis.exists(player_key(player))
    assert letters(game) == []

    for player in bad:
        game.stores.redis.delete(player_key(player))
        game.stores.redis.hset(player_key(player), mapping=before[player.id])
        retry_now(game, player)
    game.run("sync")
    assert saved_clicks(game) == dict.fromkeys([ada.id, *before], 7)
    assert game.stores.live_admin.refused() == []


def test_key_of_another_type_keeps_nobody_waiting(timed_game: Game, clock: ManualClock) -> None:
    """As the player's own key: saving, ranking, ending of idle sessions, eviction and measuring all meet it."""
    game = timed_game
    mallory, ada = game.sign_in(1), game.sign_in(2)
    mallory.tap(7)
    ada.tap(5)
    game.stores.redis.delete(player_key(mallory))
    game.stores.redis.set(player_key(mallory), "what?")
    game.run("sync")
    assert saved_clicks(game) == {ada.id: 5}
    assert current(game.stores, Period.DAY).entries[0].clicks == 5
    suspects.watch(game.stores)
    assert game.run("maintenance")["measured"]["refused_players"] == 1
    clock.advance(61)
    game.run("cleanup")
    assert not game.stores.redis.exists(player_key(ada))


def test_sessions_that_cannot_be_ended_are_in_nobodys_way(timed_game: Game, clock: ManualClock) -> None:
    """More of them than cleanup looks at in one go, and all idle for longer than the innocent's."""
    game = timed_game
    ada = game.sign_in(2)
    ada.tap(5)
    b = bucket(ada)
    bad = [i for i in (f"{n:016x}" for n in range(120 * 20)) if bucket_of(i, game.stores.settings.play.buckets) == b]
    assert len(bad) > 100
    for n, player_id in enumerate(bad):
        game.stores.redis.set(keys.player(b, player_id), "what?")
        game.stores.redis.zadd(keys.SESSIONS[b], {f"{player_id}:s": n + 1})
    clock.advance(61)
    assert cleanup(game.stores, plenty).sessions == 1
    assert ada.beat().status == 410
    assert cleanup(game.stores, plenty).sessions == 0


def test_player_who_could_not_be_saved_is_not_tried_at_every_sync(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    mallory, ada = game.sign_in(1), game.sign_in(2)
    mallory.tap(7)
    game.stores.redis.hset(player_key(mallory), "e:evil", "oops")
    sync_all(game.stores, plenty)
    looked_at: list[str] = []
    read_each = game.stores.saving.read_each

    def watched(ids: Any) -> Any:
        looked_at.extend(ids)
        return read_each(ids)

    monkeypatch.setattr(game.stores.saving, "read_each", watched)
    for taps in (8, 9, 10):
        assert mallory.tap(taps).status == ada.tap(taps).status == 200
        sync_all(game.stores, plenty)
    assert looked_at == [ada.id] * 3
    retry_now(game, mallory)
    sync_all(game.stores, plenty)
    assert looked_at[3:] == [mallory.id]


class Refusing:
    """An SQS that takes no message."""

    def send_message(self, **_: Any) -> None:
        from botocore.exceptions import ClientError

        raise ClientError({"Error": {"Code": "InvalidParameterValue", "Message": "too long"}}, "SendMessage")

    def get_queue_attributes(self, **_: Any) -> None:
        from botocore.exceptions import EndpointConnectionError

        raise EndpointConnectionError(endpoint_url="http://sqs")


def test_queue_that_takes_nothing_stops_no_saving(game: Game, caplog: pytest.LogCaptureFixture) -> None:
    mallory = game.sign_in(1)
    mallory.tap(7)
    game.stores.redis.hset(player_key(mallory), "e:evil", "oops")
    wanted = innocents(game)
    game.stores.sync_queue.client = Refusing()
    with caplog.at_level(logging.ERROR):
        game.run("sync")
    assert saved_of(game, wanted) == wanted
    assert mallory.id in caplog.text
    assert game.run("maintenance")["measured"]["refused_players"] == 1


def test_board_that_cannot_be_written_keeps_nobody_from_being_saved(game: Game) -> None:
    wanted = innocents(game)
    now_ms = game.stores.clock()
    for b in range(game.stores.settings.play.buckets):
        game.stores.redis.set(board_keys.period(Period.DAY, Period.DAY.number_at(now_ms), b + 1)[b], "what?")
    game.run("sync")
    assert saved_of(game, wanted) == wanted


BAD_ITEMS: list[dict[str, Any]] = [
    {"sessions": {"S": "no json"}},
    {"sessions": {"S": '{"s": [1]}'}},
    {"sessions": {"S": '{"s": ["1", "2", "3"]}'}},
    {"clicks": {"N": "1E+30"}},
    {"clicks": {"S": "many"}},
    {"periods": {"S": '[1, "x"]'}},
    {"last_tap_at_ms": {"N": "-1"}},
]


def test_saved_counters_that_cannot_be_read_are_skipped_by_a_rebuild_and_named_by_verify(game: Game) -> None:
    ada = game.sign_in(1)
    bad = [game.sign_in(10 + n) for n in range(len(BAD_ITEMS))]
    for player in (ada, *bad):
        player.tap(7)
    game.run("sync")
    table = game.stores.settings.tables.counters
    client = boto3.client("dynamodb")

    def item_of(player: Player) -> Any:
        return client.get_item(TableName=table, Key={"id": {"S": player.id}})["Item"]

    for player, attributes in zip(bad, BAD_ITEMS, strict=True):
        client.put_item(TableName=table, Item=item_of(player) | attributes)
    before = [item_of(player) for player in bad]
    game.stores.redis.flushall()
    game.run("sync")
    assert game.stores.saving.cold_buckets() == []
    assert ada.beat().body["clicks"] == 7
    assert game.stores.play.clicks_of([ada.id, *(player.id for player in bad)]) == {ada.id: 7}
    found = {(d.player_id, d.what) for d in verification.differences(game.stores)}
    assert found == {(player.id, "can't be read in DynamoDB") for player in bad}
    for player in bad:
        answer = player.tap(9)
        assert (answer.status, answer.body["error"]["code"]) == (503, "player_unreadable")
    game.run("sync")
    assert [item_of(player) for player in bad] == before


def test_verify_names_who_could_not_be_saved(game: Game) -> None:
    mallory = game.sign_in(1)
    mallory.tap(7)
    game.run("sync")
    assert list(verification.differences(game.stores)) == []
    game.stores.redis.hset(player_key(mallory), "e:evil", "oops")
    mallory.tap(9)
    game.run("sync")
    assert {d.what for d in verification.differences(game.stores)} >= {"could not be saved", "can't be read in Redis"}


def test_session_that_dynamodb_refuses_stays_and_holds_up_no_other(timed_game: Game, clock: ManualClock) -> None:
    game = timed_game
    mallory, ada = game.sign_in(1), game.sign_in(2)
    ada.tap(5)
    game.run("sync")
    game.stores.redis.hset(player_key(mallory), f"e:{'x' * 1_100}", "1:2:3")  # a sort key has 1,024 bytes at most
    ada.leave()
    mallory.leave()
    clock.advance(60)
    game.run("cleanup")
    assert {item["player_id"] for item in items(game, "sessions")} == {ada.id, mallory.id}
    assert not game.stores.redis.exists(player_key(ada))
    assert len(game.stores.redis.hgetall(player_key(mallory))) > 0


def test_session_whose_watermark_cannot_be_read_is_refused_and_changes_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    ada.leave()
    key = session_key(ada.session_id)
    game.stores.redis.hset(player_key(ada), f"e:{key}", "oops")
    before = game.stores.redis.hgetall(player_key(ada))
    with pytest.raises(StoreUnavailable) as refusal:
        game.stores.play.open_session(ada.id, key)
    assert refusal.value.code == "player_unreadable"
    assert game.stores.redis.hgetall(player_key(ada)) == before


def test_work_that_fails_keeps_no_other_from_being_done(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = innocents(game)

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a bug")

    monkeypatch.setattr(type(game.stores.counters), "scan_page", broken)
    with pytest.raises(Exception, match="rebuild"):
        game.run("sync")
    assert saved_of(game, wanted) == wanted
    kinds = ("rebuild", "sync")
    records = [{"messageId": kind, "body": json.dumps({"kind": kind})} for kind in kinds]
    assert game.run("sync", {"Records": records}) == {"batchItemFailures": [{"itemIdentifier": "rebuild"}]}


def test_job_that_fails_keeps_no_other_from_being_done(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    game.run("sync")

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a bug")

    monkeypatch.setattr(type(game.stores.archive), "get", broken)
    with pytest.raises(Failed, match="a bug"):
        game.run("maintenance")
    assert game.stores.metrics.latest(game.stores.clock() // 1_000)
