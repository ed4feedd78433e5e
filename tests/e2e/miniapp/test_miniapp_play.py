"""Tapping with every input device, on the production build and the real game."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from e2e.miniapp.conftest import PHONE
from e2e.miniapp.driver import Player
from playwright.sync_api import Browser, BrowserContext
from tapstack_local.testing import Game

NewPlayer = Callable[..., Player]


@pytest.fixture
def phone(browser: Browser) -> BrowserContext:
    """One that moves all there is: taps count whatever they set in motion."""
    return browser.new_context(viewport=PHONE, has_touch=True, locale="en-US", reduced_motion="no-preference")


def test_fifty_taps_show_at_once_and_reach_server_and_board(player: Player, miniapp_game: Game) -> None:
    player.tap(50)
    assert player.count() == 50
    player.wait_server(50)
    assert player.total() >= 50

    def on_board() -> bool:
        entries = json.loads(miniapp_game.request("GET", "/leaderboard").body)["entries"]
        return 50 in [entry["clicks"] for entry in entries]

    player.until(on_board, "a row with 50 clicks")
    player.page.click("[data-testid=tab-board]")
    own = player.page.locator("[data-testid=board-row][aria-current=true]")
    player.until(lambda: own.count() == 1 and "50" in own.inner_text(), "the own row marked")


def test_leaderboard_comes_with_the_answers_to_clicks(player: Player) -> None:
    """Once it is shown, nothing else brings it: requests for it fail."""
    page = player.page
    page.set_viewport_size({"width": 1_100, "height": 800})  # the board beside the button
    own = page.locator("[data-testid=board-row][aria-current=true] .score")
    player.tap(3)
    player.until(lambda: own.count() == 1, "the own row")
    page.route(re.compile(r"/leaderboard$"), lambda route: route.abort())
    player.tap(40)

    def follows() -> bool:
        player.tap()
        return int(re.sub(r"\D", "", own.inner_text())) >= 43

    player.until(follows, "the own row with the taps since")


def test_each_finger_counts(player: Player) -> None:
    player.touch(3)
    assert player.count() == 3
    player.touch(2)
    assert player.count() == 5
    player.wait_server(5)


def test_keys_count_once_each_time_they_go_down(player: Player) -> None:
    button = player.page.locator("[data-testid=tap]")
    button.focus()
    player.page.keyboard.press("Space")
    player.page.keyboard.press("Enter")
    assert player.count() == 2
    player.page.keyboard.down("Space")
    for _ in range(5):
        player.page.keyboard.down("Space")  # A held key: the system repeats it.
    player.page.keyboard.up("Space")
    assert player.count() == 3
    player.wait_server(3)


def test_a_screen_readers_click_counts_and_other_buttons_do_not(player: Player) -> None:
    player.page.evaluate("document.querySelector('[data-testid=tap]').click()")
    assert player.count() == 1
    player.page.click("[data-testid=tap]", button="right")
    player.page.click("[data-testid=tap]", button="middle")
    assert player.count() == 1


def test_taps_that_are_too_fast_are_rejected_and_no_shown_tap_is_taken_back(player: Player) -> None:
    """On a busy machine 700 taps at once may take so long that they are allowed: then there are more."""
    player.keep_exhaustion()
    made = 0

    def used_up() -> bool:
        nonlocal made
        player.at_once(700)
        made += 700
        return "only 25 taps a second" in player.exhaustion()

    player.until(used_up, "the allowance used up")
    shown = player.count()
    assert 450 <= shown < made
    player.wait_server(shown, 90)
    assert player.count() == shown


def test_two_players_see_each_other(player: Player, new_player: NewPlayer, browser: Browser) -> None:
    other_phone = browser.new_context()
    other = new_player(other_phone).open()
    player.tap(7)
    other.tap(11)
    player.wait_server(7)
    other.wait_server(11)
    for one in (player, other):
        one.come_back()
    player.until(lambda: player.total() == other.total(), "the same total for both")
    assert (player.count(), other.count()) == (7, 11)
    other_phone.close()


def test_the_count_survives_closing_and_reopening(player: Player, new_player: NewPlayer) -> None:
    player.tap(12)
    player.page.close()
    again = new_player(telegram_id=player.id).open()
    again.until(lambda: again.count() == 12, "12 taps")
    again.tap(3)
    again.wait_server(15)
