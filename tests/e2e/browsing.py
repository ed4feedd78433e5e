"""A real Chromium, and evidence from it: a log of all pages' consoles, and screenshots of the open pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright
from support import evidence

NO_CHROMIUM = "no Chromium: install Debian's `chromium-headless-shell`, or name a binary in CHROMIUM"
DEADLINE_MS = 60_000
"""Generous, for a busy machine: reached only if something is broken."""

LATE_MS = int(os.environ.get("LATE_MS", "0"))
"""How late an answer reaches a page at most; `make test-stress` sets it in every second round."""

LATE_ANSWERS = """{
    const soon = window.fetch;
    window.fetch = async (...request) => {
        const answer = await soon(...request);
        await new Promise((done) => setTimeout(done, Math.random() * LATE_MS));
        return answer;
    };
}""".replace("LATE_MS", str(LATE_MS))
"""Each by itself, so that answers overtake each other: who reads the page too early finds what was there before."""

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def chromium_path() -> str | None:
    """Chromium's path: from the setting, else from PATH."""
    # The shell first: it draws no window, which takes most of a browser's work where there is no graphics card.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium; without one the test is skipped, and fails in CI."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=DEADLINE_MS)
        expect.set_options(timeout=DEADLINE_MS)
        with evidence.watch(evidence.new_log("chromium")) as log:
            record(browser, log)
            yield browser
        browser.close()


def record(browser: Browser, log: Path) -> None:
    """Writes all pages' console messages, failed requests and errors to a file.

    Where a test asks for nothing else, pages move nothing: each frame is drawn by the processor.
    """
    new_context: Callable[..., BrowserContext] = browser.new_context

    def note(line: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**{"reduced_motion": "reduce"} | options)
        context.set_default_timeout(DEADLINE_MS)
        if LATE_MS:
            context.add_init_script(LATE_ANSWERS)
        context.on("console", lambda said: note(_console(said)))
        context.on("weberror", lambda failed: note(f"error: {failed.error}"))
        context.on("requestfailed", lambda asked: note(f"failed: {asked.method} {asked.url} {asked.failure}"))
        return context

    browser.new_context = watched  # type: ignore[method-assign]


def _console(said: ConsoleMessage) -> str:
    page: Page | None = said.page
    return f"{said.type}: {said.text} ({page.url.partition('#')[0] if page else 'closed'})"


def pictures(browser: Browser) -> list[Path]:
    """Takes a screenshot of every open page; skips a page where that fails."""
    taken = []
    for page in [page for context in browser.contexts for page in context.pages]:
        path = evidence.new_log("page").with_suffix(".png")
        try:
            page.screenshot(path=path, timeout=10_000)
        except Error:
            continue
        taken.append(path)
    return taken
