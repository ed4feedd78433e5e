"""One real Chromium for the tests of a module.

Playwright's sync API cannot run twice at once in a process, and while it runs, nothing else can start an event loop.
So it ends with the module.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest
from e2e import browsing
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    browser = item.funcargs.get("browser")
    if report.failed and isinstance(browser, Browser) and (taken := browsing.pictures(browser)):
        report.sections.append(("Pictures of the open pages, kept", "\n".join(map(str, taken))))
    return report
