"""A player of the Mini App: a real Chromium page on the running game, and the server's view of the player."""

from __future__ import annotations

import contextlib
import json
import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    Error,
    Frame,
    FrameLocator,
    Locator,
    Page,
    Position,
    Request,
    Route,
    expect,
)
from tapstack_local.init_data import make_init_data
from tapstack_local.testing import Answer, Game

DEADLINE_S = 90.0
AXE = Path(__file__).parents[3] / "miniapp/node_modules/axe-core/axe.min.js"

TAP: Position = {"x": 120.0, "y": 110.0}
"""A place on the tap button."""

AT_ONCE = """(times) => {
    const button = document.querySelector("[data-testid=tap]");
    const at = { bubbles: true, pointerType: "touch", clientX: 150, clientY: 400, pointerId: 7 };
    for (let i = 0; i < times; i++) {
        button.dispatchEvent(new PointerEvent("pointerdown", at));
        document.dispatchEvent(new PointerEvent("pointerup", at));
    }
}"""


SCREENS = (
    "play",
    *("quests", "season", "awards"),
    *("shop", "bag", "wallet", "fairness"),
    "board",
    *("profile", "friends", "inbox"),
)
SECTION_OF = {"season": "quests", "awards": "quests", "bag": "shop", "wallet": "shop", "fairness": "shop"}
SECTION_OF |= {"friends": "profile", "inbox": "profile"}
"""Screens without a button of their own in the navigation."""


def show(app: Page | Frame | FrameLocator, screen: str) -> None:
    """Goes to a screen as a player does."""
    section = SECTION_OF.get(screen, screen)
    app.locator(f"[data-testid=tab-{section}]").click()
    if section != screen:
        app.locator(f"[data-testid=part-{screen}]").click()


def try_again(page: Page, place: str, path: str) -> None:
    """Presses "Try again" at a place whose data could not be loaded: in vain once, and then with the network back."""
    again = page.get_by_test_id(place).get_by_role("button", name="Try again")
    with page.expect_request(path):
        again.click()
    expect(again).to_be_visible()
    page.unroute(path)
    again.evaluate_all("(found) => found.forEach((one) => one.click())")  # An earlier request may have been answered.


def answer_is_lost(route: Route) -> None:
    """The game does what was asked for, and the player's network ends before the answer arrives."""
    with contextlib.suppress(Error):  # The page may be reloaded meanwhile.
        route.fetch()
        route.abort()


def click(button: Locator, times: int) -> None:
    """Clicks with the mouse; looks for the button once, as that takes a browser longer than the clicks."""
    button.click(position=TAP)
    box = button.bounding_box()
    assert box
    for _ in range(times - 1):
        button.page.mouse.click(box["x"] + TAP["x"], box["y"] + TAP["y"])


def at_rest(page: Page) -> None:
    """Waits until all finite animations have ended."""
    page.evaluate("""async () => {
        const ends = () => document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity);
        for (let moving = ends(); moving.length; moving = ends()) {
            await Promise.allSettled(moving.map((one) => one.finished));
            await new Promise(requestAnimationFrame);
        }
    }""")


