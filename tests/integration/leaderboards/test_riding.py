"""The board in answers that are sent anyway: the same as GET /leaderboard, and never in the way of a click."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from support.game import Answer, Game, Player
from support.racing import ManualClock, race
from support.state import warm
from tapstack.leaderboards import all_time, leases
from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import ALL_TIME, Board, BoardId
from tapstack.leaderboards.redis_published import PublishedBoards
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.sqs_sync import SyncQueue
from tapstack.privacy.erasure import erase

UNTOLD = {"generated_at_s"}
"""What a change leaves out: it differs between boards that say the same."""


def served(game: Game) -> dict[str, Any]:
    body = game.call("leaderboard", "GET", "/leaderboard").body
    return {name: value for name, value in body.items() if name not in UNTOLD}


def applied(known: dict[str, Any] | None, answer: Answer) -> dict[str, Any]:
    """The board of a client after an answer, by the API's description alone."""
    change = answer.body.get("board")
    if change is None:
        assert known
        assert known["version"] == answer.body["leaderboard_version"]
        return known
    named = {player["rank"]: player for player in change["players"]}
    was = {entry["rank"]: entry for entry in known["entries"]} if known else {}
    players = [named.get(rank) or was[rank] for rank in range(1, len(change["clicks"]) + 1)]
    entries = [
        {"public_name": player["username"], **player, "clicks": clicks}
        for player, clicks in zip(players, change["clicks"], strict=True)
    ]
    return {
        "version": change["version"],
        **{f"{name}_{of}": change["totals"][key] for name, of, key in TOTALS},
        "rebuilding": change.get("rebuilding", False),
        "entries": entries,
        **{"period": "all", "name": None, "ends_at_s": None, "closed": False},
    }


TOTALS = (("total", "clicks", "clicks"), ("total", "players", "players"), ("active", "players", "active"))


def refresh(game: Game, clock: ManualClock) -> None:
    clock.advance(6)
    game.stores.redis.delete(leases.REFRESH)
    assert all_time.refresh(game.stores)


@pytest.fixture
def ada(timed_game: Game) -> Player:
    warm(timed_game)
    return timed_game.sign_in(1)


def test_board_of_a_client_that_plays_is_the_one_that_is_served(ada: Player, clock: ManualClock) -> None:
    """Overtaken, renamed, joined, erased: by clicks and heartbeats, of which some are lost."""
    game = ada.game
    bob = game.sign_in(2)
    shown: dict[str, Any] | None = None
    taps = 0
    for step in range(12):
        taps += 3
        ada.tap(taps)
        bob.tap(step * step)
        if step == 3:
            assert game.call("players", "PATCH", "/players/me", {"username": "bob"}, headers=bob.headers).status == 200
        if step == 5:
            game.sign_in(3).tap(200)
        if step == 8:
            erase(game.stores, game.sign_in(3).id)
        refresh(game, clock)
        since = shown["version"] if shown else 0
        answer = ada.beat(board_since=since) if step % 2 else ada.tap(taps, board_since=since)
        if step % 3 == 2:
            continue  # lost
        shown = applied(shown, answer)
        assert shown == served(game)
        assert applied(shown, ada.beat(board_since=shown["version"])) is shown


def test_clients_that_ask_for_nothing_get_what_they_always_got(ada: Player, clock: ManualClock) -> None:
    ada.tap(1)
    refresh(ada.game, clock)
    for answer in (ada.tap(2), ada.beat()):
        assert "board" not in answer.body
    assert ada.game.stores.recent_boards.begin_read(clock()), "no click has read a board that nobody asked for"


@pytest.mark.parametrize("since", [0, 1, 10**12, 2**53 - 1])
def test_whoever_has_a_board_that_nobody_knows_gets_all_of_the_current_one(
    ada: Player, clock: ManualClock, since: int
) -> None:
    """From before a Redis wipe, from another deployment, made up."""
    ada.tap(5)
    refresh(ada.game, clock)
    assert applied(None, ada.tap(5, board_since=since)) == served(ada.game)


@pytest.mark.parametrize("since", [-1, 2**53, 2**53 + 1, 2**64, 1.5, "0", None, True, [0], {}])
def test_malformed_version_is_refused_and_counts_nothing(ada: Player, since: Any) -> None:
    for answer in (ada.tap(5, board_since=since), ada.beat(board_since=since)):
        assert (answer.status, answer.body["error"]["code"]) == (400, "validation_failed")
    assert ada.tap(0).body["clicks"] == 0


