"""The promise for the chat: no press counts twice, and what a button has shown is never lost again."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, rule
from msgspec.structs import replace
from support.machine import PLAYERS, Counting, run
from tapstack.play import chat_taps
from tapstack.play.rules import tap_button
from tapstack.telegram.init_data import TelegramUser

Press = tuple[str, int, str]
"""Who pressed, the update's id, and the data of the button."""


class Pressing(Counting):
    """People who tap in the chat and in the Mini App, while Telegram brings presses again and edits late or never."""

    presses = Bundle("presses")

    @initialize()
    def start(self) -> None:
        super().start()
        self.updates = 0
        self.pressed: Counter[str] = Counter()
        self.arrived: dict[str, int] = {}
        self.counted: Counter[str] = Counter()
        self.button = dict.fromkeys(PLAYERS, tap_button.PREFIX)
        self.saved_taps: Counter[str] = Counter()
        self.intact = True

    @rule(target=presses, player=st.sampled_from(PLAYERS), copies=st.integers(0, 2), shown=st.booleans())
    def press(self, player: str, copies: int, shown: bool) -> Press:
        self.updates += 1
        self.pressed[player] += 1
        self.clock.advance(1 / self.stores.settings.play.taps_per_s)
        made = player, self.updates, self.button[player]
        for _ in range(copies):
            self.arrives(made, shown)
        return made

    @rule(press=presses, shown=st.booleans())
    def press_comes_late_or_again(self, press: Press, shown: bool) -> None:
        self.arrives(press, shown)

    @rule(player=st.sampled_from(PLAYERS))
    def panel_is_opened_anew(self, player: str) -> None:
        shown = chat_taps.button_state(self.stores, player)
        self.button[player] = chat_taps.button_data(self.stores, player, shown)

    def arrives(self, press: Press, shown: bool) -> None:
        """One delivery; `shown` says whether the edit that it leads to reaches the chat."""
        player, update_id, data = press
        user = TelegramUser(PLAYERS.index(player) + 1)
        tapped = chat_taps.record_tap_callback(self.stores, user, player, update_id, self.understood(data))
        if update_id > self.arrived.get(player, 0):
            self.arrived[player] = update_id
            self.counted[player] += 1
            carried = tap_button.verify(
                data, player, self.clock() // 1_000, self.stores.settings.http.token_signing_keys
            )
            assert tapped.taps > max(self.saved_taps[player], carried.taps if carried else 0)
        if self.intact:
            assert tapped.taps == self.counted[player]
        if shown:
            self.button[player] = chat_taps.button_data(self.stores, player, tapped.button)

    def understood(self, data: str) -> str:
        """What the server makes of a button's data."""
        return data

    @rule()
    def redis_is_wiped(self) -> None:
        self.intact = False
        super().redis_is_wiped()

    @rule()
    def redis_is_rolled_back_to_the_last_sync(self) -> None:
        self.intact = False
        super().redis_is_rolled_back_to_the_last_sync()

    def remember(self) -> None:
        super().remember()
        for player in PLAYERS:
            shown = chat_taps.button_state(self.stores, player)
            self.saved_taps[player] = max(self.saved_taps[player], shown.taps if shown else 0)

    def taps_of(self, player: str) -> int:
        return super().taps_of(player) + self.pressed[player]

    def teardown(self) -> None:
        if hasattr(self, "client"):
            for player in PLAYERS:
                self.press(player, 1, shown=True)
        super().teardown()

    def check(self, clicks: dict[str, int]) -> None:
        for player in PLAYERS:
            brought = super().taps_of(player)
            assert brought + self.saved_taps[player] <= clicks[player] <= self.taps_of(player)
            assert not self.intact or clicks[player] == brought + self.counted[player]


def test_pressing_whatever_happens_counts_nothing_twice_and_keeps_what_was_shown(redis_url: str) -> None:
    run(Pressing, redis_url, stateful_step_count=40)


class Unsaved(Pressing):
    """A server that does not save the last counted update."""

    @initialize()
    def start(self) -> None:
        super().start()
        save: Any = self.stores.counters.put
        self.stores.counters.put = lambda counters: save([replace(c, counted_update=None) for c in counters])


class Unsigned(Pressing):
    """A server to which buttons say nothing."""

    def understood(self, data: str) -> str:  # noqa: ARG002
        return tap_button.PREFIX


def started(machine: type[Pressing], redis_url: str) -> Pressing:
    bound: Pressing = type(machine.__name__, (machine,), {"redis_url": redis_url})()
    bound.start()
    return bound


def test_pressing_without_the_saved_update_is_caught(redis_url: str) -> None:
    for machine, again in ((Pressing, 1), (Unsaved, 2)):
        game = started(machine, redis_url)
        press = game.press(PLAYERS[0], 1, shown=False)
        game.sync()
        game.redis_is_wiped()
        game.press_comes_late_or_again(press, shown=False)
        assert game.live_clicks() == {PLAYERS[0]: again}
    with pytest.raises(AssertionError):
        game.nothing_counts_twice()


def test_pressing_without_what_the_button_says_is_caught(redis_url: str) -> None:
    for machine in (Pressing, Unsigned):
        game = started(machine, redis_url)
        game.press(PLAYERS[0], 1, shown=True)
        game.redis_is_wiped()
        if machine is Pressing:
            game.press(PLAYERS[0], 1, shown=True)
            assert game.live_clicks() == {PLAYERS[0]: 2}
    with pytest.raises(AssertionError):
        game.press(PLAYERS[0], 1, shown=True)