def is_clean(page: Page, what: str) -> None:
    """Asserts that axe finds nothing serious on the page at rest, and that it fits the screen's width.

    By night a page differs in its colours alone, and so do the rules that are asked then.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme, rules in (("dark", '["color-contrast", "link-in-text-block"]'), ("light", "undefined")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.locator("html")).to_have_attribute("data-scheme", scheme)
        at_rest(page)
        options = f'{{ resultTypes: ["violations"], runOnly: {rules} }}'
        found = page.evaluate(f"axe.run({options}).then(({{ violations }}) => violations)")
        serious = [
            (rule["id"], node["html"], node["failureSummary"])
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]
        assert serious == [], (what, scheme)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, what


def holds(probe: Callable[[], bool]) -> bool:
    """Whether a condition holds; one whose request is rejected does not."""
    try:
        return probe()
    except (OSError, AssertionError):
        return False


class Player:
    """One signed-in player on one page. Names and ids are made for each test, so tests share a game."""

    def __init__(self, game: Game, context: BrowserContext, telegram_id: int, name: str = "Ann") -> None:
        self.game, self.context, self.id, self.name = game, context, telegram_id, name
        self.page: Page = context.new_page()
        self.page.set_default_timeout(DEADLINE_S * 1_000)
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.token = ""
        self.profile: dict[str, Any] = {}
        """What else Telegram says of this player."""
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self._on_console(message.type, message.text))
        self.page.on("request", self._on_request)

    def _on_console(self, kind: str, text: str) -> None:
        # The browser reports rejected and failed requests, which many tests cause on purpose.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.errors.append(text)

    def _on_request(self, request: Request) -> None:
        self.hosts.add(request.url.split("/")[2])
        authorization = request.headers.get("authorization", "")
        if authorization.startswith("Bearer "):
            self.token = authorization

    # Opening

    def init_data(self, *, age_s: int = 0, language: str = "en", token: str | None = None) -> str:
        """Launch data of this player, signed as Telegram does."""
        user = {"id": self.id, "first_name": self.name, "language_code": language, **self.profile}
        signing = token or self.game.secret("TELEGRAM_BOT_TOKEN")
        return make_init_data(user, signing, auth_date_s=int(time.time()) - age_s, query_id=uuid.uuid4().hex)

    def launch_url(self, init_data: str, theme: dict[str, str] | None = None, platform: str = "web") -> str:
        fragment = {
            "tgWebAppData": init_data,
            "tgWebAppVersion": "9.1",
            "tgWebAppPlatform": platform,
            "tgWebAppThemeParams": json.dumps(theme or {}),
        }
        return f"{self.game.url}/app/#{urlencode(fragment, quote_via=quote)}"

    def open(self, **given: Any) -> Player:
        """Launches the app and waits until it is online."""
        self.page.goto(self.launch_url(self.init_data(), **given))
        self.wait_status("online")
        return self

    # Playing

    def tap(self, times: int = 1) -> None:
        click(self.page.get_by_test_id("tap"), times)

    def burst(self, times: int, every_ms: int) -> None:
        """Taps inside the page, by its own clock: at a finger's pace, however busy this machine is."""
        self.page.evaluate(
            """async ([times, every]) => {
                const button = document.querySelector("[data-testid=tap]");
                const box = button.getBoundingClientRect();
                const at = { bubbles: true, pointerType: "touch", clientX: box.x + 90, clientY: box.y + 90 };
                for (let i = 0; i < times; i++) {
                    button.dispatchEvent(new PointerEvent("pointerdown", { ...at, pointerId: 7 }));
                    document.dispatchEvent(new PointerEvent("pointerup", { ...at, pointerId: 7 }));
                    await new Promise((done) => setTimeout(done, every));
                }
            }""",
            [times, every_ms],
        )

    def at_once(self, times: int) -> None:
        """Taps faster than the game counts, however busy this machine is."""
        self.page.evaluate(AT_ONCE, times)

    def keep_exhaustion(self) -> None:
        """Makes `exhaustion` find what the page says, which it does for two seconds."""
        self.page.evaluate(
            """() => {
                window.exhaustion = "";
                const keep = () => {
                    const shown = document.querySelector("[data-testid=stamina][data-exhausted]");
                    if (shown) exhaustion = shown.innerText;
                };
                const all = { subtree: true, childList: true, attributes: true, characterData: true };
                new MutationObserver(keep).observe(document.querySelector("[data-testid=stamina]"), all);
            }"""
        )

    def exhaustion(self) -> str:
        """What the page has said of an allowance that was used up."""
        return str(self.page.evaluate("exhaustion"))

    def cdp(self) -> CDPSession:
        return self.context.new_cdp_session(self.page)

    def touch(self, fingers: int) -> None:
        """Puts so many fingers on the button at once, then lifts them."""
        box = self.page.locator("[data-testid=tap]").bounding_box()
        assert box
        points = [
            {"x": box["x"] + box["width"] * (0.3 + 0.2 * i), "y": box["y"] + box["height"] * 0.5, "id": i}
            for i in range(fingers)
        ]
        session = self.cdp()
        for count in range(1, fingers + 1):
            session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:count]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def come_back(self) -> None:
        """The browser's event when the network is back: the page contacts the server at once."""
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    # Reading

    def count(self) -> int:
        """The player's score as the page shows it."""
        return int(re.sub(r"\D", "", self.page.inner_text("[data-testid=clicks]")))

    def total(self) -> int:
        return int(re.sub(r"\D", "", self.page.inner_text("[data-testid=total]")))

    def status(self) -> str:
        return self.page.get_attribute("[data-testid=status]", "data-status") or ""

    def wait_status(self, wanted: str, timeout_s: float = DEADLINE_S) -> None:
        self.page.wait_for_selector(f"[data-testid=status][data-status={wanted}]", timeout=timeout_s * 1000)

    def server_clicks(self) -> int:
        """The player's score as the API reports it: to the page's token, for who signs in all the time is refused."""
        if self.token:
            return int(self.read("/players/me")["clicks"])
        opened = self._open_elsewhere()
        assert opened.status in (200, 201), opened.body
        session = opened.json()
        self.game.request("DELETE", "/sessions/current", headers={"Authorization": f"Bearer {session['token']}"})
        return int(session["player"]["clicks"])

    def read(self, path: str) -> Any:
        """What the API tells the player."""
        answer = self.game.request("GET", path, headers={"Authorization": self.token})
        assert answer.status == 200, answer.body
        return answer.json()

    def entries(self, kind: str) -> int:
        """How many entries of a kind the player's ledger has."""
        return sum(line["kind"] == kind for line in self.read("/ledger")["entries"])

    def leave_the_game(self) -> None:
        """Closes the account, and so makes room on the board; a player who may not sign in stays."""
        opened = self._open_elsewhere()
        if opened.status in (200, 201):
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {opened.json()['token']}"}
            body = json.dumps({"init_data": self.init_data()}).encode()
            answer = self.game.request("DELETE", "/players/me", body, headers)
            assert answer.status == 202, answer.body

    def _open_elsewhere(self) -> Answer:
        session = json.dumps({"session_id": str(uuid.uuid4())}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"tma {self.init_data()}"}
        return self.game.request("POST", "/sessions", session, headers)

    def wait_server(self, clicks: int, timeout_s: float = DEADLINE_S) -> None:
        """Waits, while the page runs, until the server has exactly this score."""
        self.until(lambda: self.server_clicks() == clicks, f"{clicks} clicks at the server", timeout_s)

    def until(self, probe: Callable[[], bool], what: str, timeout_s: float = DEADLINE_S) -> None:
        """Waits, while the page runs, for a condition whose requests may be rejected meanwhile."""
        deadline_s = time.monotonic() + timeout_s
        while not holds(probe):
            state = f"status {self.status()}, count {self.count()}"
            assert time.monotonic() < deadline_s, f"no {what} after {timeout_s} s; {state}\n{self.game.tail(8)}"
            self.page.wait_for_timeout(500)  # what a check asks for is rate-limited
