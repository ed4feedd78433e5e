"""The Mini App opened from the local Telegram's chat page, end to end."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e.miniapp.driver import SCREENS, TAP, click, show
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FrameLocator,
    Page,
    ViewportSize,
    expect,
)
from tapstack_local.testing import Game

ADA, GRACE = 5_000_000_001, 5_000_000_002
"""Two of the people of the chat page."""


@pytest.fixture
def open_chat(miniapp_game: Game, browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Opens the local Telegram's chat page as a person, on their own computer."""
    contexts: list[BrowserContext] = []
    violations: list[str] = []

    def check(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            violations.append(said.text)

    def open_as(user_id: int) -> Page:
        context = browser.new_context(viewport=ViewportSize(width=1320, height=860))
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_init_script(f"localStorage.setItem('user', '{user_id}')")
        context.on("console", check)
        contexts.append(context)
        page = context.new_page()
        page.goto(miniapp_game.run["telegram_url"])
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert violations == []


def launched(chat: Page, link: str) -> FrameLocator:
    """The game, launched by an invitation link."""
    chat.fill("#deep-link-text", link)
    chat.press("#deep-link-text", "Enter")
    chat.get_by_role("button", name="Launch").click()
    app = chat.frame_locator("iframe")
    expect(app.locator("[data-testid=status]")).to_have_attribute("data-status", "online")
    return app


@pytest.fixture
def chat(open_chat: Callable[[int], Page]) -> Page:
    return open_chat(ADA)


@pytest.fixture
def app(chat: Page) -> FrameLocator:
    return launched(chat, "https://t.me/tapstack_local_bot?startapp=ref_somebody")


def test_it_is_played_with_telegrams_own_widgets(chat: Page, app: FrameLocator) -> None:
    shown = app.locator("[data-testid=clicks]")
    before = int(re.sub(r"\D", "", shown.inner_text()))
    click(app.locator("[data-testid=tap]"), 5)
    expect(shown).to_have_text(str(before + 5))
    expect(chat.locator(".haptic")).to_have_text(re.compile("light|medium"))  # the last tap may bring a level
    show(app, "profile")
    app.get_by_role("button", name="Full screen", exact=True).click()
    expect(app.get_by_role("button", name="Leave full screen")).to_be_visible()
    app.get_by_role("button", name="Leave full screen").click()
    chat.get_by_role("button", name="Back", exact=True).click()
    expect(app.locator("[data-testid=profile]")).to_have_count(0)


def test_picture(chat: Page, tmp_path: Path) -> None:
    """Takes the README's picture of chat and game; SCREENSHOTS names the folder to keep it in."""
    picture = Path(os.environ.get("SCREENSHOTS") or tmp_path) / "miniapp-in-telegram.png"
    chat.set_viewport_size(ViewportSize(width=1000, height=760))
    chat.emulate_media(reduced_motion="no-preference")
    start = chat.get_by_role("button", name="START", exact=True)
    if start.is_visible():  # nobody has before, in another test
        start.click()
        expect(chat.locator("#messages article.theirs")).not_to_have_count(0)
    chat.fill("#input", "/help")
    chat.press("#input", "Enter")
    expect(chat.locator("#messages article.theirs").last).to_contain_text("How it works")
    app = launched(chat, "https://t.me/tapstack_local_bot?startapp=")
    shown = app.locator("[data-testid=clicks]")
    before = int(re.sub(r"\D", "", shown.inner_text()))
    app.locator("[data-testid=tap]").click(position=TAP)
    expect(shown).to_have_text(str(before + 1))
    chat.screenshot(path=picture)
    assert picture.stat().st_size > 0


def test_it_changes_colours_with_the_client(chat: Page, app: FrameLocator) -> None:
    root = app.locator("html")
    before = root.get_attribute("data-scheme")
    chat.click("#theme")
    expect(root).not_to_have_attribute("data-scheme", before or "")


def test_score_card_goes_to_a_chat_of_the_players_choice(chat: Page, app: FrameLocator) -> None:
    show(app, "friends")
    invite_status = app.locator("[data-testid=invite-status]")
    invite = app.locator("[data-testid=invite]")
    invite.click()
    dialog = chat.get_by_role("dialog")
    expect(dialog).to_contain_text("Share: 🏆 Ada")
    chat.keyboard.press("Escape")
    expect(invite).to_be_enabled()
    expect(invite_status).to_have_text("")

    invite.click()
    dialog.get_by_role("button", name="Saved Messages").click()
    expect(invite_status).to_have_text("Shared")
    chat.locator(".chat-entry", has_text="Saved Messages").click()
    sent = chat.locator("#messages article").last
    expect(sent).to_contain_text("Ada")
    expect(sent.get_by_role("button", name="Play")).to_be_visible()
    expect(sent.locator("img.photo")).to_have_js_property("naturalWidth", 1_200)


def test_score_is_shared_as_a_story_with_a_link_to_the_game(chat: Page, app: FrameLocator) -> None:
    app.locator("[data-testid=tab-profile]").click()
    story = app.locator("[data-testid=story]")
    story.click()
    editor = chat.get_by_role("dialog", name="Your story")
    expect(editor.locator("img")).to_have_js_property("naturalHeight", 1_920)
    expect(editor).to_contain_text("https://t.me/tapstack_local_bot?startapp=ref_")
    chat.keyboard.press("Escape")
    expect(story).to_be_enabled()
    expect(app.locator("[data-testid=share-status]")).to_have_text("")


def test_friend_who_comes_by_the_copied_link_stands_in_the_list(open_chat: Callable[[int], Page]) -> None:
    ada = open_chat(ADA)
    app = launched(ada, "https://t.me/tapstack_local_bot?startapp=")
    show(app, "friends")
    expect(app.locator("[data-testid=friend-list]")).to_contain_text("Nobody has joined through your link yet")
    app.locator("[data-testid=copy]").click()
    expect(app.locator("[data-testid=invite-status]")).to_have_text("Copied")
    link = ada.evaluate("navigator.clipboard.readText()")
    assert link.startswith("https://t.me/tapstack_local_bot?startapp=ref_")

    friend = launched(open_chat(GRACE), link)
    expect(friend.locator("[data-testid=first-taps]")).to_contain_text("invited you. Tap here!")
    friend.locator("[data-testid=username]").fill("grace")
    friend.locator("[data-testid=username-save]").click()
    expect(friend.locator("[data-testid=public-name]")).to_have_text("grace")
    show(friend, "friends")
    expect(friend.locator("[data-testid=invited-by]")).to_contain_text("invited you.")

    app.locator("[data-testid=tab-play]").click()
    show(app, "friends")
    rows = app.locator("[data-testid=friend]")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("grace")
    expect(app.locator(".sums")).to_contain_text("Joined through your link1")


def test_frame_of_the_local_telegram_breaks_no_rule_of_the_pages_policy(chat: Page, app: FrameLocator) -> None:
    """Exercises the whole page and the API: the browser would report any policy violation."""
    broken: list[str] = []
    chat.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    app.locator("body").evaluate(
        """() => {
            window.broken = [];
            addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
        }"""
    )
    for screen in reversed(SCREENS):
        show(app, screen)
    app.locator("[data-testid=tap]").click(position=TAP)
    expect(app.locator("[data-testid=status]")).to_have_attribute("data-status", "online")
    assert app.locator("body").evaluate("() => window.broken") == []
    assert broken == []


def test_page_of_another_origin_cannot_show_the_game_in_a_frame(miniapp_game: Game, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    framed = f"<iframe src='{miniapp_game.url}/app/' onload='window.loaded = true'></iframe>"
    page.route("http://evil.example/", lambda route: route.fulfill(content_type="text/html", body=framed))
    page.goto("http://evil.example/")
    page.wait_for_function("window.loaded")
    frame = page.frames[1]
    assert frame.locator("#app").count() == 0
    assert frame.url != f"{miniapp_game.url}/app/"
    context.close()
