"""One real Chromium for the tests of a module.

Playwright's sync API cannot run twice at once in a process, and while it runs, nothing else can start an event loop.
So it ends with the module.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from e2e import browsing
from playwright.sync_api import Browser, expect, sync_playwright
from support import evidence

NO_CHROMIUM = "no Chromium: install Debian's `chromium`, or name a binary in CHROMIUM"
DEADLINE_MS = 60_000
"""Generous, for a busy machine: reached only if something is broken."""

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def chromium_path() -> str | None:
    """Chromium's path: from the setting, else from PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
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
            browsing.record(browser, log)
            yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    browser = item.funcargs.get("browser")
    if report.failed and isinstance(browser, Browser) and (taken := browsing.pictures(browser)):
        report.sections.append(("Pictures of the open pages, kept", "\n".join(map(str, taken))))
    return report
