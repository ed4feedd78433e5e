"""Pictures of what a browser showed when a test failed."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from e2e import browsing
from playwright.sync_api import Browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    browser = item.funcargs.get("browser")
    if report.failed and isinstance(browser, Browser) and (taken := browsing.pictures(browser)):
        report.sections.append(("Pictures of the open pages, kept", "\n".join(map(str, taken))))
    return report
