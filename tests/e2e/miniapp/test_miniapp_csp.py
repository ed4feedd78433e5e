"""The page under its Content-Security-Policy: the browser enforces it, and the page works under it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from e2e.miniapp.driver import Player, show
from playwright.sync_api import Browser
from tapstack_local.testing import Game

NewPlayer = Callable[..., Player]

POLICY = Path(__file__).parents[3] / "miniapp" / "content-security-policy.json"

_RECORD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`);
});
"""


def _violations(player: Player) -> list[str]:
    found: list[str] = player.page.evaluate("violations")
    return found


def test_every_file_carries_the_policy(miniapp_game: Game) -> None:
    stated: dict[str, str] = json.loads(POLICY.read_text(encoding="utf-8"))
    for path in ("/app/", "/app/content-security-policy.json"):
        header = miniapp_game.request("GET", path).headers["content-security-policy"]
        sent = dict(part.partition(" ")[::2] for part in header.split("; "))
        frames = sent.pop("frame-ancestors").split()
        assert sent == {name: sources for name, sources in stated.items() if name != "frame-ancestors"}
        assert frames[:2] == ["'self'", stated["frame-ancestors"]]


def test_playing_inviting_and_exporting_violate_nothing(new_player: NewPlayer, browser: Browser) -> None:
    desktop = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    player = new_player(desktop)
    page = player.page
    page.add_init_script(_RECORD)
    player.open()
    player.tap(3)
    player.wait_server(3)
    show(page, "friends")
    page.click("[data-testid=invite]")  # No Telegram and no share sheet here: the link is copied.
    page.get_by_text("Copied").wait_for()
    page.click("[data-testid=copy]")
    show(page, "profile")
    page.click("[data-testid=setting-sound]")
    with page.expect_download():
        page.click("[data-testid=export]")
    page.click("[data-testid=tab-play]")
    player.tap(1)
    assert _violations(player) == []
    desktop.close()


def test_inline_scripts_styles_and_other_hosts_are_blocked(new_player: NewPlayer) -> None:
    player = new_player()
    player.page.add_init_script(_RECORD)
    player.open()
    ran: Any = player.page.evaluate("""async () => {
        for (const [name, text] of [["script", "window.ran = true"], ["style", "body { color: red }"]]) {
            const element = document.createElement(name);
            element.textContent = text;
            document.head.append(element);
        }
        await fetch("https://elsewhere.example/").catch(() => undefined);
        new Image().src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
        await new Promise((done) => setTimeout(done, 200));
        return window.ran ?? false;
    }""")
    assert ran is False
    blocked = {violation.split()[0] for violation in _violations(player)}
    assert blocked == {"script-src-elem", "style-src-elem", "connect-src", "img-src"}
    player.errors.clear()  # The browser has reported each of them.
    player.hosts.discard("elsewhere.example")
