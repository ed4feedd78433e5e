"""The short form of `make soak`."""

from __future__ import annotations

import socket
from pathlib import Path

from bench.world import running

from soak.miniapp.run import Plan, soak

PLAN = Plan(players=200, first=20, crowd=80, seconds=11, step_s=3, budget=50)


PAGES = 1_100
"""Idle connections: more than the server's backlog."""


def open_page(port: int) -> socket.socket:
    page = socket.create_connection(("127.0.0.1", port), timeout=60)
    page.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert page.recv(4_096).startswith(b"HTTP/1.1 200")
    return page


def test_crowd_that_grows_loses_no_tap_and_gets_no_error(tmp_path: Path) -> None:
    with running(tmp_path, PLAN.settings) as world:
        world.warm()
        pages = [open_page(int(world.game.settings["PORT"])) for _ in range(PAGES)]
        outcome = soak(world, PLAN, print)
        for page in pages:
            page.close()
    assert outcome.whole, outcome
    assert outcome.errors == 0, outcome
    assert sum(outcome.made.values()) > PLAN.players
    assert outcome.steps[-1].flush_s > 1  # pacing has reacted to the crowd
