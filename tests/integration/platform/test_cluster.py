"""The game on a Redis that is a cluster, as ElastiCache Serverless is: one node that holds all slots."""

from __future__ import annotations

import secrets
import socket
import tempfile
from collections.abc import Iterator

import pytest
import redis
from support.game import Game, TestContainer, create_aws, make_settings
from support.servers import redis_server
from support.waiting import wait_until
from tapstack import composition
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_connect import connect
from tapstack_local.processes.ports import free_port

SLOTS = 16_384


def node_port() -> int:
    """A free port, with a free one for the cluster's bus, which is 10,000 above.

    Both lie below those that other tests are given, and those of outgoing connections.
    """
    while True:
        port = secrets.choice(range(5_000, 9_000))
        try:
            for needed in (port, port + 10_000):
                with socket.create_server(("127.0.0.1", needed)):
                    pass
        except OSError:
            continue
        return port


@pytest.fixture
def cluster_url() -> Iterator[str]:
    port, cluster = node_port(), "--cluster-enabled"
    with tempfile.TemporaryDirectory() as folder, redis_server(cluster, "yes", "--dir", folder, port=port) as url:
        with redis.Redis.from_url(url, decode_responses=True) as node:
            node.execute_command("CLUSTER", "ADDSLOTS", *range(SLOTS))
            wait_until("the cluster is up", lambda: "cluster_state:ok" in str(node.execute_command("CLUSTER", "INFO")))
        yield url


def test_cluster_carries_a_game_from_sign_in_to_clean_up(cluster_url: str, aws_endpoint: str) -> None:
    game = Game(TestContainer(create_aws(make_settings(cluster_url, REDIS_CLUSTER="1"))))
    try:
        ada, bob = game.sign_in(1), game.sign_in(2)
        assert (ada.tap(7).body["clicks"], bob.tap(9).body["clicks"]) == (7, 9)
        assert ada.beat().status == 200
        game.run("sync")
        board = game.call("leaderboard", "GET", "/leaderboard").body
        assert [(row["id"], row["clicks"]) for row in board["entries"]] == [(bob.id, 9), (ada.id, 7)]
        standing = game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers).body
        assert (standing["rank"], standing["clicks"]) == (2, 7)
        ada.leave()
        game.run("cleanup")
        assert ada.tap(8).status == 410
        assert ada.reopen().tap(8).body["clicks"] == 8
        game.stores.redis.flushall()
        assert bob.tap(10).body["clicks"] == 10
        game.run("sync")
        assert game.call("leaderboard", "GET", "/leaderboard").body["total_clicks"] >= 17
    finally:
        composition.use(None)
        game.stores.redis.close()


def test_cluster_that_is_away_is_a_store_that_is_away() -> None:
    with pytest.raises(StoreUnavailable):
        connect(make_settings(f"redis://127.0.0.1:{free_port()}/0", REDIS_CLUSTER="1"))
