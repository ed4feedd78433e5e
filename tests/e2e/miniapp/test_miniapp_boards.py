"""The league of the week and the friends' board, next to everybody's leaderboard."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from e2e.miniapp.driver import Player, is_clean, try_again
from playwright.sync_api import Browser, Page, Request, Route, ViewportSize, expect
from tapstack_local.init_data import make_init_data

NewPlayer = Callable[..., Player]

OWN_RANK = 31
LEAGUE_BEGINS_MS = 300_000


def choose(page: Page, board: str) -> None:
    page.click("[data-testid=tab-board]")
    pick(page, board)


def pick(page: Page, board: str) -> None:
    page.locator(".side > .choice").get_by_role("button", name=board, exact=True).click()


def division(own_id: str) -> dict[str, Any]:
    """A division of the middle of the league, as the API answers it."""
    rows = [
        {
            "rank": rank,
            "id": own_id if rank == OWN_RANK else f"{rank:016x}",
            "username": f"player_with_a_long_name_{rank}",
            "clicks": max(0, 900_000 - 20_000 * rank),
            "zone": "up" if rank <= 10 else "down" if rank > 40 else "stay",
        }
        for rank in range(1, 51)
    ]
    return {
        "status": "playing",
        "week": "2026-W47",
        "ends_at_s": int(time.time()) + 3 * 86_400 + 7_300,
        "clicks": 280_000,
        "division": {
            "tier": "gold",
            "number": 12,
            "rank": OWN_RANK,
            "moved": "up",
            "up": 10,
            "up_to": "sapphire",
            "down": 10,
            "down_to": "silver",
            "rows": rows,
        },
    }


def own_id(player: Player) -> str:
    """The id of a player, as the API knows it."""
    found = player.game.request("GET", "/players/me", headers={"Authorization": player.token}).json()
    return str(found["id"])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_league_shows_who_moves_and_keeps_the_own_place_in_sight(
    browser: Browser, new_player: NewPlayer, language: str
) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=740))
    player = new_player(context)
    page = player.page
    page.goto(player.launch_url(player.init_data(language=language)))
    player.wait_status("online")
    player.until(lambda: player.token != "", "a token")
    answer = json.dumps(division(own_id(player)))
    page.route("**/league", lambda route: route.fulfill(body=answer, content_type="application/json"))
    choose(page, {"en": "League", "ru": "Лига"}[language])
    rows = page.locator("[data-testid=league-rows] > li")
    expect(rows).to_have_count(50)
    said = page.inner_text("[data-testid=league]")
    wanted = {
        "en": (
            "Gold · division 12",
            "3 d 2 h left",
            "Places 1–10 move up to Sapphire",
            "Places 41–50 move down to Silver",
        ),
        "ru": ("Золото · дивизион 12", "Осталось 3 д 2 ч", "Места 1–10", "Места 41–50", "Твоё место: 31 из 50"),
    }
    assert [text for text in wanted[language] if text not in said] == []
    zones = [rows.nth(n).get_attribute("data-zone") for n in (0, 9, 10, 39, 40, 49)]
    assert zones == ["up", "up", "stay", "stay", "down", "down"]
    own = page.locator("[data-testid=league-rows] > .own")
    for row in (0, 49):
        rows.nth(row).scroll_into_view_if_needed()
        box = own.bounding_box()
        assert box
        assert 0 <= box["y"] <= 740 - box["height"]
    is_clean(page, "league")
    context.close()


def test_new_player_is_told_how_to_enter_the_league(player: Player) -> None:
    page = player.page
    choose(page, "League")
    # A game that has just started, and a week, get their league with the next run of maintenance.
    expect(page.get_by_test_id("league-status")).to_contain_text("One tap this week", timeout=LEAGUE_BEGINS_MS)
    page.click("[data-testid=tab-play]")
    player.tap(3)
    player.wait_server(3)
    page.click("[data-testid=tab-board]")
    seated = page.locator("[data-testid=league-rows] > .own .score")
    entering = page.get_by_text("Your division will be ready within a minute.")
    expect(seated.or_(entering)).to_be_visible()


def test_everybodys_board_is_asked_for_only_while_it_is_shown(browser: Browser, new_player: NewPlayer) -> None:
    context = browser.new_context(viewport=ViewportSize(width=1_200, height=800))  # the boards are beside the game
    player = new_player(context).open()
    page = player.page

    def asks_for_it(taps: int) -> bool:
        def sends_them(request: Request) -> bool:
            return request.url.endswith("/clicks") and (request.post_data_json or {}).get("taps") == taps

        with page.expect_request(sends_them) as sent:
            player.tap()
        return "board_since" in (sent.value.post_data_json or {})

    asked = [asks_for_it(1)]
    for taps, board in enumerate(("League", "All", "Friends", "All"), 2):
        pick(page, board)
        asked.append(asks_for_it(taps))
    assert asked == [True, False, True, False, True]
    context.close()


@pytest.mark.parametrize(("language", "more"), [("en", "More"), ("ru", "Ещё")])
def test_boards_by_metric_and_period_show_the_best_and_the_own_place(
    browser: Browser, new_player: NewPlayer, language: str, more: str
) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=740))
    player = new_player(context)
    page, asked = player.page, list[str]()
    page.goto(player.launch_url(player.init_data(language=language)))
    player.wait_status("online")
    player.until(lambda: player.token != "", "a token")
    best = [
        {"rank": n, "id": f"{n:016x}", "username": f"player_with_a_long_name_{n}", "clicks": 9_000_000 - n}
        for n in range(1, 21)
    ]
    own = {"rank": 31, "id": own_id(player), "username": None, "clicks": 280_000, "public_name": "Swift Otter 42"}
    answers: dict[str, Any] = {
        "/leaderboard/me": {"rank": 31, "clicks": 280_000, "around": [{**best[0], "rank": 30}, own]},
        "/leaderboard": {
            **{"version": 1, "generated_at_s": 1, "total_clicks": 1, "total_players": 1, "active_players": 1},
            **{"rebuilding": False, "entries": best},
        },
    }

    def answer(route: Route) -> None:
        path, _, query = route.request.url.partition("?")
        if "metric=" not in query:
            return route.fallback()
        asked.append(query)
        found = answers["/leaderboard/me" if path.endswith("/me") else "/leaderboard"]
        return route.fulfill(json={**found, "entries": []} if "friends" in query and "entries" in found else found)

    page.route("**/leaderboard**", answer)
    choose(page, more)
    rows = page.locator("[data-testid=metric-rows] > li")
    expect(rows).to_have_count(20)
    assert set(asked) == {"metric=coins&period=week"}
    expect(page.get_by_test_id("metric-own")).to_contain_text("31")
    is_clean(page, "board by metric")
    page.get_by_test_id("metric").select_option("xp")
    page.get_by_role("button", name={"en": "Year", "ru": "Год"}[language], exact=True).click()
    page.get_by_role("button", name={"en": "Around me", "ru": "Рядом со мной"}[language]).click()
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    assert asked[-1] == "metric=xp&period=year"
    page.get_by_test_id("metric").select_option("friends")
    page.get_by_role("button", name={"en": "Top 20", "ru": "Топ-20"}[language]).click()
    page.get_by_text({"en": "Nobody is here yet", "ru": "Здесь пока никого"}[language]).wait_for()
    context.close()


def test_board_that_cannot_be_loaded_can_be_tried_again(player: Player) -> None:
    page = player.page
    for board, path, place, loaded in (
        ("League", "**/league", "league", "league-status"),
        ("Friends", "**/leaderboard/friends", "friends-board", "board-row"),
        ("More", "**/leaderboard?metric=*", "metric-board", "metric"),
    ):
        page.route(path, lambda route: route.abort())
        choose(page, board)
        page.get_by_text("can't be loaded right now").wait_for()
        try_again(page, place, path)
        expect(page.get_by_text("can't be loaded right now")).to_have_count(0)
        expect(page.get_by_test_id(place).get_by_test_id(loaded)).to_have_count(1)


def test_screen_whose_code_cannot_be_loaded_can_be_tried_again(player: Player) -> None:
    page = player.page
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.abort()

    page.route("**/assets/own-boards-*.js", refuse)
    choose(page, "League")
    page.get_by_text("This screen can't be loaded right now.").wait_for()
    assert refused
    page.unroute("**/assets/own-boards-*.js")
    page.get_by_role("button", name="All", exact=True).click()
    page.wait_for_selector("[data-testid=board-section]")


def test_friends_are_ranked_and_cheered_on_once_a_day(player: Player) -> None:
    page = player.page
    player.tap(3)
    player.wait_server(3)
    choose(page, "Friends")
    page.get_by_text("Nobody here yet").wait_for()
    opened = player.game.request("GET", "/players/me", headers={"Authorization": player.token}).json()
    user = {"id": player.id + 5_000_000, "first_name": "Friend", "language_code": "en"}
    launch = make_init_data(
        user,
        player.game.secret("TELEGRAM_BOT_TOKEN"),
        auth_date_s=int(time.time()),
        query_id=uuid.uuid4().hex,
        start_param=f"ref_{opened['ref_code']}",
    )
    headers = {"Content-Type": "application/json", "Authorization": f"tma {launch}"}
    session = json.dumps({"session_id": str(uuid.uuid4())}).encode()
    token = player.game.request("POST", "/sessions", session, headers).json()["token"]
    headers["Authorization"] = f"Bearer {token}"
    player.game.request("POST", "/clicks", b'{"taps": 7}', headers)
    page.click("[data-testid=tab-play]")
    page.click("[data-testid=tab-board]")
    rows = page.locator("[data-testid=friends-board] [data-testid=board-row]")
    expect(rows).to_have_count(2)
    expect(rows.locator(".score")).to_have_text(["7", "3"])
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    expect(rows.nth(1).get_by_test_id("cheer")).to_have_count(0)
    rows.nth(0).get_by_test_id("cheer").click()
    expect(rows.nth(0).get_by_test_id("cheered")).to_have_text(re.compile(r"Cheered\. Again in \d+ (hr|min|sec)\."))
    found = player.game.request("GET", "/notifications", headers=headers).json()
    assert [(notice["kind"], len(notice["people"])) for notice in found["entries"]] == [("cheer", 1)]
