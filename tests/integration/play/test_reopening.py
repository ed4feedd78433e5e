"""Opening a session again on an event loop, where Redis keeps who signs in: as if nothing were kept, but cheaper."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from support.async_game import AsyncGame, served_async
from support.counting import counted
from support.game import Game, Player, TestContainer
from support.identity import init_data
from support.racing import ManualClock
from tapstack.inbox.model import Kind, Notice
from tapstack.inbox.redis_unread import UNREAD
from tapstack.moderation import status as moderation
from tapstack.moderation import whitelist
from tapstack.platform.errors import StoreUnavailable
from tapstack.players import accounts
from tapstack.players.model import ModerationStatus, Returning
from tapstack.players.redis_kept_accounts import ACCOUNT, OWNER, RedisKeptAccounts
from tapstack.privacy import erasure

AsyncGames = AsyncGame[TestContainer]
Change = Callable[[TestContainer, str], object]

KEPT = {
    "rename": lambda stores, i: accounts.rename(stores, i, "ada"),
    "language": lambda stores, i: accounts.choose_language(stores, i, "ru"),
    "title": lambda stores, i: stores.players.show_title(i, "title_fox", 1, "colour_mint"),
    "shadow ban": lambda stores, i: moderation.set_status(stores, i, ModerationStatus.SHADOW, ["a program"]),
    "whitelist": lambda stores, i: whitelist.set_whitelisted(stores, [i], True),
    "referral": lambda stores, i: Game(stores).sign_in(2, start_param=f"ref_{stores.players.get(i).ref_code}"),
}
"""All that changes an account and leaves it open."""


@pytest.fixture
def asked(game: Game) -> Iterator[AsyncGames]:
    with served_async(game.stores) as made:
        yield made


@pytest.fixture
def ada(asked: AsyncGames) -> Player:
    """A player who has tapped, and whose account is kept."""
    player = asked.sign_in(1)
    player.tap(1)
    return player


def kept(game: AsyncGames, user_id: int = 1) -> Returning | None:
    return game.runner.run(game.stores.pipelined_accounts.by_telegram_id(user_id))


def a_while_later(game: AsyncGames, player: Player) -> None:
    """What is changing may be kept again."""
    game.stores.redis.delete(ACCOUNT + player.id, UNREAD + player.id)


def open_again(game: AsyncGames, player: Player) -> Any:
    body, headers = {"session_id": player.session_id}, {"Authorization": f"tma {init_data(player.user_id)}"}
    return game.call("sessions", "POST", "/sessions", body, headers=headers)


def test_session_opened_again_is_answered_as_a_thread_answers_it(asked: AsyncGames, ada: Player) -> None:
    plain = Player(Game(asked.stores), ada.user_id, ada.session_id, ada.opened)
    accounts.change(asked.stores, ada.id, "ada", "ru")
    a_while_later(asked, ada)
    ada.reopen()
    assert kept(asked) == (asked.stores.players.get(ada.id), 0)
    with counted(asked) as work:
        again = ada.reopen().opened
    assert (work.round_trips, work.aws) == ({"redis": 3}, []), "the limit, what is kept, the session"
    of_moments = ("token", "live", "expires_at_s", "energy_full_in_ms")
    assert {**again, **dict.fromkeys(of_moments)} == {**plain.reopen().opened, **dict.fromkeys(of_moments)}


@pytest.mark.parametrize("change", KEPT.values(), ids=KEPT)
def test_changed_account_is_seen_at_once_and_what_was_read_before_is_not_kept(
    asked: AsyncGames, ada: Player, change: Change
) -> None:
    stores, before = asked.stores, kept(asked)
    assert before
    change(stores, ada.id)
    changed = stores.players.get(ada.id)
    assert changed != before.player
    assert kept(asked) is None
    stores.kept_accounts.keep(before.player)  # read before the change, kept after it
    assert kept(asked) is None
    view = ada.reopen().opened["player"]
    assert (view["username"], view.get("title")) == (changed.username, changed.title or None)
    a_while_later(asked, ada)
    ada.reopen()
    again = kept(asked)
    assert again
    assert again.player == changed


def test_ban_holds_at_once_and_ends_at_once(asked: AsyncGames, ada: Player) -> None:
    stores = asked.stores
    moderation.set_status(stores, ada.id, ModerationStatus.BANNED, ["cheats"])
    for _ in range(2):
        refused = open_again(asked, ada)
        assert (refused.status, refused.body["error"]["code"]) == (403, "banned")
        a_while_later(asked, ada)
    assert kept(asked) is None
    moderation.set_status(stores, ada.id, ModerationStatus.GOOD)
    assert open_again(asked, ada).status == 200


def test_ban_that_redis_cannot_be_told_is_not_done(
    asked: AsyncGames, ada: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        def pipeline(self, **_: Any) -> Any:
            raise RedisConnectionError("gone")

    monkeypatch.setattr(asked.stores.players, "kept", RedisKeptAccounts(Gone()))
    with pytest.raises(StoreUnavailable):
        moderation.set_status(asked.stores, ada.id, ModerationStatus.BANNED)
    assert asked.stores.players.get(ada.id).status is ModerationStatus.GOOD


def test_erased_player_is_found_by_nothing_that_was_kept(make_game: Any) -> None:
    clock = ManualClock()
    with served_async(make_game(clock).stores) as game:
        ada = game.sign_in(1)
        ada.tap(1)
        assert kept(game)
        assert erasure.request(game.stores, ada.id, "grace")
        refused = open_again(game, ada)
        assert (refused.status, refused.body["error"]["code"]) == (503, "erasing")
        clock.now_ms += erasure.SETTLED_MS
        assert game.run("maintenance")["erased"] == 1
        assert not game.stores.redis.exists(OWNER + "1", ACCOUNT + ada.id, UNREAD + ada.id)
        again = game.sign_in(1)
        assert (again.id != ada.id, again.opened["taps"]) == (True, 0)
        assert game.sign_in(1, again.session_id).id == again.id


@pytest.mark.parametrize("value", ["not json", "[]", '["too", "few"]', '{"id": "of another release"}'])
def test_account_of_another_release_is_read_anew(asked: AsyncGames, ada: Player, value: str) -> None:
    asked.stores.redis.set(ACCOUNT + ada.id, value)
    asked.stores.redis.set(UNREAD + ada.id, "some")
    assert ada.reopen().id == ada.id


def test_session_that_redis_does_not_know_is_opened_by_a_thread(asked: AsyncGames, ada: Player) -> None:
    other = str(uuid.uuid4())
    assert asked.sign_in(1, other).opened["taps"] == 0
    ada.game.call("sessions", "DELETE", "/sessions/current", headers=ada.headers)
    assert ada.reopen().opened["taps"] == 1


def test_new_notice_is_counted_at_once_and_no_more_once_it_is_read(asked: AsyncGames, ada: Player) -> None:
    stores = asked.stores
    assert ada.reopen().opened["unread"] == 0
    stores.inbox.add(ada.id, Notice(Kind.MILESTONE, "100", stores.clock(), {"count": 100}))
    stores.kept_unread.keep(ada.id, 0)  # counted before the notice, kept after it
    assert ada.reopen().opened["unread"] == 1
    a_while_later(asked, ada)
    for _ in range(2):
        assert ada.reopen().opened["unread"] == 1
    stores.inbox.mark_read(ada.id, stores.clock(), stores.clock())
    assert ada.reopen().opened["unread"] == 0


def test_newcomer_is_met_until_their_session_has_taps(asked: AsyncGames) -> None:
    bob = asked.sign_in(2, first_name="Bob")
    lost = bob.reopen().opened  # the first answer got lost on its way
    assert lost["newcomer"] == bob.opened["newcomer"] == {"proposed_username": "bob", "invited_by": None}
    bob.tap(1)
    assert "newcomer" not in bob.reopen().opened
    assert asked.sign_in(2).opened["newcomer"]["proposed_username"]
