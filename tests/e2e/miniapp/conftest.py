"""A running game with its built Mini App, and real Chromium."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e.browsing import chromium
from e2e.miniapp.driver import Player
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from support.sharing import Shared
from tapstack_local.testing import Game

ROOT = Path(__file__).parents[3]
PHONE = ViewportSize(width=390, height=844)
_ids = itertools.count(7_000_001)


games = Shared[Game](Path(__file__).parent)
browsers = Shared[Browser](Path(__file__).parent)


@pytest.fixture(scope="module")
def miniapp_game(tmp_path_factory: pytest.TempPathFactory) -> Game:
    """One game for all of these tests; each test has its own players."""
    # Some tests wait for a run of the schedules, and none for the time between two.
    settings = {"SUPPORT_USERNAME": "tapstack_help", "LIVE_LOBBY": "1", "LOCAL_SCHEDULE_S": "15", "WEB_WORKERS": "1"}
    return games.get("", lambda: Game(ROOT, tmp_path_factory.mktemp("miniapp"), settings))


@pytest.fixture(scope="module")
def browser() -> Browser:
    """One Chromium for all of these tests; each test has its own contexts.

    It ends with them: while Playwright's sync API runs, nothing else in the process can start an event loop.
    """
    return browsers.get("", chromium)


@pytest.fixture(autouse=True)
def closed_pages(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page that a test leaves open would go on playing beside those that follow."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


def pytest_sessionfinish() -> None:
    """Of a run that was interrupted, too."""
    browsers.after(None)
    games.after(None)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    browsers.after(nextitem)
    games.after(nextitem)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone's browser with nothing in its storage."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-US")
    yield context
    context.close()


@pytest.fixture
def new_player(miniapp_game: Game, phone: BrowserContext) -> Iterator[Callable[..., Player]]:
    """Makes new players on the test's phone; at the end no page may have logged an error.

    They leave then: the board has room for 20, and tests look for their players there.
    """
    made: list[Player] = []

    def make(context: BrowserContext | None = None, telegram_id: int | None = None) -> Player:
        made.append(Player(miniapp_game, context or phone, telegram_id or next(_ids)))
        return made[-1]

    yield make
    for player in made:
        if not player.page.is_closed():
            player.page.unroute_all(behavior="ignoreErrors")  # What is still answered ends with the context.
        assert player.errors == []
        assert player.hosts <= {miniapp_game.url.split("/")[2]}
        player.leave_the_game()


@pytest.fixture
def player(new_player: Callable[..., Player]) -> Player:
    return new_player().open()
