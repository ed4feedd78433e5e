"""The page itself: names, languages, accessibility, text size, speed on a slow phone, screenshots."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from e2e.miniapp.driver import SCREENS, Player, at_rest, is_clean, show
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tapstack_local.testing import Game

NewPlayer = Callable[..., Player]

PHONE = ViewportSize(width=390, height=844)
SPEAK_EVERY_S = 6
NAMES = {"play": "tap", "board": "board-section"}
"""What shows that a screen is there, where that is not its own name."""


def _seen(page: Page, screen: str) -> None:
    show(page, screen)
    page.wait_for_selector(f"[data-testid={NAMES.get(screen, screen)}]:visible")
    at_rest(page)


def test_a_new_player_may_choose_a_name_and_tap_meanwhile(player: Player, new_player: NewPlayer) -> None:
    page = player.page
    name = f"ann_{player.id}"
    help_text = page.locator("[data-testid=username-help]")
    page.fill("[data-testid=username]", "a!")
    expect(help_text).to_have_text("Only letters A–Z, digits and _")
    page.fill("[data-testid=username]", "ab")
    expect(help_text).to_have_text("At least 3 characters")
    player.tap(3)
    assert player.count() == 3
    page.fill("[data-testid=username]", name)
    expect(help_text).to_have_text("Looks good")
    page.click("[data-testid=username-save]")
    page.locator("[data-testid=public-name]", has_text=name).wait_for()
    _seen(page, "board")
    page.get_by_role("button", name="Around me").click()  # other tests may have filled the top 20
    own = page.locator("[data-testid=board-row][aria-current=true]")
    player.until(lambda: name in own.inner_text(), "the name on the board")

    rival = new_player().open()
    rival.page.fill("[data-testid=username]", name.upper())
    rival.page.click("[data-testid=username-save]")
    rival.page.get_by_text("This name is taken").wait_for()
    rival.page.get_by_text("Later").click()
    rival.tap(2)
    assert rival.count() == 2


def test_it_speaks_russian_to_whom_telegram_does_and_can_be_switched(new_player: NewPlayer) -> None:
    player = new_player()
    player.page.goto(player.launch_url(player.init_data(language="ru")))
    player.page.get_by_text("Твои тапы").wait_for()
    assert player.page.get_attribute("html", "lang") == "ru"
    _seen(player.page, "profile")
    player.page.select_option("[data-testid=language]", "en")
    player.page.get_by_text("Settings").wait_for()
    player.page.reload()
    player.page.get_by_text("Your taps").wait_for()


def test_axe_finds_nothing_serious(player: Player) -> None:
    player.tap(3)
    player.wait_server(3)
    for screen in SCREENS:
        _seen(player.page, screen)
        is_clean(player.page, screen)


def test_the_count_is_spoken_at_a_sane_pace(player: Player) -> None:
    player.page.evaluate("""() => {
        window.spoken = [];
        const region = document.querySelector("[data-testid=spoken]");
        new MutationObserver(() => spoken.push(region.textContent)).observe(region, {
            childList: true, characterData: true, subtree: true,
        });
    }""")
    began_s = time.monotonic()
    player.burst(100, 20)
    player.until(lambda: player.page.evaluate("spoken.at(-1)") == "100 taps", "the last count, spoken")
    spoken = player.page.evaluate("spoken")
    assert len(spoken) <= 1 + (time.monotonic() - began_s) / SPEAK_EVERY_S


OVERFLOWING = """() => [...document.querySelectorAll("h2, p, button, input, select, .row > *, dt, dd")]
    .filter((part) => part.offsetParent && !part.matches(".visually-hidden, .name"))
    .filter((part) => {
        const room = (part.closest(".card") ?? document.body).getBoundingClientRect();
        const { left, right } = part.getBoundingClientRect();
        return left < room.left - 1 || right > room.right + 1 || part.scrollWidth > part.clientWidth + 1;
    })
    .map((part) => part.outerHTML)"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_at_twice_the_text_size_nothing_is_cut_off(browser: Browser, new_player: NewPlayer, language: str) -> None:
    context = browser.new_context(viewport=ViewportSize(width=360, height=740))
    player = new_player(context)
    player.page.goto(player.launch_url(player.init_data(language=language)))
    player.wait_status("online")
    player.page.evaluate("document.documentElement.style.fontSize = '200%'")
    for tab in SCREENS:
        _seen(player.page, tab)
        wide = player.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, tab
        assert player.page.evaluate(OVERFLOWING) == [], tab
    _seen(player.page, "play")
    for _ in range(2):
        player.tap()  # looks for the button each time: so large, what arrives meanwhile may move it
    assert player.count() == 2
    context.close()


