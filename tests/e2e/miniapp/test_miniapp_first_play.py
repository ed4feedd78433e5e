"""The whole path, from the printed address to the table in DynamoDB, and across a restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from e2e.miniapp.conftest import PHONE, ROOT
from e2e.miniapp.driver import DEADLINE_S, Player, click
from playwright.sync_api import Browser, FrameLocator, expect
from support.waiting import wait_until
from tapstack_local.testing import Game

TAPS = 50


@pytest.fixture
def own_game(tmp_path: Path) -> Iterator[Game]:
    with Game(ROOT, tmp_path) as game:
        yield game


def open_from_the_chat(browser: Browser, game: Game) -> FrameLocator:
    """The address that `make up` prints leads to the chat; START greets, and Play opens the Mini App next to it."""
    page = browser.new_context(viewport={"width": 1320, "height": 860}).new_page()
    page.goto(game.url + "/")
    page.wait_for_selector("html[data-ready]")
    start = page.get_by_role("button", name="START")
    if start.count():
        start.click()
        expect(page.get_by_text("What should the leaderboard call you?").last).to_be_visible()
    page.get_by_role("button", name="Play").last.click()
    page.get_by_role("button", name="Launch").click()
    app = page.frame_locator("iframe")
    expect(app.get_by_test_id("status")).to_have_attribute("data-status", "online")
    return app


def leaderboard(game: Game) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(game.request("GET", "/leaderboard").body)
    return body


def wait_until_saved(game: Game, clicks: int) -> None:
    client = boto3.client("dynamodb", **game.client_arguments())
    table = next(name for name in client.list_tables()["TableNames"] if "Counters" in name)

    def saved() -> bool:
        return clicks in [int(item["clicks"]["N"]) for item in client.scan(TableName=table)["Items"]]

    wait_until(f"{clicks} clicks in DynamoDB", saved, DEADLINE_S, every_s=0.5)


def test_fifty_taps_reach_the_page_the_board_and_dynamodb_and_outlive_a_restart(
    browser: Browser, own_game: Game
) -> None:
    ada = open_from_the_chat(browser, own_game)
    click(ada.get_by_test_id("tap"), TAPS)
    expect(ada.get_by_test_id("clicks")).to_have_text(str(TAPS))

    def is_on_board() -> bool:
        board = leaderboard(own_game)  # once: each worker has its own copy, for a second
        return [board["total_clicks"], *(entry["clicks"] for entry in board["entries"])] == [TAPS, TAPS]

    own_game.wait_for(is_on_board, what="50 clicks on the leaderboard")
    wait_until_saved(own_game, TAPS)

    grace = Player(own_game, browser.new_context(viewport=PHONE, has_touch=True), 8_000_002, "Grace").open()
    expect(grace.page.get_by_test_id("total")).to_contain_text(str(TAPS))

    own_game.restart()
    again = open_from_the_chat(browser, own_game)
    expect(again.get_by_test_id("clicks")).to_have_text(str(TAPS))
    assert leaderboard(own_game)["total_clicks"] == TAPS
