"""A game to measure: started on free ports, filled through the stores' own code."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import psutil  # type: ignore[import-untyped]
from support.servers import ROOT
from tapstack.composition import Container
from tapstack.http.session_tokens import SessionToken, sign
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter
from tapstack.players.rules.identity import session_key
from tapstack_local.environment import function_environment
from tapstack_local.template import model
from tapstack_local.testing import Game

SECRETS = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY")
PAGE = 1_000


@dataclass(frozen=True)
class Active:
    """A player with an open session."""

    id: str
    session_key: str
    token: str


@dataclass
class World:
    """A running game, and this process's access to its stores."""

    game: Game
    stores: Container
    stored: int = 0

    def processes(self) -> dict[str, list[psutil.Process]]:
        """The game's processes by role: web, events, redis, ministack."""
        found = {}
        for name in ("server", "events", "redis", "ministack"):
            process = psutil.Process(self.game.pid(name))
            # Redis has children too, while it rewrites its log.
            found[name] = [process, *(process.children(recursive=True) if name == "server" else [])]
        return found

    def cpu_s(self) -> dict[str, float]:
        """Seconds of CPU used so far, by role."""
        return {name: sum(sum(p.cpu_times()[:2]) for p in group) for name, group in self.processes().items()}

    def store(self, players: int, *, in_dynamodb: bool) -> None:
        """Adds players to the leaderboards, up to the given number, and to DynamoDB if needed."""
        while self.stored < players:
            numbers = range(self.stored, min(players, self.stored + PAGE))
            counters = [
                Counter(player_id(n), clicks=first_clicks(n), last_tap_at_ms=1_760_000_000_000) for n in numbers
            ]
            self.stores.saving.restore(counters)
            if in_dynamodb:
                for start in range(0, len(counters), 25):
                    self.stores.counters.put(counters[start : start + 25])
            self.stored += len(counters)

    def rewrite_log(self) -> None:
        """Makes Redis rewrite its log, and waits: it would otherwise do so during a measurement."""
        redis = self.stores.redis
        if not redis.info("persistence")["aof_rewrite_in_progress"]:
            redis.bgrewriteaof()
        while redis.info("persistence")["aof_rewrite_in_progress"]:
            time.sleep(0.1)

    def warm(self) -> None:
        """Says that the boards are whole, and has the leaderboard made."""
        self.stores.saving.finish_recovery(range(self.stores.settings.play.buckets), "bench")
        self.game.request("GET", "/leaderboard")

    def activate(self, first: int, count: int) -> list[Active]:
        """Loads players first to first + count and opens their sessions."""
        settings, players = self.stores.settings, []
        expires_at_s = int(time.time()) + 6 * 3_600
        for n in range(first, first + count):
            who, key = player_id(n), session_key(str(uuid.UUID(int=n + 1, version=4)))
            self.stores.play.load(_counter(n))
            self.stores.play.open_session(who, key, start_from=0)
            players.append(
                Active(who, key, sign(SessionToken(who, key, expires_at_s), settings.http.token_signing_keys[0]))
            )
        return players


def player_id(number: int) -> str:
    """A player's id, distributed like random ones."""
    return f"{(number + 1) * 0x9E3779B97F4A7C15 % 2**64:016x}"


def first_clicks(number: int) -> int:
    """A player's initial score."""
    return number % 9_973 + 1


def _counter(number: int) -> Counter:
    return Counter(player_id(number), clicks=first_clicks(number), last_tap_at_ms=1_760_000_000_000)


@contextmanager
def running(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[World]:
    """Runs a game from this checkout, without the Mini App's build, for the duration of a with-block."""
    root = folder / "root"
    root.mkdir(parents=True)
    for name in ("template.yaml", "functions", "layers"):
        (root / name).symlink_to(ROOT / name)
    # No idle session may end during a measurement.
    given = {"LOCAL_RELOAD": "0", "SESSION_IDLE_S": "3600", "LOG_LEVEL": "WARNING"}
    with Game(root, folder / "state", {**given, **(settings or {})}) as game, _environment(game):
        world = World(game, _container(game))
        try:
            yield world
        finally:
            world.stores.redis.connection_pool.disconnect()


@contextmanager
def _environment(game: Game) -> Iterator[None]:
    """Sets the environment so that boto3 and PynamoDB find the game's AWS, for the duration of a with-block."""
    arguments = game.client_arguments()
    found = {
        "AWS_ENDPOINT_URL": arguments["endpoint_url"],
        "AWS_DEFAULT_REGION": arguments["region_name"],
        "AWS_ACCESS_KEY_ID": arguments["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": arguments["aws_secret_access_key"],
    }
    with patch.dict(os.environ, found):
        yield


def _container(game: Game) -> Container:
    (saved,) = (game.state_dir / "run").glob("app-*.json")
    base = {name: game.secret(name) for name in SECRETS} | {"REDIS_URL": game.redis_url} | game.settings
    return Container(Settings.from_env(function_environment(model.load(saved), base)))
