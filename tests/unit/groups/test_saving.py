"""Saving the taps of groups: each once, whatever is killed, and one edit of each panel."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from support.fakes.ports import MemoryPorts
from tapstack.groups import leases, saving, tapping
from tapstack.groups.model import Panel, Share
from tapstack.groups.rules import MOST_PLAYERS, shares_of
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.model import ModerationStatus, Player

GROUP, OTHER = -100, -200
DAY = 20_000
PANEL = Panel(7, "en")


class Now:
    ms = DAY * DAY_MS

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def ports(now: Now) -> MemoryPorts:
    made = MemoryPorts(now)
    for name in "abcde":
        join(made, name)
    return made


def join(ports: MemoryPorts, name: str, status: ModerationStatus = ModerationStatus.GOOD) -> str:
    player_id = (name * 16)[:16]
    player = Player(player_id, int(name, 36) + 1, name, name, f"ref{name}", "en", 0, status=status)
    ports.players.accounts[player_id] = player
    return player_id


def tap(ports: MemoryPorts, name: str, times: int = 1, group: int = GROUP) -> None:
    for _ in range(times):
        tapping.count(ports, group, (name * 16)[:16], PANEL)


def shares(ports: MemoryPorts, group: int = GROUP) -> Mapping[str, Share]:
    return {player_id[0]: share for player_id, share in shares_of(ports.groups.get(group)).items()}


def test_taps_of_a_few_seconds_are_saved_together_and_asked_for_once(ports: MemoryPorts) -> None:
    tap(ports, "a", 3)
    tap(ports, "b", 2)
    tap(ports, "a", 1, OTHER)
    assert ports.sync_queue.sent.count("groups in 5 s") == 1
    assert saving.save_taps(ports) == 1
    assert shares(ports) == {"a": Share(3, DAY, 3), "b": Share(2, DAY, 2)}
    assert shares(ports, OTHER) == {"a": Share(1, DAY, 1)}
    tap(ports, "a")
    assert ports.sync_queue.sent.count("groups in 5 s") == 2
    saving.save_taps(ports)
    assert shares(ports)["a"] == Share(4, DAY, 4)


def test_day_counts_from_midnight_and_a_tap_just_before_it_is_yesterdays(ports: MemoryPorts, now: Now) -> None:
    now.ms += DAY_MS - 1
    tap(ports, "a", 2)
    now.ms += 1
    tap(ports, "a", 1)
    tap(ports, "b", 1)
    saving.save_taps(ports)
    assert shares(ports) == {"a": Share(3, DAY + 1, 1), "b": Share(1, DAY + 1, 1)}


@pytest.mark.parametrize("killed_at", range(1, 5))
def test_run_that_is_killed_anywhere_loses_and_doubles_no_tap(
    ports: MemoryPorts, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    """Each share is written by a call of its own: the kill is after the first ones, or before the batch is dropped."""
    writes = 0
    save, finish = ports.groups.save, ports.group_taps.finish

    def step() -> None:
        nonlocal writes
        writes += 1
        if writes == killed_at:
            raise StoreUnavailable("killed", retry_after_s=1)

    def one_by_one(group: int, found: Mapping[str, Share], batch: str) -> None:
        for player_id, share in found.items():
            step()
            save(group, {player_id: share}, batch)

    def finish_or_die() -> None:
        step()
        finish()

    for name, times in (("a", 1), ("b", 2), ("c", 3)):
        tap(ports, name, times)
    monkeypatch.setattr(ports.groups, "save", one_by_one)
    monkeypatch.setattr(ports.group_taps, "finish", finish_or_die)
    with pytest.raises(StoreUnavailable):
        saving.save_taps(ports)
    tap(ports, "a", 10)
    assert saving.save_taps(ports) == 2
    assert {name: share.taps for name, share in shares(ports).items()} == {"a": 11, "b": 2, "c": 3}


def test_run_beside_another_leaves_the_taps_to_it(ports: MemoryPorts) -> None:
    tap(ports, "a")
    assert ports.leases.claim(leases.SAVE, 1_000, "another")
    assert saving.save_taps(ports) == 0
    assert shares(ports) == {}


def test_panel_shows_the_best_of_today_and_ever_without_hidden_players(ports: MemoryPorts, now: Now) -> None:
    join(ports, "e", ModerationStatus.SHADOW)
    tap(ports, "a", 5)
    saving.save_taps(ports)
    now.ms += DAY_MS
    tap(ports, "b", 3)
    tap(ports, "e", 9)
    saving.save_taps(ports)
    (call,) = [c for c in ports.outbox.calls.values() if c["chat_id"] == GROUP]
    assert (call["method"], call["message_id"]) == ("editMessageText", 7)
    today, _, ever = call["text"].partition("<b>All time</b>")
    assert "<b>Today</b>: 3\n🥇 " in today
    assert ["b" * 16 in today, "a" * 16 in today, "e" * 16 in call["text"]] == [True, False, False]
    assert ever.startswith(": 8\n🥇 ")
    assert ever.index("a" * 16) < ever.index("b" * 16)
    button = call["reply_markup"]["inline_keyboard"][0][0]
    assert button["callback_data"] == "tap:group:en"


def test_player_who_was_erased_meanwhile_is_not_saved(ports: MemoryPorts) -> None:
    tap(ports, "a")
    tap(ports, "b")
    del ports.players.accounts["a" * 16]
    saving.save_taps(ports)
    assert set(shares(ports)) == {"b"}


def test_board_of_a_huge_group_holds_those_who_came_first(ports: MemoryPorts) -> None:
    known = {f"{n:016x}": Share(1, DAY, 1) for n in range(MOST_PLAYERS - 1)}
    ports.groups.save(GROUP, known, "before")
    for name in "abc":
        tap(ports, name)
    saving.save_taps(ports)
    tap(ports, "c", 5)
    saving.save_taps(ports)
    found = ports.groups.get(GROUP).own
    assert len(found) == MOST_PLAYERS
    (one,) = found.keys() - known.keys()
    assert one[0] in "ab" or found[one].share.taps == 6
