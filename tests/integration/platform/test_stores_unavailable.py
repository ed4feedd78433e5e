"""A store that is unavailable costs seconds, never an error that nobody understands."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis
from redis.connection import AbstractConnection
from support.calls import FUNCTION_OF, OPERATION, assert_refused, good_body, identity_for, send
from support.game import Answer, Game, TestContainer, create_aws, make_settings, with_values
from support.racing import race
from support.servers import running
from support.state import warm
from support.waiting import wait_until
from tapstack import composition
from tapstack.api import OPERATIONS
from tapstack.http.operation import AnyOperation as Operation
from tapstack.platform import dynamo
from tapstack.platform.breaker import Breaker
from tapstack.platform.dynamo_client import READ_TIMEOUT_S
from tapstack.platform.redis_client import TIMEOUT_S
from tapstack.platform.redis_connect import connect
from tapstack.platform.redis_direct import DirectClient
from tapstack.platform.redis_pool import connect_pool
from tapstack.play import taps
from tapstack.players.rules.identity import session_key
from tapstack_local.backing_services import redis_binary
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.process import Process

WITHIN_S = 3
"""What an absent Redis may cost a request: counted in waits that time out, so that a busy machine does not matter."""

WITHOUT_REDIS = (
    *("getOpenapi", "getClosedLeaderboards", "getHallOfFame", "getCatalogue", "getCardPicture"),
    *("getNotifications", "readNotifications", "getNotificationSettings", "changeNotificationSettings"),
    *("findFactions", "getOwnFaction", "leaveFaction", "dissolveFaction", "getHeists", "offerDuel", "getAsyncapi"),
    "getLiveTicket",
)
"""What asks nothing of Redis, and so goes on without it."""

REFUSED_BEFORE = (
    *("cheer", "raid", "answerHeist", "claimHeist", "getRally", "joinRally", "claimRally"),
    *("getDuel", "acceptDuel", "declineDuel", "getFaction", "joinFaction", "changeFactionMember", "changeFaction"),
    *("buyFactionPerk", "assignTerritory", "claimTerritory"),
)
"""What first looks for somebody or something that is not there here."""

FUNCTION_TIMEOUT_S = 10
START = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": 1, "type": "private"},
        "from": {"id": 1, "is_bot": False, "first_name": "Ada"},
        "text": "/start",
    },
}


@pytest.fixture
def own_redis() -> Iterator[tuple[str, Process]]:
    """A Redis of the test's own, to be stopped."""
    port = free_port()
    with running([redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]) as process:
        client = redis.Redis(port=port)

        def answers() -> bool:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False

        wait_until("Redis answers", answers)
        client.close()
        yield f"redis://127.0.0.1:{port}/0", process
        process.send_signal(signal.SIGCONT)


@pytest.fixture
def own_game(own_redis: tuple[str, Process], aws_endpoint: str) -> Iterator[Game]:
    game = Game(TestContainer(create_aws(make_settings(own_redis[0]))))
    yield game
    composition.use(None)
    game.stores.redis.connection_pool.disconnect()