def test_focus_goes_in_the_order_of_the_page(player: Player) -> None:
    order = []
    for name in ("purse", "username"):
        player.page.wait_for_selector(f"[data-testid={name}]")
    for _ in range(11):
        player.page.keyboard.press("Tab")
        order.append(player.page.evaluate("document.activeElement.dataset.testid ?? document.activeElement.innerText"))
    wanted = ["purse", "tap", "username", "username-save", "Later"]
    assert order == [*wanted, "tab-play", "tab-quests", "tab-crew", "tab-shop", "tab-board", "tab-profile"]


def test_frames_on_a_slow_phone(new_player: NewPlayer) -> None:
    """Prints frame times at a sixth of this machine's speed; asserts no times."""
    player = new_player()
    player.page.emulate_media(reduced_motion="no-preference")
    player.open()
    player.cdp().send("Emulation.setCPUThrottlingRate", {"rate": 6})
    player.page.evaluate("""() => {
        window.frames_ms = [];
        let last = performance.now();
        const tick = (now) => { frames_ms.push(now - last); last = now; requestAnimationFrame(tick); };
        requestAnimationFrame(tick);
    }""")
    player.burst(15, 90)
    frames = sorted(player.page.evaluate("frames_ms.slice(2)"))
    p50, p95 = frames[len(frames) // 2], frames[int(len(frames) * 0.95)]
    print(f"frames at 6x throttling: {len(frames)}, p50 {p50:.1f} ms, p95 {p95:.1f} ms, max {frames[-1]:.1f} ms")
    assert player.count() == 15


def test_each_period_tells_the_own_place_and_who_is_around(player: Player) -> None:
    page = player.page
    player.burst(9, 60)
    player.wait_server(9)
    _seen(page, "board")
    page.get_by_role("button", name="Around me").wait_for()
    for period in ("Day", "Week", "Month"):
        page.get_by_role("button", name=period, exact=True).click()
        page.get_by_role("button", name="Around me").click()
        expect(page.locator("[data-testid=board] .own .score"), period).to_have_text("9")
        expect(page.locator("[data-testid=own-rank]"), period).not_to_be_empty()


RIVALS = {"mira": 480, "tap_master": 391, "LeoTaps": 260, "anna_k": 117, "Otto": 36, "zed_99": 12, "Ivan_S": 5}


def _let_rivals_play(game: Game) -> None:
    for number, (name, taps) in enumerate(RIVALS.items(), 8_000_001):
        session = {"session_id": str(uuid.UUID(int=number))}
        launch = game.init_data(number, name)
        headers = {"Content-Type": "application/json", "Authorization": f"tma {launch}"}
        opened = game.request("POST", "/sessions", json.dumps(session).encode(), headers).json()
        headers["Authorization"] = f"Bearer {opened['token']}"
        game.request("PATCH", "/players/me", json.dumps({"username": name}).encode(), headers)
        game.request("POST", "/clicks", json.dumps({"taps": taps}).encode(), headers)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(browser: Browser, new_player: NewPlayer, miniapp_game: Game, scheme: Any, tmp_path: Path) -> None:
    """Takes the README's screenshots; SCREENSHOTS names the folder to keep them in."""
    kept = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    _let_rivals_play(miniapp_game)
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, has_touch=True, reduced_motion="no-preference")
    player = new_player(context).open()
    player.page.fill("[data-testid=username]", f"ann_{scheme}")
    player.page.click("[data-testid=username-save]")
    player.page.locator("[data-testid=public-name]", has_text=f"ann_{scheme}").wait_for()
    player.at_once(137)
    player.wait_server(137)
    player.until(lambda: player.total() >= 137, "a board with the own taps")
    player.touch(3)
    player.page.wait_for_timeout(120)  # Shows the floating numbers, for the screenshot only.
    player.page.screenshot(path=kept / f"play-{scheme}.png")
    _seen(player.page, "board")
    player.until(lambda: player.page.locator("[data-testid=board-row].own").count() == 1, "the own row")
    player.page.screenshot(path=kept / f"board-{scheme}.png")
    assert (kept / f"board-{scheme}.png").stat().st_size > 0
    context.close()
