"""A process that is killed in the middle of a batch loses nothing: whoever saves next saves what it has left."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

from support.game import Game
from support.scripted_server import Request, answer, hang, scripted
from support.state import items, saved_clicks
from support.waiting import wait_until
from tapstack.platform.settings import DEFAULTS
from tapstack.play import redis_keys as keys
from tapstack.play.saving import sync_all

SAVE = """
import os
from tapstack.composition import Container
from tapstack.platform.settings import Settings
from tapstack.play.saving import sync_all
sync_all(Container(Settings.from_env(os.environ)), lambda: 60_000)
"""


def test_kill_in_the_middle_of_a_batch_loses_nothing(game: Game, aws_endpoint: str) -> None:
    players = [game.sign_in(n) for n in range(1, 41)]
    for taps, player in enumerate(players, 1):
        player.tap(taps)
    expected = {player.id: taps for taps, player in enumerate(players, 1)}

    def forward(request: Request) -> bool:
        kept = {n: v for n, v in request.headers.items() if n not in ("host", "content-length", "connection")}
        with urlopen(HttpRequest(aws_endpoint, request.body, kept)) as reply:  # noqa: S310
            return answer(reply.read())(request)

    with scripted(forward) as proxy:
        # The first call of 25 gets through; the next one arrives, and nobody answers.
        proxy.deeds.append(hang(proxy.over))
        environment = {**os.environ, **DEFAULTS, **_places(game), "AWS_ENDPOINT_URL": proxy.url}
        saver = subprocess.Popen([sys.executable, "-c", SAVE], env=environment)  # noqa: S603
        try:
            wait_until("a second batch", lambda: proxy.operations.count("BatchWriteItem") >= 2 or saver.poll())
        finally:
            saver.kill()
            saver.wait()
    assert len(items(game, "counters")) == 25
    for bucket in range(game.stores.settings.play.buckets):
        game.stores.redis.delete(keys.SYNC_LEASE[bucket])  # as if it had expired
    assert sync_all(game.stores, lambda: 60_000) >= len(players) - 25
    assert saved_clicks(game) == expected


def _places(game: Game) -> dict[str, str]:
    """Where a game's Redis, tables and queues are, as settings."""
    values = game.stores.settings.values
    return {name: value for name, value in values.items() if name.endswith(("_TABLE", "_URL"))}