def test_board_from_before_a_wipe_is_replaced(ada: Player, clock: ManualClock) -> None:
    ada.tap(5)
    refresh(ada.game, clock)
    shown = applied(None, ada.tap(5, board_since=0))
    ada.game.run("sync")
    ada.game.stores.redis.flushall()
    bob = ada.game.sign_in(2)
    bob.tap(9)
    refresh(ada.game, clock)
    shown = applied(shown, bob.tap(9, board_since=shown["version"]))
    assert shown == served(ada.game)


class NoBoards(PublishedBoards):
    def get(self, of: BoardId = ALL_TIME) -> Board | None:  # noqa: ARG002
        raise StoreUnavailable("unavailable", retry_after_s=1)


class NoQueue(SyncQueue):
    def send(self, kind: Any, *, delay_s: int = 0) -> None:  # noqa: ARG002
        raise StoreUnavailable("unavailable", retry_after_s=1)


def test_click_counts_though_the_board_or_the_queue_is_unavailable(ada: Player, clock: ManualClock) -> None:
    stores = ada.game.stores
    stores.__dict__["published_boards"] = NoBoards(stores.redis)
    answer = ada.tap(3, board_since=0)
    assert (answer.status, answer.body["clicks"], answer.body.get("board")) == (200, 3, None)
    del stores.__dict__["published_boards"]
    refresh(ada.game, clock)
    stores.__dict__["sync_queue"] = NoQueue(stores.sync_queue.client, lambda: "", lambda: "")
    clock.advance(10)
    answer = ada.tap(4, board_since=0)
    assert (answer.status, answer.body["board"]["clicks"]) == (200, [3])


@pytest.mark.parametrize("raw", ["", "not json", '{"version": 1}', "[]"])
def test_stored_board_that_cannot_be_read_rides_along_with_nothing(ada: Player, raw: str) -> None:
    ada.game.stores.redis.set(keys.BOARD, raw)
    answer = ada.tap(1, board_since=0)
    assert (answer.status, answer.body.get("board")) == (200, None)


def test_board_that_nobody_requests_is_computed_for_those_who_play(ada: Player, clock: ManualClock) -> None:
    """Once for all of them: the sync function gets one message."""
    game = ada.game
    ada.tap(1)
    refresh(game, clock)
    game.stores.redis.delete(leases.REFRESH, leases.REFRESH_LATER)
    clock.advance(6)
    ada.tap(2)
    before = game.stores.sync_queue.waiting()
    race(8, lambda _: ada.beat(board_since=0))
    clock.advance(2)
    ada.beat(board_since=0)
    assert game.stores.sync_queue.waiting() <= before + 1
    assert game.stores.redis.exists(leases.REFRESH_LATER)
    game.run("sync", {"Records": [{"messageId": "m", "body": '{"kind": "board"}'}]})
    clock.advance(2)
    assert ada.beat(board_since=0).body["board"]["clicks"] == [2]


def test_boards_computed_at_once_never_share_a_version(ada: Player, clock: ManualClock) -> None:
    """The same millisecond, no lease, and different clicks: of each version there is one board."""
    game, published = ada.game, ada.game.stores.published_boards
    seen: dict[int, set[int]] = {}

    def publish(taps: int, n: int) -> None:
        ada.tap(taps + n)
        board = all_time._compute(game.stores, published.get() if n % 3 else None)
        seen.setdefault(board.version, set()).add(board.total_clicks)

    for taps in range(0, 200, 8):
        race(8, partial(publish, taps))
    assert {len(contents) for contents in seen.values()} == {1}
    assert len(seen) > 1


def test_erased_player_leaves_a_board_of_a_later_version_without_a_gap(game: Game) -> None:
    players = [game.sign_in(n) for n in (1, 2, 3)]
    for n, player in enumerate(players):
        player.tap(9 - n)
    all_time.refresh(game.stores)
    before = game.stores.published_boards.get()
    game.stores.published_boards.forget(players[1].id)
    after = game.stores.published_boards.get()
    assert before
    assert after
    assert after.version > before.version
    assert [(entry.rank, entry.id) for entry in after.entries] == [(1, players[0].id), (2, players[2].id)]
