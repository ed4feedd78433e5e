"""A browser, a small bot and a toy Mini App for the chat page.

Playwright's sync API runs once per process, and while it does, nothing else can start an event loop in its thread: so
the browser ends with the module. A failed test keeps pictures of the open pages in pytest's temporary folder.
"""

import os
import shutil
import threading
from collections.abc import Generator, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from telegram_local.testing import OK, Answer, Limits, LocalTelegram, Receiver, answering

TOY = Path(__file__).parent / "toy_mini_app"
NO_CHROMIUM = "no Chromium: install Debian's `chromium-headless-shell`, or name a binary in CHROMIUM"
DEADLINE_MS = 60_000
"""Generous, for a busy machine: only reached if something is broken."""

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def chromium_path() -> str | None:
    """The browser's binary: the setting, else from PATH."""
    # The shell first: it draws no window, which takes most of a browser's work where there is no graphics card.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Without one the test is skipped, and fails in CI."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=DEADLINE_MS)
        expect.set_options(timeout=DEADLINE_MS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    page = item.funcargs.get("page")
    if report.failed and isinstance(page, Page) and not page.is_closed():
        temporary: Any = item.funcargs["tmp_path_factory"]
        picture = Path(temporary.getbasetemp()) / f"{item.name}.png"
        try:
            page.screenshot(path=picture, timeout=10_000)
        except Error:
            return report
        report.sections.append(("Picture of the page", str(picture)))
    return report


@pytest.fixture(scope="session")
def toy_url() -> Iterator[str]:
    """A Mini App of another origin."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(TOY)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


class EchoBot:
    """Greets, counts presses, asks for a name, echoes the rest."""

    def __init__(self, telegram: LocalTelegram, toy_url: str) -> None:
        self.telegram = telegram
        self.toy_url = toy_url
        self.presses = 0

    def keyboard(self) -> dict[str, Any]:
        return {
            "inline_keyboard": [
                [{"text": "Tap!", "callback_data": "tap"}, {"text": "Rules", "callback_data": "rules"}],
                [{"text": "Open the app", "web_app": {"url": self.toy_url}}],
                [{"text": "Copy link", "copy_text": {"text": "https://t.me/local_bot?start=ref_1"}}]
                + [{"text": "Share", "switch_inline_query": "score"}],
            ]
        }

    def text(self) -> str:
        return f"<b>{self.presses} clicks</b>\n<i>Tap</i> with the world: <code>25/s</code>"

    def __call__(self, update: dict[str, Any]) -> Answer:
        if "inline_query" in update:
            content = {"message_text": "My score: <b>42</b>", "parse_mode": "HTML"}
            result = {"type": "article", "id": "1", "title": "My score", "description": "42 clicks"}
            results = [result | {"input_message_content": content}]
            return answering("answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=results)
        if "callback_query" in update:
            return self.pressed(update["callback_query"])
        if "text" not in update.get("message", {}):
            return OK
        message = update["message"]
        chat, text = message["chat"]["id"], message["text"]
        if text.startswith("/start"):
            self.telegram.call("sendChatAction", chat_id=chat, action="typing")
            shown = self.text() + (f"\nInvited by {text[7:]}" if text[7:] else "")
            return answering("sendMessage", chat_id=chat, text=shown, parse_mode="HTML", reply_markup=self.keyboard())
        if text.startswith("/name"):
            force = {"force_reply": True, "input_field_placeholder": "3-20 letters"}
            return answering("sendMessage", chat_id=chat, text="Your username?", reply_markup=force)
        if text.startswith("/keys"):
            keys = {"keyboard": [["Yes", "No"]], "resize_keyboard": True}
            return answering("sendMessage", chat_id=chat, text="Choose", reply_markup=keys)
        reply = {"message_id": message["message_id"]}
        return answering("sendMessage", chat_id=chat, text=f"Echo: {text}", reply_parameters=reply)

    def pressed(self, query: dict[str, Any]) -> Answer:
        if query["data"] == "rules":
            return answering("answerCallbackQuery", callback_query_id=query["id"], text="Be fair.", show_alert=True)
        self.presses += 1
        message = query["message"]
        where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        self.telegram.call(
            "editMessageText", text=self.text(), parse_mode="HTML", reply_markup=self.keyboard(), **where
        )
        return answering("answerCallbackQuery", callback_query_id=query["id"], text=f"+1 ({self.presses})")


@pytest.fixture
def telegram(toy_url: str) -> Iterator[LocalTelegram]:
    """A local Telegram with the echo bot."""
    with LocalTelegram(limits=Limits(private_burst=50)) as server:
        bot = EchoBot(server, toy_url)
        commands = [{"command": "start", "description": "Home"}, {"command": "name", "description": "Rename"}]
        server.call("setMyCommands", commands=commands)
        russian = [{"command": "start", "description": "Домой"}]
        server.call("setMyCommands", commands=russian, language_code="ru")
        server.call("setMyDescription", description="Tap with the whole world.")
        menu = {"type": "web_app", "text": "Play", "web_app": {"url": toy_url}}
        server.call("setChatMenuButton", menu_button=menu)
        with Receiver(bot) as receiver:
            server.call("setWebhook", url=receiver.url)
            yield server


@pytest.fixture
def page(browser: Browser, telegram: LocalTelegram, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The chat page as Ada, of a computer's size. Fails on errors in the browser's console."""
    context = browser.new_context(viewport={"width": 1320, "height": 860}, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(DEADLINE_MS)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.goto(telegram.url)
    page.wait_for_selector("html[data-ready]")
    yield page
    context.close()
    assert not problems, problems