@dataclasses.dataclass
class Waits:
    """How long requests wait for Redis at most: each wait that ended without Redis, at its full time-out, by thread."""

    waited_s: dict[int, float] = dataclasses.field(default_factory=dict)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Watches whatever can wait: for a free connection, for a connection to be made, for an answer."""
        for owner, name in (
            (redis.BlockingConnectionPool, "get_connection"),
            (AbstractConnection, "connect"),
            (AbstractConnection, "read_response"),
            (DirectClient, "_ask"),
        ):
            patch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            before_s = self.here_s
            try:
                return real(*args, **options)
            except (redis.ConnectionError, redis.TimeoutError):
                if self.here_s == before_s:  # else counted where it was waited, further in
                    self.waited_s[threading.get_ident()] = before_s + TIMEOUT_S
                raise

        return watched

    @property
    def here_s(self) -> float:
        return self.waited_s.get(threading.get_ident(), 0.0)


def waited(game: Game, waits: Waits, operation: Operation, identity: dict[str, str]) -> tuple[Operation, Answer, float]:
    """The answer of a container of its own, and how long it may have waited for Redis."""
    own = Game(game.stores)
    own.function(FUNCTION_OF[operation.id])
    body: Any = good_body(operation) if operation.request else None
    before_s = waits.here_s
    answer = send(own, operation, START if operation.id == "telegramUpdate" else body, identity)
    return operation, answer, waits.here_s - before_s


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["gone", "hanging"])
def test_redis_away_is_503_with_retry_after_on_every_operation(
    own_game: Game,
    own_redis: tuple[str, Process],
    how: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits = Waits()
    waits.watch(monkeypatch)
    gone, ada = own_game.sign_in(1), own_game.sign_in(2)  # who erases themselves is nobody to the others' calls
    ada.tap(1)
    operations = [o for o in OPERATIONS if o.id not in (*WITHOUT_REDIS, *REFUSED_BEFORE)]
    own_redis[1].send_signal(how)
    with ThreadPoolExecutor(len(operations)) as pool:
        outcomes = list(
            pool.map(
                lambda o: waited(own_game, waits, o, identity_for(o, gone if o.id == "eraseMe" else ada)), operations
            )
        )
    for operation, answer, waited_s in outcomes:
        assert_refused(answer, 503, "store_unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
        assert waited_s < WITHIN_S, operation.id
    assert any(waited_s for _, _, waited_s in outcomes)
    for name in WITHOUT_REDIS:
        body = good_body(OPERATION[name]) if OPERATION[name].request else None
        answer = send(own_game, OPERATION[name], body, identity_for(OPERATION[name], ada))
        assert answer.status == OPERATION[name].status, (name, answer)


def test_redis_that_hangs_is_asked_once(game: Game) -> None:
    """A second try would double the wait of everybody and the load of a server that has trouble already."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        client = connect(with_values(game.stores.settings, REDIS_URL=url))
        for ask in (client.ping, lambda: client.get("a")):
            with pytest.raises(redis.TimeoutError):
                ask()
            assert connections(silent) == 1
        client.connection_pool.disconnect()


def connections(server: socket.socket) -> int:
    """How many were made to a server that accepts none, since the last time it was asked."""
    server.settimeout(0)
    count = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            count += 1
    return count


def test_connection_that_has_gone_stale_is_replaced_unnoticed(game: Game) -> None:
    ada = game.sign_in(1)
    with redis.Redis.from_url(game.stores.settings.redis.url) as other:
        other.client_kill_filter(_type="normal", skipme=True)
    assert ada.tap(1).status == 200


def test_connection_to_a_primary_that_has_become_a_replica_is_given_up(own_game: Game) -> None:
    ada = own_game.sign_in(1)
    with redis.Redis.from_url(own_game.stores.settings.redis.url) as other:
        ours = {c["id"] for c in other.client_list()} - {str(other.client_id())}
        other.replicaof("127.0.0.1", free_port())
        assert_refused(ada.tap(1), 503, "store_unavailable")
        # Redis learns of a closed connection when it next looks at the socket, which may be after this question.
        wait_until("the connection is closed", lambda: ours.isdisjoint(c["id"] for c in other.client_list()))
        other.replicaof("NO", "ONE")
    assert ada.tap(1).body["clicks"] == 1


