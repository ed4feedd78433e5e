"""Evidence from a browser: a log of all pages' consoles, and screenshots of the open pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page
from support import evidence


def record(browser: Browser, log: Path) -> None:
    """Writes all pages' console messages, failed requests and errors to a file."""
    new_context: Callable[..., BrowserContext] = browser.new_context

    def note(line: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
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
