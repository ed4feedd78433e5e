"""Hot calls on an event loop, over a real Redis: they count as the others do, and survive what may happen to it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import redis
from support.async_game import AsyncGame, served_async
from support.calls import assert_refused
from support.game import Answer, Game, Player, TestContainer, create_aws, make_settings
from support.identity import init_data
from support.servers import running
from support.waiting import wait_until
from tapstack import composition
from tapstack.platform.errors import StoreUnavailable, TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.platform.redis_pipeline import Pipeline, address_of
from tapstack.play.model import Refusal
from tapstack.play.redis_pipelined_play import PipelinedPlay
from tapstack.players.rules.identity import session_key
from tapstack_local.backing_services import redis_binary
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.process import Process

AsyncGames = AsyncGame[TestContainer]


@pytest.fixture
def own_redis() -> Iterator[tuple[str, Process]]:
    """A Redis of the test's own, to be stopped."""
    port = free_port()
    with redis_at(port) as process:
        yield f"redis://127.0.0.1:{port}/0", process
        process.send_signal(signal.SIGCONT)


@contextmanager
def redis_at(port: int, *options: str) -> Iterator[Process]:
    with running([redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", *options]) as process:
        with redis.Redis(port=port) as client:

            def answers() -> bool:
                try:
                    return bool(client.ping())
                except redis.AuthenticationError:
                    return True
                except redis.ConnectionError:
                    return False

            wait_until("Redis answers", answers)
        yield process


@pytest.fixture
def asked(own_redis: tuple[str, Process], aws_endpoint: str) -> Iterator[AsyncGames]:
    stores = TestContainer(create_aws(make_settings(own_redis[0])))
    with served_async(stores) as game:
        yield game
    composition.use(None)
    stores.redis.connection_pool.disconnect()


def admin(game: AsyncGames) -> redis.Redis:
    return redis.Redis.from_url(game.stores.settings.redis.url)


def test_taps_count_once_whichever_way_they_come(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    plain = Player(Game(asked.stores), ada.user_id, ada.session_id, ada.opened)
    assert ada.tap(3).body["accepted"] == 3
    assert plain.tap(3).body["accepted"] == 0
    assert plain.tap(5).body["accepted"] == 2
    assert ada.tap(7).body["clicks"] == 7
    assert ada.beat().body["clicks"] == plain.beat().body["clicks"] == 7
    assert asked.served == 4  # the sign-in, too


def test_own_rank_is_the_same_whichever_way_it_is_asked(asked: AsyncGames) -> None:
    ada, bob = asked.sign_in(1), asked.sign_in(2)
    ada.tap(3)
    bob.tap(5)
    served = asked.served

    def rank(game: Game[TestContainer]) -> Answer:
        return game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers)

    first = rank(asked)
    assert (first.body["rank"], [row["id"] for row in first.body["around"]]) == (2, [bob.id, ada.id])
    assert rank(Game(asked.stores)).body == first.body
    assert asked.served == served + 1


def test_own_rank_of_a_player_whom_redis_has_lost_is_read_from_dynamodb(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    ada.tap(5)
    asked.run("sync")
    with admin(asked) as client:
        client.flushall()
    answer = asked.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers)
    assert (answer.status, answer.body["clicks"]) == (200, 5)


def test_script_that_redis_has_forgotten_is_sent_again(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    assert ada.tap(1).status == 200
    with admin(asked) as client:
        client.script_flush()
    assert (ada.tap(2).body["clicks"], ada.beat().status) == (2, 200)


def test_wiped_redis_loses_no_saved_tap(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    ada.tap(5)
    asked.run("sync")
    with admin(asked) as client:
        client.flushall()
    assert ada.tap(6).body["clicks"] == 6
    assert ada.beat().body["clicks"] == 6


def test_killed_connection_is_503_at_most_and_the_next_call_makes_another(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    assert ada.tap(1).status == 200
    with admin(asked) as client:
        client.client_kill_filter(_type="normal", skipme=True)
    wait_until("a click is counted", lambda: ada.tap(2).status == 200)
    assert ada.tap(2).body["clicks"] == 2


def test_redis_that_is_gone_is_503_and_used_again_when_it_is_back(
    asked: AsyncGames, own_redis: tuple[str, Process]
) -> None:
    ada = asked.sign_in(1)
    ada.tap(1)
    asked.run("sync")
    own_redis[1].send_signal(signal.SIGKILL)
    proof = {"Authorization": f"tma {init_data(1)}"}
    opened = asked.call("sessions", "POST", "/sessions", {"session_id": ada.session_id}, headers=proof)
    for answer in (opened, ada.tap(2), ada.beat(), ada.tap(2)):
        assert_refused(answer, 503, "store_unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
    with redis_at(int(own_redis[0].rpartition(":")[2].partition("/")[0])):
        wait_until("a click is counted", lambda: ada.tap(3).status == 200)
        assert ada.tap(3).body["clicks"] == 3


def test_redis_that_hangs_fails_what_waits_for_it_and_counts_nothing_twice(
    asked: AsyncGames, own_redis: tuple[str, Process]
) -> None:
    ada = asked.sign_in(1)
    ada.tap(1)
    own_redis[1].send_signal(signal.SIGSTOP)
    assert_refused(ada.tap(5), 503, "store_unavailable")
    assert_refused(ada.beat(), 503, "store_unavailable")
    own_redis[1].send_signal(signal.SIGCONT)
    wait_until("a click is counted", lambda: ada.tap(6).status == 200)
    assert ada.tap(6).body["clicks"] == 6


def test_redis_that_hangs_holds_no_more_calls_than_it_may(asked: AsyncGames, own_redis: tuple[str, Process]) -> None:
    ada = asked.sign_in(1)
    address = address_of(asked.stores.settings.redis)
    assert address
    pipeline = Pipeline(address, max_in_flight=50)
    play = PipelinedPlay(pipeline, asked.stores.settings.play)
    who = ada.id, session_key(ada.session_id)

    async def flood() -> list[Any]:
        await play.heartbeat(*who)
        own_redis[1].send_signal(signal.SIGSTOP)
        calls = [asyncio.ensure_future(play.record_taps(*who, 1)) for _ in range(80)]
        await asyncio.sleep(0)
        refused = [call.exception() for call in calls if call.done()]
        held = await asyncio.gather(*[call for call in calls if not call.done()], return_exceptions=True)
        own_redis[1].send_signal(signal.SIGCONT)
        return [refused, held]

    refused, held = asked.runner.run(flood())
    assert (len(refused), len(held)) == (30, 50)
    assert all(isinstance(error, StoreUnavailable) for error in (*refused, *held))

    async def afterwards() -> Any:
        try:
            return await play.record_taps(*who, 2)
        except StoreUnavailable:
            return None

    found = wait_until("Redis answers again", lambda: asked.runner.run(afterwards()))
    assert found.clicks == 2
    asked.runner.run(pipeline.close())


def test_connection_to_a_primary_that_has_become_a_replica_is_given_up(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    assert ada.tap(0).status == 200
    with admin(asked) as client:
        client.replicaof("127.0.0.1", free_port())
        assert_refused(ada.tap(1), 503, "store_unavailable")
        client.replicaof("NO", "ONE")
    assert ada.tap(1).body["clicks"] == 1


def test_redis_that_is_full_is_away_and_loses_nothing(asked: AsyncGames) -> None:
    ada = asked.sign_in(1)
    ada.tap(3)
    with admin(asked) as client:
        client.config_set("maxmemory", "1")
        assert_refused(ada.tap(5), 503, "store_unavailable")
        client.config_set("maxmemory", "0")
    assert ada.tap(6).body["clicks"] == 6


def test_limit_of_an_address_is_counted_with_the_handler_s(asked: AsyncGames) -> None:
    limit = Limit(burst=3, every_ms=60_000)

    async def spend() -> None:
        await asked.stores.pipelined_limiter.spend("board", "8.8.8.0", limit)

    asked.runner.run(spend())
    asked.stores.limiter.spend("board", "8.8.8.0", limit)
    asked.runner.run(spend())
    with pytest.raises(TooManyRequests):
        asked.runner.run(spend())


def test_address_is_limited_by_nobody_while_redis_is_away(asked: AsyncGames, own_redis: tuple[str, Process]) -> None:
    own_redis[1].send_signal(signal.SIGKILL)

    async def spend() -> None:
        await asked.stores.pipelined_limiter.spend("board", "8.8.8.0", Limit(burst=1, every_ms=60_000))

    for _ in range(3):
        asked.runner.run(spend())


@pytest.mark.parametrize("how", ["password", "database", "socket"])
def test_connection_is_greeted_as_the_address_asks(how: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    port, folder = free_port(), tmp_path_factory.mktemp("r")
    urls = {
        "password": f"redis://:s%20t@127.0.0.1:{port}/0",
        "database": f"redis://127.0.0.1:{port}/3",
        "socket": f"unix://{folder}/s?db=2",
    }
    options = {"password": ["--requirepass", "s t"], "socket": ["--unixsocket", f"{folder}/s"]}.get(how, [])
    settings = make_settings(urls[how])
    with redis_at(port, *options), redis.Redis.from_url(urls[how]) as client:
        address = address_of(settings.redis)
        assert address

        async def ask() -> None:
            pipeline = Pipeline(address)
            play = PipelinedPlay(pipeline, settings.play)
            assert await play.heartbeat("a" * 16, "s" * 22) is Refusal.NOT_LOADED
            await pipeline.close()

        asyncio.run(ask())
        assert client.info("commandstats")["cmdstat_eval"]["calls"] == 1


def test_wrong_password_is_no_answer_of_a_player_s(own_redis: tuple[str, Process]) -> None:
    settings = make_settings(own_redis[0].replace("redis://", "redis://:wrong@"))
    address = address_of(settings.redis)
    assert address

    async def ask() -> None:
        pipeline = Pipeline(address)
        with pytest.raises((StoreUnavailable, redis.RedisError)):
            await PipelinedPlay(pipeline, settings.play).heartbeat("a" * 16, "s" * 22)

    asyncio.run(ask())
