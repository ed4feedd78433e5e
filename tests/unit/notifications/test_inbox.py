"""A player's own inbox over the API: pages, how far it is read, and what the bot may tell."""

from __future__ import annotations

from typing import Any

import pytest
from support.calls import assert_refused
from support.fakes.ports import MemoryGame
from support.game import Answer, Player
from tapstack.economy.rules.ops import made_for
from tapstack.inbox.model import Kind, Notice
from tapstack.inbox.notifying import notify
from tapstack.inbox.rules import KEPT
from tapstack.platform.errors import StoreUnavailable


def page(player: Player, **query: str) -> Answer:
    return player.game.call("players", "GET", "/notifications", headers=player.headers, query=query)


def read(player: Player, up_to: Any) -> Answer:
    return player.game.call("players", "POST", "/notifications/read", {"up_to": up_to}, headers=player.headers)


def change(player: Player, **changes: Any) -> Answer:
    return player.game.call("players", "PATCH", "/notifications/settings", changes, headers=player.headers)


def settings(player: Player) -> dict[str, Any]:
    return dict(player.game.call("players", "GET", "/notifications/settings", headers=player.headers).body)


def fill(game: MemoryGame, player: Player, count: int) -> int:
    """Notices of the last moments; returns the time of the newest."""
    now_ms = game.stores.clock()
    for number in range(count):
        game.stores.inbox.add(player.id, Notice(Kind.MAIL, str(number), now_ms - count + number))
    return now_ms - 1


def test_pages_show_each_notice_once_newest_first(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    fill(game, ada, 45)
    seen: list[str] = []
    query: dict[str, str] = {}
    for size in (20, 20, 5):
        found = page(ada, **query).body
        assert len(found["entries"]) == size
        seen += [entry["key"] for entry in found["entries"]]
        query = {"cursor": found["cursor"]} if found["cursor"] else {}
    assert query == {}
    assert seen == [str(number) for number in reversed(range(45))]


def test_cursor_of_another_player_is_refused(game: MemoryGame) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    fill(game, ada, 2)
    cursor = page(ada, limit="1").body["cursor"]
    assert page(ada, cursor=cursor).status == 200
    assert_refused(page(bob, cursor=cursor), 400, "validation_failed")


def test_inbox_is_read_up_to_a_time_and_no_further(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    newest = fill(game, ada, 3)
    assert page(ada).body["unread"] == 3
    assert read(ada, newest - 1).body == {"unread": 1}
    assert read(ada, 0).body == {"unread": 1}
    assert [entry["is_new"] for entry in page(ada).body["entries"]] == [True, False, False]
    assert read(ada, page(ada).body["up_to"]).body == {"unread": 0}


def test_time_far_ahead_leaves_notices_to_come_unread(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    fill(game, ada, 1)
    assert read(ada, 2**53 - 1).body == {"unread": 0}
    game.stores.inbox.add(ada.id, Notice(Kind.MAIL, "later", game.stores.clock() + 1_000))
    assert page(ada).body["unread"] == 1


def test_nothing_is_kept_of_who_has_nothing_to_read(game: MemoryGame) -> None:
    """An app that is still open after an erasure leaves no trace."""
    ada = game.sign_in(1)
    assert read(ada, game.stores.clock()).body == {"unread": 0}
    assert game.stores.inbox.read_up_to == {}


@pytest.mark.parametrize("up_to", [-1, 2**53, "1", 1.5, None])
def test_time_that_is_none_is_refused(game: MemoryGame, up_to: Any) -> None:
    assert_refused(read(game.sign_in(1), up_to), 400, "validation_failed")


def test_reading_deletes_what_is_more_than_is_kept(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    newest = fill(game, ada, KEPT + 7)
    assert read(ada, newest).body == {"unread": 0}
    assert len(game.stores.inbox.kept[ada.id]) == KEPT


def test_sign_in_says_how_many_are_unread_and_works_without_the_store(
    game: MemoryGame, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = game.sign_in(1)
    assert ada.opened["unread"] == 0
    fill(game, ada, 2)
    assert game.sign_in(1).opened["unread"] == 2
    monkeypatch.setattr(game.stores.inbox, "read", _unavailable)
    assert "unread" not in game.sign_in(1).opened


def test_notice_that_cannot_be_kept_stops_nobody(game: MemoryGame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(game.stores.inbox, "add", _unavailable)
    assert notify(game.stores, "p", Kind.MAIL, "x") is False


def _unavailable(*_: object) -> None:
    raise StoreUnavailable("away", retry_after_s=1)


def test_settings_begin_with_everything_on(game: MemoryGame) -> None:
    found = settings(game.sign_in(1))
    assert found["enabled"] is found["daily"] is True
    assert found["kinds"] == dict.fromkeys(Kind, True)
    assert found["utc_offset_min"] is None


def test_change_of_settings_keeps_the_rest_and_opens_no_chat(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    changed = change(ada, kinds={"cheer": False, "week": False}, quiet_from_h=22, utc_offset_min=-90).body
    assert changed == settings(ada)
    assert {kind for kind, on in changed["kinds"].items() if not on} == {"cheer", "week"}
    assert (changed["quiet_from_h"], changed["quiet_to_h"], changed["utc_offset_min"]) == (22, 10, -90)
    assert change(ada, kinds={"cheer": True}, daily=False).body["kinds"]["cheer"] is True
    chat = game.stores.conversations.get(1)
    assert (chat.muted, chat.reminders, chat.blocked) == (["week"], False, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": {"forged": False}},
        {"kinds": {"cheer": 1}},
        {"quiet_from_h": 24},
        {"quiet_to_h": -1},
        {"utc_offset_min": 841},
        {"utc_offset_min": -721},
        {"enabled": "yes"},
    ],
)
def test_settings_that_are_none_are_refused(game: MemoryGame, changes: dict[str, Any]) -> None:
    ada = game.sign_in(1)
    assert_refused(change(ada, **changes), 400, "validation_failed")
    assert game.stores.conversations.get(1).version == 0


def test_zone_of_the_streak_is_that_of_the_quiet_hours_and_old_clients_change_the_rest(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    change(ada, utc_offset_min=-300)
    body = {"op": made_for(game.stores.clock(), "zone"), "zone": "Asia/Tokyo"}
    assert game.call("economy", "POST", "/economy/zone", body, headers=ada.headers).status == 200
    found = settings(ada)
    assert (found["zone"], found["utc_offset_min"]) == ("Asia/Tokyo", 540)
    changed = change(ada, quiet_from_h=20, utc_offset_min=-300).body
    assert (changed["quiet_from_h"], changed["utc_offset_min"]) == (20, 540)
