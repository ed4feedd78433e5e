"""The faults: each is done to a running game while its players play, and is over when it returns."""

from __future__ import annotations

import asyncio
import shutil
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import redis
from tapstack.play import redis_keys as keys
from tapstack_local.testing import Game

from faults.truth import BUCKETS

Act = Callable[[Game], Awaitable[None]]
CATCH_S = 60.0


@dataclass(frozen=True)
class Fault:
    """A fault and what the table calls it."""

    name: str
    do: Act


@contextmanager
def stopped(game: Game, name: str) -> Iterator[int]:
    """Holds one of the game's processes still; yields its pid."""
    pid = game.kill(name, signal.SIGSTOP)
    try:
        yield pid
    finally:
        game.kill(name, signal.SIGCONT)


async def nothing(_: Game) -> None:
    """Play as usual, to compare with."""


async def redis_emptied(game: Game) -> None:
    """Redis dies and its disk with it; the supervisor is held still meanwhile, so that the next one starts empty."""
    with stopped(game, "game"):
        game.kill("redis")
        for kept in (game.state_dir / "redis").glob("appendonly*"):  # a file before Redis 7, since then a folder
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
    await _answers(game)


async def redis_killed(game: Game) -> None:
    """Redis dies; its append-only file stays."""
    game.kill("redis")
    await _answers(game)


async def redis_paused(game: Game) -> None:
    with stopped(game, "redis"):
        await asyncio.sleep(10)


async def sync_killed(game: Game) -> None:
    """The sync function dies with players in flight and a lease in its hand, three times."""
    for _ in range(3):
        await asyncio.to_thread(_kill_in_a_sync, game)


async def dynamodb_paused(game: Game) -> None:
    """DynamoDB and SQS accept connections and never answer."""
    with stopped(game, "ministack"):
        await asyncio.sleep(30)


async def dynamodb_gone(game: Game) -> None:
    """DynamoDB and SQS are killed, and come back with their data."""
    with stopped(game, "game"):
        game.kill("ministack")
        await asyncio.sleep(30)


async def both_stores(game: Game) -> None:
    """Redis is lost while DynamoDB is away: nobody can be loaded until it is back."""
    with stopped(game, "ministack"):
        await redis_emptied(game)
        await asyncio.sleep(8)


async def game_restarted(game: Game) -> None:
    await asyncio.to_thread(game.restart)


async def game_killed(game: Game) -> None:
    """The supervisor dies by kill -9, and everything with it."""
    await asyncio.to_thread(_kill_game, game)


ALL = [
    Fault("no fault", nothing),
    Fault("Redis killed, starts empty", redis_emptied),
    Fault("Redis killed, keeps its disk", redis_killed),
    Fault("Redis paused 10 s", redis_paused),
    Fault("sync killed in the middle, 3x", sync_killed),
    Fault("DynamoDB paused 30 s", dynamodb_paused),
    Fault("DynamoDB gone 30 s", dynamodb_gone),
    Fault("Redis emptied, DynamoDB away", both_stores),
    Fault("game restarted", game_restarted),
    Fault("game killed and started", game_killed),
]


async def _answers(game: Game) -> None:
    """Waits for the Redis that the supervisor has started again."""

    def ping() -> bool:
        with redis.Redis.from_url(game.redis_url, socket_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    await asyncio.to_thread(game.wait_for, ping, what="Redis to answer again")


def _kill_in_a_sync(game: Game) -> None:
    """Holds the events process when a bucket is being saved; if it still is, kills it, else waits for the next."""
    deadline_s = time.monotonic() + CATCH_S
    with redis.Redis.from_url(game.redis_url) as client:
        while time.monotonic() < deadline_s:
            if not _under_way(client):
                continue
            pid = game.kill("events", signal.SIGSTOP)
            if _under_way(client):
                game.kill("events")
                game.wait_for(lambda: game.pid("events") != pid, what="a new events process")  # noqa: B023
                return
            game.kill("events", signal.SIGCONT)
    raise AssertionError(f"no sync to kill within {CATCH_S:.0f} s")


def _under_way(client: redis.Redis) -> bool:
    """Whether a holder of a lease has players in flight."""
    pipe = client.pipeline(transaction=False)
    for bucket in range(BUCKETS):
        pipe.exists(keys.SYNC_LEASE[bucket])
        pipe.exists(keys.SYNCING[bucket])
    held = pipe.execute()
    return any(lease and aside for lease, aside in zip(held[::2], held[1::2], strict=True))


def _kill_game(game: Game) -> None:
    game.kill("game")
    game.start()
