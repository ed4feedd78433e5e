"""Pages that meet in a room: over WebSockets, and one that has none."""

from __future__ import annotations

import json
from collections.abc import Callable

from e2e.miniapp.driver import DEADLINE_S, Player
from playwright.sync_api import Browser, WebSocket, expect

NewPlayer = Callable[..., Player]


class InLobby:
    """A player whose page shows the lobby, and what came to it over WebSockets."""

    def __init__(self, player: Player, name: str) -> None:
        self.player, self.page = player, player.page
        self.pushed: list[str] = []
        self.page.on("websocket", self._on_socket)
        player.name = name
        self.page.goto(f"{player.launch_url(player.init_data())}&tgWebAppStartParam=lobby")
        self.page.locator("[data-testid=room-chat]").wait_for()

    def _on_socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.pushed.append(str(frame)))

    def say(self, text: str) -> None:
        self.page.fill("[data-testid=chat-text]", text)
        self.page.click("[data-testid=chat-send]")

    def sees(self, text: str) -> None:
        expect(self.page.locator("[data-testid=said]").get_by_text(text)).to_have_count(1, timeout=DEADLINE_S * 1_000)

    def was_pushed(self, text: str) -> bool:
        return any(json.loads(frame)["type"] == "happened" and text in frame for frame in self.pushed)


def test_two_pages_see_each_other_at_once_and_one_without_a_websocket_soon(
    browser: Browser, new_player: NewPlayer
) -> None:
    ann = InLobby(new_player(), "Ann")
    # Who joins is told how many are there, and then each minute.
    expect(ann.page.get_by_text("1 player is here")).to_be_visible(timeout=DEADLINE_S * 1_000)
    bob = InLobby(new_player(browser.new_context(locale="en-US")), "Bob")
    without = browser.new_context(locale="en-US")
    without.add_init_script("window.WebSocket = function () { throw new Error('no WebSocket here'); };")
    cat = InLobby(new_player(without), "Cat")
    expect(bob.page.get_by_text("2 players are here")).to_be_visible(timeout=DEADLINE_S * 1_000)

    ann.say("Hello, Bob")
    for one in (ann, bob, cat):
        one.sees("Hello, Bob")
    bob.player.until(lambda: bob.was_pushed("Hello, Bob"), "the push")
    bob.say("Hello, Ann")
    ann.player.until(lambda: ann.was_pushed("Hello, Ann"), "the push")
    cat.say("Hello, both")
    for one in (ann, bob, cat):
        one.sees("Hello, Ann")
        one.sees("Hello, both")
    assert cat.pushed == []
