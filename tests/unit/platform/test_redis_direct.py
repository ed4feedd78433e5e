"""Which addresses are asked without redis-py."""

from __future__ import annotations

from typing import Any

import pytest
from tapstack.platform.redis_direct import Node, node_of
from tapstack.platform.settings import Settings

WORD = "made-up"


def settings(url: str) -> Any:
    return Settings.from_env({"REDIS_URL": url, "REDIS_CLUSTER": "0"}).redis


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://cache:7000/0", Node("cache", 7000, False, ())),
        ("redis://cache", Node("cache", 6379, False, ())),
        ("redis://[::1]:7000", Node("::1", 7000, False, ())),
        (f"redis://:{WORD}%40@cache:1/2", Node("cache", 1, False, (("AUTH", f"{WORD}@"), ("SELECT", "2")))),
        (f"rediss://ada:{WORD}@cache:1/0", Node("cache", 1, True, (("AUTH", "ada", WORD),))),
    ],
)
def test_single_node_is_found_with_what_it_asks_of_a_connection(url: str, expected: Node) -> None:
    assert node_of(settings(url)) == expected


@pytest.mark.parametrize(
    "url",
    [
        "redis://cache:1?socket_timeout=3",
        "rediss://cache:1?ssl_cert_reqs=none",
        "redis://cache:1/first",
        "unix:///run/redis.sock",
    ],
)
def test_sockets_and_options_are_left_to_the_other_client(url: str) -> None:
    assert node_of(settings(url)) is None
