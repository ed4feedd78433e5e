"""Erasing a player who plays: nothing is left, and nothing brings them back."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from support.game import Game, Player
from tapstack.domain.chat import Card, Chat
from tapstack.errors import GameError, NotFound
from tapstack.services.erasure import erase
from tapstack.services.export import export


def everything_of(game: Game, player_id: str) -> list[Any]:
    """Whatever Redis and the tables still hold of a player, but for the mark that keeps them out."""
    redis = game.stores.redis
    found: list[Any] = []
    for key in redis.keys("*"):
        kind = redis.type(key)
        if player_id in key:
            found.append(key)
        if kind == "string" and key.startswith("chat:") and player_id in redis.get(key):
            found.append(key)
        if kind == "set":
            found += [m for m in redis.smembers(key) if player_id in m]
        elif kind == "zset" and not key.endswith(":erased"):
            found += [m for m in redis.zrange(key, 0, -1) if player_id in m]
    if game.stores.counters.get(player_id):
        found.append("counter")
    return found + list(game.stores.counters.history(player_id))


def test_erased_player_is_gone_everywhere(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2, first_name="Bob")
    ada.tap(40)
    bob.tap(30)
    old = game.sign_in(1, str(uuid.uuid4()))
    game.call("sessions", "DELETE", "/sessions/current", headers=old.headers)
    game.run("sync")
    game.run("cleanup")
    assert everything_of(game, ada.id)
    assert erase(game.stores, ada.id)
    assert everything_of(game, ada.id) == []
    total = game.call("heartbeat", "POST", "/heartbeat", {}, headers=bob.headers).body
    assert total["clicks"] == 30
    game.stores.redis.delete("board:lease")
    from tapstack.services import leaderboard

    board = leaderboard.refresh(game.stores)
    assert board is not None
    assert (board.total_clicks, [e.id for e in board.entries]) == (30, [bob.id])


def test_live_token_of_an_erased_player_brings_nothing_back(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(40)
    game.run("sync")
    erase(game.stores, ada.id)
    assert ada.tap(50).status == 404
    assert ada.beat().status == 404
    game.run("sync")
    assert everything_of(game, ada.id) == []
    game.stores.redis.flushall()
    assert ada.tap(60).status == 404
    assert everything_of(game, ada.id) == []


def test_load_that_had_found_the_account_just_before_is_refused(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(40)
    game.run("sync")
    counter = game.stores.counters.get(ada.id)
    assert counter is not None
    erase(game.stores, ada.id)
    with pytest.raises(NotFound):
        game.stores.hot.load(counter)
    assert game.stores.hot_sync.restore([counter]) == 0
    assert everything_of(game, ada.id) == []


def test_conversation_with_an_erased_player_begins_anew(game: Game) -> None:
    ada, stores = game.sign_in(1), game.stores
    stores.hot_chats.keep_card(1, Card(ada.id, "en"))
    chat = stores.chats.get(1)
    chat.language = "ru"
    assert stores.chats.save(chat, stores.clock() // 1_000)
    assert erase(stores, ada.id)
    assert stores.hot_chats.card(1) is None
    assert stores.chats.get(1) == Chat(1)


def test_erasing_again_changes_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    assert erase(game.stores, ada.id)
    assert not erase(game.stores, ada.id)
    assert not erase(game.stores, "0" * 16)


def test_erasure_that_was_cut_short_is_done_again(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(10)
    assert game.stores.erasures.begin(ada.id, game.stores.clock())
    assert erase(game.stores, ada.id)
    assert everything_of(game, ada.id) == []
    again = game.sign_in(1)
    assert again.id != ada.id
    assert again.opened["player"]["clicks"] == 0


def test_taps_and_syncs_during_an_erasure_leave_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(1)
    stop = threading.Event()
    failures: list[BaseException] = []

    def play(player: Player) -> None:
        from tapstack.services.live import record_taps
        from tapstack.services.sync import sync_all

        taps = 1
        key = game.stores.hot_sync.read([player.id])[0].sessions
        session = next(iter(key))
        while not stop.is_set():
            taps += 1
            try:
                record_taps(game.stores, player.id, session, taps)
                sync_all(game.stores, lambda: 60_000)
            except GameError:
                continue
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=play, args=(ada,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    erase(game.stores, ada.id)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert everything_of(game, ada.id) == []


def test_export_holds_what_the_game_knows(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(12)
    data = export(game.stores, ada.id)
    assert data["clicks"] == 12
    assert data["account"]["telegram_id"] == 1
    assert [s["session_id"] for s in data["sessions"]] == [ada.session_id]
