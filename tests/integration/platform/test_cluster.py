"""The game on a Redis that is a cluster: of one node that holds all slots, as ElastiCache Serverless is, and of two."""

from __future__ import annotations

import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest
import redis
from support.cold_start import click_in_a_new_process
from support.game import Game, TestContainer, create_aws, make_settings
from support.servers import redis_server
from support.waiting import wait_until
from tapstack import composition
from tapstack.platform import redis_scripts
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_client import available, read_all
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


@contextmanager
def cluster_of(nodes: int) -> Iterator[list[str]]:
    """The addresses of a cluster's nodes, each with its share of the slots, in order."""
    with ExitStack() as running:
        urls: list[str] = []
        ports: list[int] = []
        for n in range(nodes):
            ports.append(node_port())
            folder = running.enter_context(tempfile.TemporaryDirectory())
            server = redis_server("--cluster-enabled", "yes", "--dir", folder, port=ports[n])
            urls.append(running.enter_context(server))
            with redis.Redis.from_url(urls[n]) as node:
                node.execute_command("CLUSTER", "ADDSLOTS", *range(SLOTS * n // nodes, SLOTS * (n + 1) // nodes))
                node.execute_command("CLUSTER", "MEET", "127.0.0.1", ports[0])
        for url in urls:
            wait_until("the cluster is up", partial(is_up, url))
        yield urls


def is_up(url: str) -> bool:
    with redis.Redis.from_url(url) as node:
        return b"cluster_state:ok" in node.execute_command("CLUSTER", "INFO")


@pytest.fixture
def cluster_url() -> Iterator[str]:
    with cluster_of(1) as (url,):
        yield url


def test_cluster_carries_a_game_from_sign_in_to_clean_up(cluster_url: str, aws_endpoint: str) -> None:
    game = Game(TestContainer(create_aws(make_settings(cluster_url, REDIS_CLUSTER="1"))))
    try:
        ada, bob = game.sign_in(1), game.sign_in(2)
        assert (ada.tap(7).body["clicks"], bob.tap(9).body["clicks"]) == (7, 9)
        assert ada.beat().status == 200
        status, modules = click_in_a_new_process(game, ada, 7)
        assert (status, "redis" in modules) == (200, False)  # redis-py would be most of a cold start
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


def test_slot_of_another_node_is_asked_of_that_node() -> None:
    """What ElastiCache Serverless hides behind its one address: here the named node has half of the slots."""
    with cluster_of(2) as (named, other):
        client = connect(make_settings(named, REDIS_CLUSTER="1"))
        with redis.Redis.from_url(named) as node:
            slots = {key: node.cluster("KEYSLOT", key) for key in "abcd"}
        here = next(key for key, slot in slots.items() if slot < SLOTS // 2)
        there = next(key for key, slot in slots.items() if slot >= SLOTS // 2)
        for key in (here, there):
            assert redis_scripts.run(client, "platform/claim", [key], ["me", 60_000]) == 1
            assert redis_scripts.run(client, "platform/claim", [key], ["you", 60_000]) == 0
        assert client.get(there) == "me"
        client.zadd(f"{{{there}}}:best", {"ada": 3})
        assert read_all(client, [("GET", here), ("ZCARD", f"{{{there}}}:best"), ("GET", there)]) == ["me", 1, "me"]
        with redis.Redis.from_url(other, decode_responses=True) as node:
            assert node.get(there) == "me"
        client.close()


def test_cluster_that_is_away_is_a_store_that_is_away() -> None:
    client = connect(make_settings(f"redis://127.0.0.1:{free_port()}/0", REDIS_CLUSTER="1"))
    with pytest.raises(StoreUnavailable), available():
        client.get("a")
    with pytest.raises(StoreUnavailable), available():
        client.set("a", "b")
