"""Players export and erase their own data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from e2e.miniapp.driver import Player
from playwright.sync_api import Browser

NewPlayer = Callable[..., Player]


def profile_of(player: Player) -> Player:
    player.open()
    player.tap(3)
    player.wait_server(3)
    player.page.click("[data-testid=tab-profile]")
    player.page.wait_for_selector("[data-testid=profile]")
    return player


def test_player_downloads_everything_as_a_file(browser: Browser, new_player: NewPlayer, tmp_path: Path) -> None:
    desktop = browser.new_context()
    player = profile_of(new_player(desktop))
    page = player.page
    with page.expect_download() as download:
        page.click("[data-testid=export]")
    download.value.save_as(tmp_path / "data.json")
    data = json.loads((tmp_path / "data.json").read_text())
    assert download.value.suggested_filename == "tapstack-my-data.json"
    assert (data["clicks"], data["account"]["telegram_id"]) == (3, player.id)
    page.get_by_text("Your file is ready.").wait_for()
    page.click("[data-testid=export]")
    page.get_by_text("once a minute").wait_for()
    desktop.close()


def test_player_erases_themselves_by_a_word_in_writing(new_player: NewPlayer) -> None:
    player = profile_of(new_player())
    page = player.page
    page.click("[data-testid=erase]")
    assert page.is_disabled("[data-testid=erase-sure]")
    page.get_by_role("button", name="Keep my account").click()
    page.click("[data-testid=erase]")
    page.fill("[data-testid=erase-word]", "era")
    assert page.is_disabled("[data-testid=erase-sure]")
    page.fill("[data-testid=erase-word]", " Erase ")
    page.click("[data-testid=erase-sure]")
    page.wait_for_selector("[data-testid=erased]")
    stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [key for key in stored if str(player.id) in key or key == "tapstack:launch"] == []
    token = {"Authorization": player.token}
    assert player.game.request("POST", "/heartbeat", b"{}", {"Content-Type": "application/json", **token}).status == 404
    page.reload()
    page.wait_for_selector("[data-testid=explain]")
    assert "Open Tapstack in Telegram" in page.inner_text("[data-testid=explain]")


def test_other_device_of_an_erased_player_does_not_begin_anew(new_player: NewPlayer) -> None:
    first = profile_of(new_player())
    other = new_player(telegram_id=first.id).open()
    page = first.page
    page.click("[data-testid=erase]")
    page.fill("[data-testid=erase-word]", "erase")
    page.click("[data-testid=erase-sure]")
    page.wait_for_selector("[data-testid=erased]")
    other.page.evaluate("document.querySelector('[data-testid=tap]')?.click()")  # A heartbeat may have told it before.
    other.wait_status("expired")
    assert "This account has been erased" in other.page.inner_text("[data-testid=explain]")


@pytest.mark.parametrize("age_s", [1_000])
def test_launch_of_long_ago_does_not_erase(new_player: NewPlayer, age_s: int) -> None:
    player = new_player()
    player.page.goto(player.launch_url(player.init_data(age_s=age_s)))
    player.wait_status("online")
    page = player.page
    page.click("[data-testid=tab-profile]")
    page.click("[data-testid=erase]")
    page.fill("[data-testid=erase-word]", "erase")
    page.click("[data-testid=erase-sure]")
    page.get_by_text("close the app, reopen it").wait_for()
    page.click("[data-testid=tab-play]")
    player.tap(2)
    player.wait_server(2)
