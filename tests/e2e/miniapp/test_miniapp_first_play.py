"""The whole of it, from the address that is printed to the table in DynamoDB, and across a restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from e2e.miniapp.conftest import PHONE, ROOT
from faas.testing import Game
from playwright.sync_api import Browser, Page, expect

TAPS = 50


@pytest.fixture
def own_game(tmp_path: Path) -> Iterator[Game]:
    with Game(ROOT, tmp_path) as game:
        yield game


def open_as(browser: Browser, game: Game, name: str) -> Page:
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    page.goto(game.url + "/")
    page.get_by_text(name).click()
    expect(page.get_by_test_id("status")).to_have_attribute("data-status", "online")
    return page


def leaderboard(game: Game) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(game.request("GET", "/leaderboard").body)
    return body


def saved_clicks(game: Game) -> list[int]:
    client = boto3.client("dynamodb", **game.client_arguments())
    table = next(name for name in client.list_tables()["TableNames"] if "Counters" in name)
    return [int(item["clicks"]["N"]) for item in client.scan(TableName=table)["Items"]]


def test_fifty_taps_reach_the_page_the_board_and_dynamodb_and_outlive_a_restart(
    browser: Browser, own_game: Game
) -> None:
    ada = open_as(browser, own_game, "Ada Lovelace")
    for _ in range(TAPS):
        ada.get_by_test_id("tap").click()
        ada.wait_for_timeout(45)  # the pace of a hand: the rules count 25 taps a second
    expect(ada.get_by_test_id("clicks")).to_have_text(str(TAPS))
    own_game.wait_for(lambda: leaderboard(own_game)["total_clicks"] == TAPS, what="50 clicks on the leaderboard")
    assert [entry["clicks"] for entry in leaderboard(own_game)["entries"]] == [TAPS]
    own_game.wait_for(lambda: saved_clicks(own_game) == [TAPS], what="50 clicks in DynamoDB")

    grace = open_as(browser, own_game, "Grace Hopper")
    expect(grace.get_by_test_id("total")).to_contain_text(str(TAPS))

    own_game.restart()
    again = open_as(browser, own_game, "Ada Lovelace")
    expect(again.get_by_test_id("clicks")).to_have_text(str(TAPS))
    assert leaderboard(own_game)["total_clicks"] == TAPS
