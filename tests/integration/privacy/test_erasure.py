"""Erasing a player who plays: nothing is left, and nothing brings them back."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from support.game import Game, Player
from support.identity import init_data
from support.racing import ManualClock
from tapstack.platform.bounds import ERASE_PROOF_MAX_AGE_S
from tapstack.platform.errors import GameError, NotFound, StoreUnavailable
from tapstack.platform.logs import Failed
from tapstack.play.saving import sync_all
from tapstack.play.taps import record_taps
from tapstack.players.rules.identity import session_key
from tapstack.privacy.erasure import SETTLED_MS, erase
from tapstack.privacy.export import export
from tapstack.telegram.model import CachedUser, Chat, Message


def proof(game: Game, user_id: int = 1, age_s: int = 0) -> dict[str, str]:
    """What a player confirms with that they are to be erased: launch data, which their Telegram has signed."""
    return {"init_data": init_data(user_id, auth_date_s=game.stores.clock() // 1_000 - age_s)}


def unavailable(*_: Any, **__: Any) -> None:
    raise StoreUnavailable("unplugged", retry_after_s=1)


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
    game.stores.connections.connect(ada.id, "open still")
    assert game.stores.rooms.enter("lobby:main", ada.id, "open still", "", 0)
    assert everything_of(game, ada.id)
    assert erase(game.stores, ada.id)
    assert everything_of(game, ada.id) == []
    assert game.stores.connections.player_of("open still") is None
    total = game.call("heartbeat", "POST", "/heartbeat", {}, headers=bob.headers).body
    assert total["clicks"] == 30
    game.stores.redis.delete("board:lease")
    from tapstack.leaderboards import all_time

    board = all_time.refresh(game.stores)
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
        game.stores.play.load(counter)
    assert game.stores.saving.restore([counter]) == 0
    assert everything_of(game, ada.id) == []


def test_conversation_with_an_erased_player_begins_anew(game: Game) -> None:
    ada, stores = game.sign_in(1), game.stores
    stores.conversation_cache.keep_user(1, CachedUser(ada.id, "en"))
    chat = stores.conversations.get(1)
    chat.language = "ru"
    assert stores.conversations.save(chat, stores.clock() // 1_000)
    assert erase(stores, ada.id)
    assert stores.conversation_cache.user(1) is None
    assert stores.conversations.get(1) == Chat(1)


def test_erasing_again_changes_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    assert erase(game.stores, ada.id)
    assert not erase(game.stores, ada.id)
    assert not erase(game.stores, "0" * 16)


@pytest.mark.parametrize(
    ("store", "step"),
    [
        ("live_erasure", "erase"),
        ("period_boards", "forget"),
        ("counters", "delete"),
        ("audit", "forget"),
        ("conversations", "forget"),
        ("messages", "forget"),
        ("outbox", "forget_chat"),
        ("broadcasts", "forget"),
        ("erasures", "finish"),
    ],
)
def test_erasure_that_was_cut_short_is_finished_by_the_minutes_job(
    make_game: Any, monkeypatch: pytest.MonkeyPatch, store: str, step: str
) -> None:
    game = make_game(ManualClock())
    ada = game.sign_in(1)
    ada.tap(10)
    assert game.call("sessions", "DELETE", "/players/me", proof(game), headers=ada.headers).status == 202
    with monkeypatch.context() as cut:
        cut.setattr(getattr(game.stores, store), step, unavailable)
        game.stores.clock.now_ms += SETTLED_MS
        assert game.run("maintenance")["erased"] == 0
    assert game.run("maintenance")["erased"] == 1
    assert game.run("maintenance")["erased"] == 0
    assert everything_of(game, ada.id) == []
    again = game.sign_in(1)
    assert again.id != ada.id
    assert again.opened["player"]["clicks"] == 0


def test_erasure_that_fails_keeps_no_other_waiting(make_game: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    game = make_game(ManualClock())
    ada, bob = game.sign_in(1), game.sign_in(2)
    for player in (ada, bob):
        game.call("sessions", "DELETE", "/players/me", proof(game, player.user_id), headers=player.headers)
        game.stores.clock.now_ms += 1
    forget = game.stores.audit.forget

    def broken(player_id: str) -> None:
        if player_id == ada.id:
            raise RuntimeError("a bug")
        forget(player_id)

    monkeypatch.setattr(game.stores.audit, "forget", broken)
    game.stores.clock.now_ms += SETTLED_MS
    with pytest.raises(Failed, match="a bug"):
        game.run("maintenance")
    assert game.sign_in(2).id != bob.id
    assert game.stores.erasures.read(bob.id) is None
    assert game.stores.erasures.read(ada.id) is not None


def test_taps_and_syncs_during_an_erasure_leave_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(1)
    session = session_key(ada.session_id)
    stop, playing = threading.Event(), threading.Barrier(5)
    failures: list[BaseException] = []

    def play(player: Player) -> None:
        taps = 1
        playing.wait()
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
    playing.wait()
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


def test_player_erases_themselves_and_their_token_ends_with_it(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2, first_name="Bob")
    ada.tap(40)
    answer = game.call("sessions", "DELETE", "/players/me", proof(game), headers=ada.headers)
    assert (answer.status, answer.body) == (202, {"done_within_s": 120})
    assert [ada.tap(41).status, ada.beat().status] == [404, 404]
    assert game.call("players", "GET", "/players/me", headers=ada.headers).status == 404
    assert game.call("players", "GET", "/players/me/export", headers=ada.headers).status == 404
    again = game.call("sessions", "DELETE", "/players/me", proof(game), headers=ada.headers)
    assert again.status == 202
    assert [e.action for e in game.stores.audit.entries(ada.id)] == ["erase"]
    assert bob.tap(5).status == 200


def test_erasing_needs_a_fresh_proof_of_the_same_person(game: Game) -> None:
    ada = game.sign_in(1)

    def ask(body: Any, headers: Any = ada.headers) -> tuple[int, str]:
        answer = game.call("sessions", "DELETE", "/players/me", body, headers=headers)
        return answer.status, answer.body["error"]["code"]

    assert ask(proof(game), {}) == (401, "unauthenticated")
    assert ask({}) == (400, "validation_failed")
    assert ask({"init_data": "x" * 5_000}) == (400, "validation_failed")
    assert ask({"init_data": "hash=" + "0" * 64}) == (401, "init_data_invalid")
    assert ask(proof(game, age_s=ERASE_PROOF_MAX_AGE_S + 5)) == (401, "init_data_expired")
    assert ask(proof(game, user_id=2)) == (403, "not_yours")
    assert ada.tap(3).status == 200


def test_proof_that_is_played_again_does_not_reach_the_next_account(make_game: Any) -> None:
    game = make_game(ManualClock())
    ada = game.sign_in(1)
    stolen = proof(game)
    assert game.call("sessions", "DELETE", "/players/me", stolen, headers=ada.headers).status == 202
    game.stores.clock.now_ms += SETTLED_MS
    game.run("maintenance")
    again = game.sign_in(1)
    assert game.call("sessions", "DELETE", "/players/me", stolen, headers=ada.headers).status == 404
    assert again.beat().status == 200


def test_sign_in_during_an_erasure_is_told_to_come_back(game: Game) -> None:
    ada = game.sign_in(1)
    assert game.call("sessions", "DELETE", "/players/me", proof(game), headers=ada.headers).status == 202
    headers = {"Authorization": f"tma {init_data(1)}"}
    refused = game.call("sessions", "POST", "/sessions", {"session_id": ada.session_id}, headers=headers)
    assert (refused.status, refused.body["error"]["code"]) == (503, "erasing")
    assert refused.headers["Retry-After"] == "60"


def test_player_gets_their_data_as_a_file_once_a_minute(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(12)
    answer = game.call("players", "GET", "/players/me/export", headers=ada.headers)
    assert answer.status == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.body["clicks"] == 12
    assert answer.body["account"]["telegram_id"] == 1
    assert [p["clicks"] for p in answer.body["periods"]] == [12, 12, 12, 12]
    refused = game.call("players", "GET", "/players/me/export", headers=ada.headers)
    assert refused.status == 429
    assert 1 < int(refused.headers["Retry-After"]) <= 60  # less where the first answer took its time


def test_export_of_an_endless_conversation_is_bounded(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapstack.privacy.export.EXPORT_TEXT_MAX", 25)
    ada = game.sign_in(1)
    for n in range(4):
        game.stores.messages.put(Message(1, n, "in", f"{n}" * 10, n))
    data = export(game.stores, ada.id)
    assert ([m["text"] for m in data["messages"]], data["messages_complete"]) == (["3" * 10, "2" * 10], False)
