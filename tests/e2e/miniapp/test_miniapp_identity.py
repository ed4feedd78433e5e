"""Who a player is: the name they are proposed, their photo, and what they are offered after a hundred taps."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable

from e2e.miniapp.driver import Player
from e2e.miniapp.test_miniapp_telegram import Client
from playwright.sync_api import expect

NewPlayer = Callable[..., Player]

DOT = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8'/></svg>"


def bob(new_player: NewPlayer) -> Player:
    player = new_player()
    player.name = "Боб"
    return player


def place_of_the_button(player: Player) -> tuple[float, float, float, float]:
    box = player.page.locator("[data-testid=tap]").bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def test_new_player_takes_the_name_that_is_proposed_and_nothing_moves(new_player: NewPlayer) -> None:
    player = bob(new_player)
    player.page.route("**/sessions", lambda _: None)  # held: the page is connecting
    player.page.goto(player.launch_url(player.init_data()))
    player.page.wait_for_selector("[data-testid=tap]")
    connecting = place_of_the_button(player)
    player.page.unroute("**/sessions")
    player.page.reload()
    player.wait_status("online")
    field = player.page.locator("[data-testid=username]")
    proposed = field.input_value()
    assert proposed.startswith("bob")  # numbered where an earlier test has taken it
    assert place_of_the_button(player) == connecting
    player.page.click("[data-testid=username-save]")
    expect(player.page.locator("[data-testid=public-name]")).to_have_text(proposed)
    assert place_of_the_button(player) == connecting
    player.page.reload()
    player.wait_status("online")
    expect(player.page.locator("[data-testid=username-prompt]")).to_have_count(0)


def test_player_who_puts_the_name_off_sees_how_others_see_them(new_player: NewPlayer) -> None:
    player = bob(new_player).open()
    before = place_of_the_button(player)
    player.page.get_by_text("Later").click()
    generated = player.page.locator("[data-testid=public-name]").inner_text()
    assert len(generated.split()) == 3
    assert place_of_the_button(player) == before
    player.tap(1)
    player.page.click("[data-testid=tab-board]")
    player.page.get_by_role("button", name="Around me").click()
    own = player.page.locator("[data-testid=board-row][aria-current=true]")
    player.until(lambda: generated in own.inner_text(), "the generated name on the board")


def test_hint_goes_with_the_tenth_tap(player: Player) -> None:
    hint = player.page.locator("[data-testid=first-taps]")
    expect(hint).to_be_visible()
    player.tap(9)
    expect(hint).to_contain_text("1")
    player.tap(1)
    expect(hint).to_have_count(0)


def test_own_photo_is_shown_where_it_is_telegrams(new_player: NewPlayer) -> None:
    player = new_player()
    player.profile["photo_url"] = "https://t.me/i/userpic/320/x.svg"
    player.page.route("https://t.me/**", lambda route: route.fulfill(body=DOT, content_type="image/svg+xml"))
    player.open()
    player.page.click("[data-testid=tab-profile]")
    photo = player.page.locator("[data-testid=profile] .avatar img")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8
    player.hosts.discard("t.me")


def test_photo_of_another_host_is_never_asked_for(new_player: NewPlayer) -> None:
    """One of the addresses of miniapp/tests/telegram/photo.test.ts."""
    player = new_player()
    player.profile["photo_url"] = "https://t.me@evil.example/x.svg"
    player.open()  # the fixture fails where the page asks another host
    player.page.click("[data-testid=tab-profile]")
    expect(player.page.locator("[data-testid=profile] .avatar")).to_have_text(re.compile("^[A-Z]{2}$"))


def tap_elsewhere(player: Player, taps: int) -> None:
    """The player's taps on another device."""
    headers = {"Content-Type": "application/json", "Authorization": f"tma {player.init_data()}"}
    body = json.dumps({"session_id": str(uuid.uuid4())}).encode()
    token = player.game.request("POST", "/sessions", body, headers).json()["token"]
    headers["Authorization"] = f"Bearer {token}"
    assert player.game.request("POST", "/clicks", json.dumps({"taps": taps}).encode(), headers).status == 200


def test_messages_and_home_screen_are_offered_once_after_a_hundred_taps(new_player: NewPlayer) -> None:
    player = new_player()
    tap_elsewhere(player, 99)
    client = Client(player)
    client.dispatch("home_screen_checked", {"status": "missed"})
    offers = client.app.locator("[data-testid=offers]")
    expect(offers).to_have_count(0)
    client.app.locator("[data-testid=tap]").click()
    expect(offers).to_be_visible()
    kept = client.app.evaluate("Object.entries(localStorage).find(([key]) => key.includes('remembered'))?.[1]")
    assert json.loads(kept)["offered"] is True
    offers.locator("[data-testid=allow-messages]").click()
    client.until(lambda: client.received("web_app_request_write_access") != [], "a request for write access")
    client.dispatch("write_access_requested", {"status": "allowed"})
    expect(offers.locator("[data-testid=allow-messages]")).to_have_count(0)
    offers.locator("[data-testid=home-screen]").click()
    client.until(lambda: client.received("web_app_add_to_home_screen") != [], "a request for the home screen")
    client.dispatch("home_screen_added")
    expect(offers).to_have_count(0)


def test_player_whom_the_bot_may_write_to_is_offered_the_home_screen_only(new_player: NewPlayer) -> None:
    player = new_player()
    player.profile["allows_write_to_pm"] = True
    tap_elsewhere(player, 100)
    client = Client(player)
    client.dispatch("home_screen_checked", {"status": "missed"})
    offers = client.app.locator("[data-testid=offers]")
    expect(offers).to_be_visible()
    expect(offers.locator("[data-testid=allow-messages]")).to_have_count(0)
    offers.locator("[data-testid=offers-close]").click()
    expect(offers).to_have_count(0)
