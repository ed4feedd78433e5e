"""Playing, and mending what a lost Redis leaves behind, over stores in memory."""

from __future__ import annotations

import pytest
from support.fakes.ports import MemoryGame, MemoryPorts
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import Counter, Due, EndedSession, SessionState
from tapstack.play.taps import notify
from tapstack.players.rules.identity import session_key


@pytest.fixture
def stores(game: MemoryGame) -> MemoryPorts:
    assert isinstance(game.stores, MemoryPorts)
    return game.stores


def test_taps_after_a_loss_count_from_what_was_saved(game: MemoryGame, stores: MemoryPorts) -> None:
    ada = game.sign_in(1)
    ada.tap(30)
    key = session_key(ada.session_id)
    stores.counters.put([Counter(ada.id, clicks=10, sessions={key: SessionState(10, 1)})])
    stores.play.live.clear()
    again = ada.tap(31).body
    assert (again["accepted"], again["clicks"]) == (21, 31)


def test_taps_of_a_session_that_was_never_saved_count_whole(game: MemoryGame, stores: MemoryPorts) -> None:
    ada = game.sign_in(1)
    ada.tap(30)
    stores.play.live.clear()
    assert ada.tap(31).body["clicks"] == 31


def test_taps_of_a_session_that_ended_before_the_loss_are_refused(game: MemoryGame, stores: MemoryPorts) -> None:
    ada = game.sign_in(1)
    ada.tap(30)
    stores.counters.put([Counter(ada.id, clicks=30)])
    stores.counters.put_history([EndedSession(ada.id, session_key(ada.session_id), 30, 1, 2)])
    stores.play.live.clear()
    assert (ada.tap(31).status, ada.beat().status) == (410, 410)
    assert ada.reopen().opened["taps"] == 30
    assert ada.tap(31).body["clicks"] == 31


def test_due_work_is_sent_once_for_everybody(stores: MemoryPorts) -> None:
    for _ in range(3):
        notify(stores, Due.SYNC)
        notify(stores, Due.REBUILD)
        notify(stores, Due.NOTHING)
    assert stores.sync_queue.sent == ["sync", "rebuild"]


def test_due_work_with_the_queue_away_costs_the_player_nothing(
    game: MemoryGame, stores: MemoryPorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(kind: str, *, delay_s: int = 0) -> None:
        raise StoreUnavailable("unavailable", retry_after_s=1)

    monkeypatch.setattr(stores.sync_queue, "send", unavailable)
    notify(stores, Due.SYNC)


def test_account_that_cannot_be_made_says_come_back(
    game: MemoryGame, stores: MemoryPorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores.players, "create", lambda *_: False)
    with pytest.raises(AssertionError, match="account could not be made"):
        game.sign_in(1)


def test_display_name_is_one_line_of_at_most_64_characters(game: MemoryGame) -> None:
    ada = game.sign_in(1, first_name="  A \n\t" + "b" * 100)
    assert ada.opened["player"]["display_name"] == "A " + "b" * 62
