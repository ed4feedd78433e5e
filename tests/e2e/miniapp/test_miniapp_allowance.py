"""A game whose TAPS_PER_S is set lower than the default: the page follows what `POST /sessions` publishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.miniapp.driver import Player
from playwright.sync_api import Browser
from tapstack_local.testing import Game

ROOT = Path(__file__).parents[3]
TAPS_PER_S = 5
BURST = 20 * TAPS_PER_S


@pytest.fixture(scope="module")
def slow_game(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    with Game(ROOT, tmp_path_factory.mktemp("slow"), {"TAPS_PER_S": str(TAPS_PER_S), "WEB_WORKERS": "1"}) as game:
        yield game


def test_fast_taps_that_were_shown_as_counted_all_count(browser: Browser, slow_game: Game) -> None:
    phone = browser.new_context(locale="en-US")
    player = Player(slow_game, phone, 7_900_001).open()
    player.keep_exhaustion()
    player.at_once(250)
    player.until(lambda: "only 5 taps a second" in player.exhaustion(), "the allowance used up")
    shown = player.count()
    assert 0.8 * BURST <= shown < 250
    player.wait_server(shown, 90)
    player.wait_status("online")
    assert player.count() == shown
    assert player.errors == []
    phone.close()


def test_taps_made_before_the_session_opens_all_count(browser: Browser, slow_game: Game) -> None:
    """The page does not know the rate limit yet: taps that were too fast wait for the server's rate."""
    phone = browser.new_context(locale="en-US")
    player = Player(slow_game, phone, 7_900_002)
    player.page.route("**/sessions", lambda route: route.abort())
    player.page.goto(player.launch_url(player.init_data()))
    player.wait_status("offline")
    player.burst(150, 5)
    assert player.count() == 150
    player.page.unroute("**/sessions")
    player.come_back()
    player.wait_server(150, 120)
    assert player.count() == 150
    phone.close()
