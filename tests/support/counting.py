"""What a piece of work asks of the world, by counting: round trips, Redis commands, DynamoDB and SQS calls."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import redis

from support.aws_calls import watched
from support.game import Game

GROWS_WITH_PLAYERS = frozenset(
    {
        *("KEYS", "SCAN", "SSCAN", "HSCAN", "ZSCAN", "SORT", "SORT_RO", "SMEMBERS", "HGETALL", "HKEYS", "HVALS"),
        *("SUNION", "SINTER", "SDIFF", "SUNIONSTORE", "SINTERSTORE", "SDIFFSTORE", "FLUSHALL", "FLUSHDB", "RANDOMKEY"),
        *("ZUNION", "ZINTER", "ZDIFF", "ZUNIONSTORE", "ZINTERSTORE", "ZDIFFSTORE", "ZRANGESTORE", "LREM", "LINSERT"),
    }
)
"""Commands that go through all of something: https://redis.io/docs/latest/commands/"""


@dataclass
class Work:
    """`sent` counts writes to sockets by where they go: Redis and the AWS emulator answer one each."""

    sent: Counter[str] = field(default_factory=Counter)
    redis: list[list[str]] = field(default_factory=list)
    aws: list[tuple[str, int]] = field(default_factory=list)

    @property
    def round_trips(self) -> dict[str, int]:
        return dict(self.sent)

    @property
    def commands(self) -> Counter[str]:
        """Redis commands by name, those inside scripts with them."""
        return Counter(command[0] for command in self.redis)

    @property
    def aws_calls(self) -> Counter[str]:
        return Counter(name for name, _ in self.aws)

    @property
    def growing(self) -> list[list[str]]:
        """Commands whose cost grows with the number of players."""
        return [command for command in self.redis if _grows(command)]


@contextmanager
def counted(game: Game) -> Iterator[Work]:
    """Counts what this process sends, and what the game's Redis is asked, in a with-block."""
    work = Work()
    ports = {
        urlsplit(game.stores.settings.redis.url).port: "redis",
        urlsplit(game.stores.settings.play.sync_queue_url).port: "aws",
    }

    def counting(send: Any) -> Any:
        def count(self: socket.socket, data: Any, *flags: int) -> Any:
            if self.family != socket.AF_UNIX:  # by which an event loop wakes itself
                work.sent[ports.get(self.getpeername()[1], "elsewhere")] += 1
            return send(self, data, *flags)

        return count

    def api_call(_: str, name: str, arguments: Mapping[str, Any]) -> None:
        items = sum(len(rows) for rows in arguments.get("RequestItems", {}).values())
        work.aws.append((name, items))

    with redis.Redis.from_url(game.stores.settings.redis.url, decode_responses=True) as watcher:
        with watcher.monitor() as monitor:
            with (
                patch.object(socket.socket, "sendall", counting(socket.socket.sendall)),
                patch.object(socket.socket, "send", counting(socket.socket.send)),
                watched(api_call),
            ):
                yield work
            watcher.echo("the end")
            while (line := monitor.next_command()["command"].split(" ")) != ["ECHO", "the", "end"]:
                work.redis.append([line[0].upper(), *line[1:]])


def _grows(command: list[str]) -> bool:
    name = command[0]
    if name in {"ZRANGE", "ZREVRANGE", "LRANGE", "ZREMRANGEBYRANK"}:
        return command[3] == "-1"
    if name in {"ZRANGEBYSCORE", "ZREVRANGEBYSCORE", "ZRANGEBYLEX", "ZREVRANGEBYLEX"}:
        return "LIMIT" not in command
    return name in GROWS_WITH_PLAYERS
