"""The work behind the hot path is asked for when it is due, and once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import boto3
import tapstack
from support.fakes.play import MemorySyncQueue
from support.game import Game, Player, api_event
from support.racing import ManualClock, race
from support.servers import ROOT
from support.state import bucket, rebuilds_asked_for, saved_clicks, warm
from support.templates import SHARED_VARIABLES, own_variables
from tapstack.platform.settings import DEFAULTS
from tapstack.play import leases, taps
from tapstack.play import redis_keys as keys
from tapstack.play.model import Counter, Due, TapResult
from tapstack.play.rules.pacing import SYNC_AT_DIRTY, SYNC_EVERY_MS
from tapstack.players.rules.identity import session_key


def tap(player: Player, total: int) -> None:
    taps.record_taps(player.game.stores, player.id, session_key(player.session_id), total)


def start_of_a_window(clock: ManualClock) -> None:
    clock.advance((SYNC_EVERY_MS - clock() % SYNC_EVERY_MS) / 1_000)


def waiting(game: Game) -> int:
    """Messages of the sync queue, those included whose time has come on the way here."""
    names = ["ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessages"]
    url = game.stores.settings.play.sync_queue_url
    attributes = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(int(attributes[name]) for name in names)


def test_first_click_in_an_empty_redis_asks_for_a_rebuild_once(game: Game) -> None:
    players = [game.sign_in(n) for n in range(1, 6)]
    race(20, lambda n: tap(players[n % 5], n))
    assert rebuilds_asked_for(game) == 1


def test_heartbeat_in_an_empty_redis_asks_for_a_rebuild_too(game: Game) -> None:
    ada = game.sign_in(1)
    ada.beat()
    ada.beat()
    assert rebuilds_asked_for(game) == 1


def test_taps_of_a_window_are_saved_at_its_end_by_one_message(timed_game: Game, clock: ManualClock) -> None:
    warm(timed_game)
    players = [timed_game.sign_in(n) for n in range(1, 9)]
    start_of_a_window(clock)
    before = waiting(timed_game)
    race(32, lambda n: tap(players[n % 8], 1 + n))
    assert waiting(timed_game) == before + 1
    clock.advance(SYNC_EVERY_MS / 1_000 - 0.001)
    players[0].tap(100)
    assert waiting(timed_game) == before + 1
    clock.advance(0.001)
    players[0].tap(101)
    assert waiting(timed_game) == before + 2


def test_late_message_comes_after_the_window_it_is_for(timed_game: Game, clock: ManualClock) -> None:
    """The delay is rounded up to whole seconds: a message before the window's end would miss its last taps."""
    ada = timed_game.sign_in(1)
    start_of_a_window(clock)
    clock.advance(1.2)
    tapped = timed_game.stores.play.record_taps(ada.id, session_key(ada.session_id), 1)
    assert isinstance(tapped, TapResult)
    assert (tapped.sync_window, tapped.window_left_ms) == (clock() // SYNC_EVERY_MS, SYNC_EVERY_MS - 1_200)
    delays: list[int] = []

    def send(kind: str, *, delay_s: int = 0) -> None:  # noqa: ARG001
        delays.append(delay_s)

    timed_game.stores.sync_queue.send = send  # type: ignore[method-assign]
    clock.advance(5)
    ada.tap(2)
    assert delays[-1] == 4


def dues_of_changes(make_game: Callable[..., Game], clock: ManualClock, *, pace_ms: int, players: int) -> list[Due]:
    """What so many players' first taps bring with them, where clients are asked to send every `pace_ms`."""
    game = make_game(clock, BUCKETS="1")
    warm(game)
    hot = game.stores.play
    for n in range(players):
        player_id = f"{n:016x}"
        hot.load(Counter(player_id, last_tap_at_ms=clock()))
        hot.open_session(player_id, "s", start_from=0)
        game.stores.redis.srem("{b00}:dirty", player_id)
    game.stores.redis.hset(keys.META[0], "flush", pace_ms)
    dues = []
    for n in range(players):
        tapped = hot.record_taps(f"{n:016x}", "s", 1)
        assert isinstance(tapped, TapResult)
        dues.append(tapped.due)
        clock.advance(0.005)
    return dues


def test_sync_is_due_when_100_players_have_changed(make_game: Callable[..., Game], clock: ManualClock) -> None:
    dues = dues_of_changes(make_game, clock, pace_ms=1_000, players=SYNC_AT_DIRTY)
    assert dues == [Due.NOTHING] * (SYNC_AT_DIRTY - 1) + [Due.SYNC]


def test_crowd_is_saved_as_often_as_it_is_asked_to_send(make_game: Callable[..., Game], clock: ManualClock) -> None:
    """Saving players in parts, several times between two of their sends, is what DynamoDB is paid for most."""
    dues = dues_of_changes(make_game, clock, pace_ms=3_000, players=1_000)
    assert [n for n, due in enumerate(dues) if due is Due.SYNC] == [99, 699]


def test_crowd_that_sends_once_a_window_is_saved_at_its_end(make_game: Callable[..., Game], clock: ManualClock) -> None:
    assert set(dues_of_changes(make_game, clock, pace_ms=SYNC_EVERY_MS, players=500)) == {Due.NOTHING}


def look_later(game: Game) -> list[str]:
    """Runs a sync; what it has sent for later."""
    queue = MemorySyncQueue()
    game.stores.__dict__["sync_queue"] = queue
    game.stores.redis.delete(leases.SYNC_LATER)
    game.run("sync", {"Records": [{"messageId": "m", "body": '{"kind": "sync"}'}]})
    return [work for work in queue.sent if work.startswith("sync")]


def test_sync_comes_back_for_what_another_holds(game: Game) -> None:
    """Who died with the lease never finishes: somebody has to be there when it ends."""
    ada = game.sign_in(1)
    game.stores.saving.begin(bucket(ada), "dead", 60_000)
    assert look_later(game) == ["sync in 5 s"]
    assert look_later(game) == ["sync in 5 s"]
    game.stores.redis.delete(keys.SYNC_LEASE[bucket(ada)])
    assert look_later(game) == []
    assert saved_clicks(game) == {ada.id: 0}


def test_work_that_is_due_is_claimed_once_a_second_in_each_bucket(timed_game: Game, clock: ManualClock) -> None:
    """What is due stays due until it is done: without the claim every click would try to send it."""
    ada = timed_game.sign_in(1)
    key = session_key(ada.session_id)

    def due() -> Due:
        tapped = timed_game.stores.play.record_taps(ada.id, key, 0)
        assert isinstance(tapped, TapResult)
        return tapped.due

    assert [due(), due(), due()] == [Due.REBUILD, Due.NOTHING, Due.NOTHING]
    clock.advance(1)
    assert [due(), due()] == [Due.REBUILD, Due.NOTHING]


def test_board_is_published_after_a_sync_without_anybody_asking(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    game.run("sync", {"Records": [{"messageId": "m", "body": '{"kind": "sync"}'}]})
    board = game.stores.published_boards.get()
    assert board and board.total_clicks == 3


CLICK = """
import importlib.util, json, sys
sys.path.insert(0, sys.argv[1])
spec = importlib.util.spec_from_file_location("click", sys.argv[2])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
answer = module.app(json.load(sys.stdin), None)
print(json.dumps({"status": answer["statusCode"], "modules": sorted(sys.modules)}))
"""


def test_click_of_a_loaded_player_needs_neither_boto3_nor_pynamodb(game: Game, redis_url: str) -> None:
    """A whole click in a fresh interpreter, as a cold start does it, with the environment that it has.

    The client of a store that it doesn't need is 1 s.
    """
    ada = game.sign_in(1)
    warm(game)
    this = game.stores.play.server_time_ms() // SYNC_EVERY_MS
    for window in range(this, this + 20):  # somebody has seen to this window's sync
        game.stores.leases.claim(leases.window(window), 4 * SYNC_EVERY_MS)
    event = api_event("POST", "/clicks", {"taps": 3}, ada.headers)
    known = {
        **DEFAULTS,
        "REDIS_URL": redis_url,
        "TOKEN_SIGNING_KEY": game.stores.settings.http.token_signing_keys[0],
        "AWS_USE_DUALSTACK_ENDPOINT": "false",
    }
    held = {name: known.get(name, "unused") for name in (*SHARED_VARIABLES, *own_variables("ClickFunction"))}
    env = {**os.environ, **held}
    layer = str(Path(tapstack.__file__).parents[1])
    command = [sys.executable, "-c", CLICK, layer, str(ROOT / "functions/click/app.py")]
    done = subprocess.run(  # noqa: S603
        command, env=env, input=json.dumps(event), capture_output=True, text=True, timeout=180, check=True
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["status"] == 200
    assert not set(answer["modules"]) & {"boto3", "botocore.session", "pynamodb", "telegram"}
    assert ada.tap(3).body["clicks"] == 3
