"""The inbox in the Mini App: what waits is marked, read once it was shown, and what the bot may tell is chosen."""

from __future__ import annotations

import json
import time
import uuid

from e2e.miniapp.driver import Player, show, try_again
from playwright.sync_api import expect
from tapstack_local.init_data import make_init_data


def befriend(player: Player) -> None:
    """Somebody comes by the player's link."""
    account = player.game.request("GET", "/players/me", headers={"Authorization": player.token}).json()
    user = {"id": player.id + 6_000_000, "first_name": "Friend", "language_code": "en"}
    signing, link = player.game.secret("TELEGRAM_BOT_TOKEN"), f"ref_{account['ref_code']}"
    launch = make_init_data(user, signing, auth_date_s=int(time.time()), query_id=uuid.uuid4().hex, start_param=link)
    headers = {"Content-Type": "application/json", "Authorization": f"tma {launch}"}
    session = json.dumps({"session_id": str(uuid.uuid4())}).encode()
    assert player.game.request("POST", "/sessions", session, headers).status == 201


def test_inbox_is_marked_until_it_was_read_and_its_settings_are_kept(player: Player) -> None:
    page = player.page
    player.tap(1)
    player.wait_server(1)
    show(page, "inbox")
    page.get_by_text("Nothing here yet").wait_for()
    befriend(player)
    page.reload()
    player.wait_status("online")
    badge = page.locator("[data-testid=tab-profile] .badge")
    expect(badge).to_have_count(1)
    show(page, "inbox")
    notice = page.get_by_test_id("notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("has joined through your link")
    expect(badge).to_have_count(0)
    switch = page.get_by_test_id("notify-kind_friend")
    expect(switch).to_be_checked()
    with page.expect_response(lambda answer: answer.url.endswith("/settings") and answer.request.method == "PATCH"):
        switch.click()
    with page.expect_response(lambda answer: answer.url.endswith("/settings") and answer.request.method == "PATCH"):
        page.get_by_test_id("quiet_from").select_option("23")
    page.reload()
    player.wait_status("online")
    show(page, "inbox")
    expect(switch).not_to_be_checked()
    expect(page.get_by_test_id("quiet_from")).to_have_value("23")
    expect(badge).to_have_count(0)


def test_inbox_that_cannot_be_loaded_can_be_tried_again(player: Player) -> None:
    page = player.page
    paths = {"notices": "**/notifications", "notification-settings": "**/notifications/settings"}
    for path in paths.values():
        page.route(path, lambda route: route.abort())
    show(page, "inbox")
    page.get_by_text("Your inbox can't be loaded right now.").wait_for()
    page.get_by_text("These settings can't be loaded right now.").wait_for()
    for card, path in paths.items():
        try_again(page, card, path)
    page.get_by_text("Nothing here yet").wait_for()
    expect(page.get_by_test_id("notify-enabled")).to_be_checked()
