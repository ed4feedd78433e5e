"""Quests, the season, achievements and the streak, in the Mini App, over answers that get lost."""

from __future__ import annotations

import contextlib
import itertools
import json
import uuid
from collections.abc import Callable
from typing import Any

from e2e.miniapp.driver import Player, answer_is_lost, is_clean, show, try_again
from playwright.sync_api import Browser, Error, Locator, Page, Route, ViewportSize, expect
from tapstack_local.testing import Game

NewPlayer = Callable[..., Player]

TAPS = 310
"""Enough for a mission of `MOST` taps, an achievement, and a step of the season."""

MOST = 300
_ids = itertools.count(7_500_001)


def goal(page: Page, cause: str) -> Locator:
    return page.locator(f'[data-cause="{cause}"]')


def missions_of(game: Game, telegram_id: int) -> list[dict[str, Any]]:
    """Today's missions of a new player; they are drawn for each."""
    headers = {"Content-Type": "application/json", "Authorization": f"tma {game.init_data(telegram_id, 'Ann')}"}
    opened = game.request("POST", "/sessions", json.dumps({"session_id": str(uuid.uuid4())}).encode(), headers).json()
    own = {"Authorization": f"Bearer {opened['token']}"}
    missions: list[dict[str, Any]] = game.request("GET", "/progress", headers=own).json()["day"]["missions"]
    game.request("DELETE", "/sessions/current", headers=own)
    return missions


def player_with_mission(game: Game, new_player: NewPlayer) -> tuple[Player, dict[str, Any]]:
    """A player with a mission that taps alone complete."""
    for telegram_id in itertools.islice(_ids, 60):
        for one in missions_of(game, telegram_id):
            if one["metric"] == "taps" and one["target"] <= MOST:
                return new_player(telegram_id=telegram_id), one
    raise AssertionError("no player has a mission of few taps")


def play(player: Player) -> None:
    """Taps as fast as the game counts, and waits for the check-in that the first of them brings."""
    player.at_once(TAPS)
    player.wait_server(TAPS)
    player.until(lambda: player.entries("checkin") == 1, "the check-in")


def test_first_tap_of_the_day_checks_in_once(player: Player) -> None:
    page = player.page
    player.tap(1)
    expect(page.locator("[data-testid=news]")).to_contain_text("Day 1 of your streak")
    page.reload()
    player.wait_status("online")
    player.tap(1)
    player.wait_server(2)
    show(page, "quests")
    expect(page.locator("[data-testid=streak]")).to_contain_text("Checked in today.")
    assert player.entries("checkin") == 1


def test_reward_asked_for_over_lost_answers_is_given_once(miniapp_game: Game, new_player: NewPlayer) -> None:
    player, wanted = player_with_mission(miniapp_game, new_player)
    player.open()
    page = player.page
    expect(page.locator(".tab-quests .badge")).to_have_count(0)
    expect(page.locator("nav button")).to_have_text(["Play", "Quests", "Faction", "Shop", "Top", "Profile"])
    play(player)
    expect(page.locator(".tab-quests .badge")).to_be_visible()
    show(page, "quests")
    mission = goal(page, wanted["cause"])
    page.route("**/claims", answer_is_lost)
    mission.locator("[data-testid=claim]").click()
    expect(mission).to_have_attribute("data-state", "claimed")
    expect(mission.locator("[data-testid=outcome]")).to_contain_text("No connection")
    player.until(lambda: player.entries("claim") == 1, "the claim")
    page.reload()
    player.wait_status("online")

    page.unroute("**/claims")
    player.come_back()
    expect(page.locator("[data-testid=news]")).to_contain_text(f"Claimed: {wanted['reward']['coin']} coins")
    show(page, "quests")
    expect(mission).to_have_attribute("data-state", "claimed")
    page.reload()
    player.wait_status("online")
    show(page, "quests")
    expect(mission).to_have_attribute("data-state", "claimed")
    assert player.entries("claim") == 1


def test_what_is_not_loaded_or_not_there_says_so(new_player: NewPlayer) -> None:
    player = new_player()
    page = player.page
    page.route("**/progress", lambda route: route.abort())
    player.open()
    page.wait_for_selector("button.purse")
    for screen in ("quests", "season", "awards"):
        show(page, screen)
        expect(page.get_by_test_id(screen).get_by_role("button", name="Try again")).to_be_visible()
    try_again(page, "awards", "**/progress")
    expect(page.locator("[data-testid=awards] [data-testid=reward]").first).to_be_visible()

    def bare(route: Route) -> None:
        with contextlib.suppress(Error):  # The page may be reloaded meanwhile.
            answer = route.fetch()
            view = answer.json() | {"season": None, "next_season": None}
            if answer.ok:  # What is refused is asked for once more.
                view["day"]["missions"] = view["week"]["missions"] = []
            route.fulfill(response=answer, json=view if answer.ok else None)

    page.route("**/progress", bare)
    page.reload()
    player.wait_status("online")
    show(page, "quests")
    expect(page.get_by_text("No quests right now")).to_be_visible()
    show(page, "season")
    expect(page.get_by_text("No season is running")).to_be_visible()
    is_clean(page, "no season")


def test_axe_finds_nothing_serious_in_rewards(browser: Browser, new_player: NewPlayer) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=740), locale="en-US")
    player = new_player(context).open()
    page = player.page
    play(player)
    show(page, "quests")
    expect(page.locator("[data-testid=reward]").first).to_be_visible()
    is_clean(page, "quests")
    show(page, "awards")
    award = page.locator("[data-testid=reward]", has_text="Warm Fingers")
    award.locator("[data-testid=claim]").press("Enter")
    expect(award).to_contain_text("of 1,000")  # The next tier has its place.
    is_clean(page, "achievements")
    show(page, "season")
    season = player.read("/progress")["season"]  # There may be none, some day.
    expect(page.locator("[data-testid=reward]")).to_have_count(len(season["steps"]) if season else 0)
    is_clean(page, "season")
    show(page, "profile")
    expect(page.locator("[data-testid=showcase]")).to_contain_text("Warm Fingers")
    expect(page.locator("[data-testid=zone]")).to_be_disabled()  # It was told with the check-in.
    is_clean(page, "profile")
    context.close()