def test_answer_to_an_interrupted_command_is_nobody_elses(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    client = connect_pool(game.stores.settings.redis, 1)
    client.set("a", "old")
    with monkeypatch.context() as patch:
        patch.setattr(client, "parse_response", interrupted)
        with pytest.raises(KeyboardInterrupt):
            client.get("a")
    client.set("b", "new")
    assert client.get("b") == "new"
    client.connection_pool.disconnect()


def test_error_that_redis_answers_costs_no_connection(game: Game) -> None:
    game.stores.redis.set("a", "text")
    before = game.stores.redis.client_id()
    with pytest.raises(redis.ResponseError):
        game.stores.redis.incr("a")
    assert game.stores.redis.get("a") == "text"
    assert game.stores.redis.client_id() == before


def test_redis_back_after_a_pause_goes_on_as_before(own_game: Game, own_redis: tuple[str, Process]) -> None:
    """The taps that were put off count once, whether the paused server had taken the request or not."""
    ada = own_game.sign_in(1)
    ada.tap(1)
    own_redis[1].send_signal(signal.SIGSTOP)
    assert ada.tap(5).status == 503
    own_redis[1].send_signal(signal.SIGCONT)
    wait_until("Redis answers again", lambda: ada.tap(6).status == 200)
    assert ada.tap(6).body["clicks"] == 6


def test_redis_that_is_full_is_away_and_loses_nothing(own_game: Game) -> None:
    ada = own_game.sign_in(1)
    ada.tap(3)
    own_game.stores.redis.config_set("maxmemory", "1")
    full = ada.tap(5)
    assert_refused(full, 503, "store_unavailable")
    own_game.stores.redis.config_set("maxmemory", "0")
    assert ada.tap(6).body["clicks"] == 6


@pytest.fixture
def without_dynamodb(game: Game, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Game]:
    """Makes a second container of the same game, for which all of AWS is unavailable."""

    def make() -> Game:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
        return Game(TestContainer(game.stores.settings))

    return make


def test_dynamodb_away_leaves_loaded_players_playing(game: Game, without_dynamodb: Callable[[], Game]) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    warm(game)
    ada.game = without_dynamodb()
    assert (ada.tap(5).status, ada.beat().status) == (200, 200)
    assert ada.tap(6).body["clicks"] == 6
    assert ada.game.call("leaderboard", "GET", "/leaderboard").body["total_clicks"] == 3
    mine = ada.game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers)
    assert (mine.status, mine.body["clicks"]) == (200, 6)


def test_dynamodb_and_queue_away_are_503_with_retry_after_or_not_noticed(
    game: Game, without_dynamodb: Callable[[], Game]
) -> None:
    ada = game.sign_in(1)
    own = without_dynamodb()
    for name in ("openSession", "getMyAccount", "rename", "telegramUpdate"):
        operation = OPERATION[name]
        body = START if name == "telegramUpdate" else good_body(operation) if operation.request else None
        answer = send(own, operation, body, identity_for(operation, ada))
        assert_refused(answer, 503, "store_unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
    # The click makes a rebuild due, and the queue it would be asked for through is unavailable.
    ada.game = own
    assert ada.tap(1).status == 200


def test_player_who_is_not_loaded_while_dynamodb_is_away_is_put_off(
    game: Game, without_dynamodb: Callable[[], Game]
) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    game.run("sync")
    game.stores.redis.flushall()
    back, ada.game = ada.game, without_dynamodb()
    assert_refused(ada.tap(5), 503, "store_unavailable")
    ada.game = back
    composition.use(back.stores)


def test_dynamodb_that_hangs_holds_up_one_caller_at_a_time(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever signs in is told to come back at once: a dozen who wait would take all threads from those who play."""
    ada = game.sign_in(1)
    monkeypatch.setattr(dynamo, "breaker", Breaker(1, clock=lambda: 0.0))  # so that no other try becomes due
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        own = Game(TestContainer(game.stores.settings))
        operation = OPERATION["openSession"]

        def sign_in() -> None:
            answer = send(own, operation, good_body(operation), identity_for(operation, ada))
            assert_refused(answer, 503, "store_unavailable")

        sign_in()
        assert connections(silent) * READ_TIMEOUT_S < FUNCTION_TIMEOUT_S / 2
        for _ in range(20):
            sign_in()
        assert connections(silent) == 0


def test_connections_to_redis_stay_within_the_setting_under_64_threads(make_game: Callable[..., Game]) -> None:
    game = make_game(REDIS_MAX_CONNECTIONS="4")
    ada = game.sign_in(1)
    key = session_key(ada.session_id)
    with redis.Redis.from_url(game.stores.settings.redis.url) as observer:
        before = {c["id"] for c in observer.client_list()}
        race(64, lambda n: taps.record_taps(game.stores, ada.id, key, n))
        opened = {c["id"] for c in observer.client_list()} - before
    assert len(opened) <= 4
    assert ada.tap(63).body["clicks"] == 63
