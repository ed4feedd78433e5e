"""What the stores say about each player, next to the taps made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

import boto3
import redis
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from tapstack.play import redis_keys as keys
from tapstack.play.rules.score import clicks_of
from tapstack.players.rules.identity import bucket_of
from tapstack_local.testing import Game

from faults.crowd import Crowd
from faults.wire import NoAnswer, Wire

BUCKETS = 16
COUNTERS = "tapstack-CountersTable"
EVERY_S = 0.5


@dataclass(frozen=True)
class Reading:
    """Each player's score in each store, and the public total; None if a store did not answer."""

    made: Mapping[str, int]
    boards: Mapping[str, int] | None
    players: Mapping[str, int] | None
    saved: Mapping[str, int] | None
    total: int | None
    rebuilding: bool

    @property
    def whole(self) -> bool:
        """Whether all stores agree on every player."""
        same = self.boards == self.made and self.saved == self.made and self.total == sum(self.made.values())
        return same and not self.rebuilding and not self.unlike

    @property
    def unlike(self) -> list[str]:
        """The players whose numbers differ, each with what each store says."""
        boards, saved, players = self.boards or {}, self.saved or {}, self.players or {}
        return [
            f"{player}: made {made}, board {boards.get(player)}, hash {players.get(player)}, saved {saved.get(player)}"
            for player, made in self.made.items()
            if not made == boards.get(player) == saved.get(player) == players.get(player, made)
        ]


async def read(game: Game, crowd: Crowd) -> Reading:
    """Reads all stores once."""
    made = crowd.made()
    (boards, players), saved, (total, rebuilding) = await asyncio.gather(
        asyncio.to_thread(in_redis, game, list(made)), asyncio.to_thread(in_dynamodb, game), _leaderboard(game)
    )
    return Reading(made, boards, players, saved, total, rebuilding)


async def wait_whole(game: Game, crowd: Crowd, within_s: float) -> tuple[Reading, float]:
    """Reads until everything agrees or the time is over; returns the last reading and how long it took."""
    began_s = time.monotonic()
    while True:
        reading = await read(game, crowd)
        crowd.check()
        took_s = time.monotonic() - began_s
        if reading.whole or took_s > within_s:
            return reading, took_s
        await asyncio.sleep(EVERY_S)


def in_redis(game: Game, ids: list[str]) -> tuple[dict[str, int] | None, dict[str, int] | None]:
    """The scores on the boards, and in the hashes of loaded players."""
    try:
        with redis.Redis.from_url(game.redis_url, decode_responses=True, socket_timeout=5) as client:
            pipe = client.pipeline(transaction=False)
            for bucket in range(BUCKETS):
                pipe.zrange(keys.SCORES[bucket], 0, -1, withscores=True)
            for player in ids:
                pipe.hget(keys.player(bucket_of(player, BUCKETS), player), "c")
            rows = pipe.execute()
    except (redis.RedisError, OSError):
        return None, None
    boards = {player: clicks_of(score) for rows_of in rows[:BUCKETS] for player, score in rows_of}
    return boards, {player: int(c) for player, c in zip(ids, rows[BUCKETS:], strict=True) if c is not None}


def in_dynamodb(game: Game) -> dict[str, int] | None:
    """The scores of all saved players; None if DynamoDB does not answer."""
    try:
        limits = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1})
        client = boto3.client("dynamodb", config=limits, **game.client_arguments())
        pages = client.get_paginator("scan").paginate(TableName=COUNTERS, ConsistentRead=True)
        return {item["id"]["S"]: int(item["clicks"]["N"]) for page in pages for item in page["Items"]}
    except (BotoCoreError, ClientError, OSError):
        return None


async def _leaderboard(game: Game) -> tuple[int | None, bool]:
    wire = Wire(int(game.settings["PORT"]))
    try:
        answer = await wire.request("GET", "/leaderboard")
    except NoAnswer:
        return None, False
    finally:
        wire.close()
    if answer.status != 200:
        return None, False
    board = answer.json()
    return board["total_clicks"], board["rebuilding"]
