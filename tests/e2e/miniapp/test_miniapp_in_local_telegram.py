"""The Mini App opened from the local Telegram's chat page, over all of its wires."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from faas.testing import Game
from playwright.sync_api import Browser, FrameLocator, Page, ViewportSize, expect
from telegram_local.testing import LocalTelegram

TAP = {"x": 120.0, "y": 110.0}


@pytest.fixture
def chat(miniapp_game: Game, browser: Browser) -> Iterator[Page]:
    """The chat page of a Telegram whose bot is the game's."""
    url = f"{miniapp_game.url}/app/"
    with LocalTelegram(token=miniapp_game.secret("TELEGRAM_BOT_TOKEN"), main_app_url=url) as telegram:
        telegram.call("setChatMenuButton", menu_button={"type": "web_app", "text": "Play", "web_app": {"url": url}})
        context = browser.new_context(viewport=ViewportSize(width=1320, height=860))
        page = context.new_page()
        page.goto(telegram.url)
        page.wait_for_selector("html[data-ready]")
        yield page
        context.close()


@pytest.fixture
def app(chat: Page) -> FrameLocator:
    """The game, launched by an invitation's link."""
    chat.fill("#deep-link-text", "https://t.me/tapstack_local_bot?startapp=ref_somebody")
    chat.press("#deep-link-text", "Enter")
    chat.get_by_role("button", name="Launch").click()
    app = chat.frame_locator("iframe")
    expect(app.locator("[data-testid=status]")).to_have_attribute("data-status", "online", timeout=30_000)
    return app


def test_it_is_played_with_telegrams_own_widgets(chat: Page, app: FrameLocator) -> None:
    shown = app.locator("[data-testid=clicks]")
    before = int(re.sub(r"\D", "", shown.inner_text()))
    for _ in range(5):
        app.locator("[data-testid=tap]").click(position=TAP)
    expect(shown).to_have_text(str(before + 5))
    expect(chat.locator(".haptic")).to_have_text("light")
    app.locator("[data-testid=tab-profile]").click()
    app.get_by_role("button", name="Full screen", exact=True).click()
    expect(app.get_by_role("button", name="Leave full screen")).to_be_visible()
    app.get_by_role("button", name="Leave full screen").click()
    chat.get_by_role("button", name="Back", exact=True).click()
    expect(app.locator("[data-testid=profile]")).to_have_count(0)


def test_it_changes_colours_with_the_client(chat: Page, app: FrameLocator) -> None:
    root = app.locator("html")
    before = root.get_attribute("data-scheme")
    chat.click("#theme")
    expect(root).not_to_have_attribute("data-scheme", before or "")
