"""POST /players/me/share: the bot prepares a score card that the Mini App lets the player send."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest
from support.calls import OPERATION, assert_refused, send
from support.game import Answer, Game, Player
from tapstack.moderation import status as moderation
from tapstack.platform import redis_keys as keys
from tapstack.players.model import ModerationStatus
from tapstack.telegram import client
from telegram_local import inline_results
from telegram_local.bot_api import METHODS
from telegram_local.errors import BadRequest, TooManyRequests
from telegram_local.testing import LocalTelegram

MakeGame = Callable[..., Game]
ADA = 8_600_001


@pytest.fixture
def playing(make_game: MakeGame, local_telegram: LocalTelegram) -> Iterator[Game]:
    local_telegram.user(ADA, first_name="Ada", language_code="en")
    yield make_game(TELEGRAM_API_BASE=local_telegram.url)
    client.close()


def share(player: Player) -> Answer:
    return send(player.game, OPERATION["prepareShare"], None, player.headers)


def wait_over(player: Player) -> None:
    """As if the time between two shares had passed."""
    stores = player.game.stores
    stores.redis.delete(*stores.redis.scan_iter(keys.limit("share", "*")))


def test_card_is_the_one_of_inline_mode_and_goes_to_a_chat_of_the_players_choice(
    playing: Game, local_telegram: LocalTelegram
) -> None:
    ada = playing.sign_in(ADA)
    ada.tap(42)
    answer = share(ada)
    assert answer.status == 200
    now_s = playing.stores.clock() // 1_000
    assert now_s < answer.body["expires_at_s"] <= now_s + 86_400
    person = local_telegram.user(ADA)
    bob = local_telegram.user(ADA + 1, first_name="Bob")
    for chat in (person.dialog(bob), person.dialog(person)):
        local_telegram.act("send_prepared", user=ADA, chat=chat, id=answer.body["prepared_message_id"])
        sent = person.messages(chat)[-1]
        assert "Ada has 42 taps, place 1." in sent.text
        assert f"start=ref_{ada.opened['player']['ref_code']}" in sent.button("Play")[2]["url"]


def test_card_is_a_picture_where_telegram_can_fetch_it(
    make_game: MakeGame, local_telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = local_telegram.user(ADA, first_name="Ada", language_code="en")
    game = make_game(TELEGRAM_API_BASE=local_telegram.url, MINIAPP_URL="http://127.0.0.1:9/app/")
    ada = game.sign_in(ADA)
    ada.tap(42)
    chat = person.dialog(person)
    prepared = share(ada).body["prepared_message_id"]
    local_telegram.act("send_prepared", user=ADA, chat=chat, id=prepared)
    sent = person.messages(chat)[-1]
    assert "Ada has 42 taps, place 1." in sent.text
    address = sent.raw["photo"][0]["file_id"]
    assert address.startswith("http://127.0.0.1:9/card.jpg?card=")
    picture = send(game, OPERATION["getCardPicture"], None, {}, query={"card": address.partition("?card=")[2]})
    assert picture.body[:3] == b"\xff\xd8\xff"
    assert f"start=ref_{ada.opened['player']['ref_code']}" in sent.button("Play")[2]["url"]
    monkeypatch.setattr(inline_results, "_photo", refuse_pictures)
    wait_over(ada)
    prepared = share(ada).body["prepared_message_id"]
    local_telegram.act("send_prepared", user=ADA, chat=chat, id=prepared)
    assert "photo" not in person.messages(chat)[-1].raw
    client.close()


def refuse_pictures(_: object) -> None:
    raise BadRequest("WEBPAGE_CURL_FAILED")


def test_asking_again_at_once_is_429_and_later_a_new_card(playing: Game) -> None:
    ada = playing.sign_in(ADA)
    first = share(ada)
    assert first.status == 200
    again = share(ada)
    assert_refused(again, 429, "too_many_requests")
    assert 1 <= int(again.headers["Retry-After"]) <= 3
    wait_over(ada)
    assert share(ada).body["prepared_message_id"] != first.body["prepared_message_id"]


def test_telegram_away_is_503_with_retry_after(make_game: MakeGame) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and not listening
        game = make_game(TELEGRAM_API_BASE=f"http://127.0.0.1:{nobody.getsockname()[1]}")
        answer = share(game.sign_in(ADA))
    client.close()
    assert_refused(answer, 503, "telegram_unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


def test_pause_that_telegram_asks_for_is_passed_on_and_kept_by_all(
    playing: Game, local_telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TooManyRequests(7)

    monkeypatch.setitem(METHODS, "savepreparedinlinemessage", ("savePreparedInlineMessage", refuse))
    answer = share(playing.sign_in(ADA))
    assert_refused(answer, 503, "telegram_unavailable")
    assert answer.headers["Retry-After"] == "7"
    assert playing.stores.outbox.spend(ADA) > 0


def test_player_whom_telegram_does_not_know_is_a_conflict(playing: Game) -> None:
    assert_refused(share(playing.sign_in(999_999_999)), 409, "not_shareable")


def test_banned_player_shares_nothing(playing: Game) -> None:
    ada = playing.sign_in(ADA)
    moderation.set_status(playing.stores, ada.id, ModerationStatus.BANNED)
    assert_refused(share(ada), 403, "banned")


def test_outbox_on_its_schedule_learns_the_bots_name(make_game: MakeGame, local_telegram: LocalTelegram) -> None:
    game = make_game(TELEGRAM_API_BASE=local_telegram.url, TELEGRAM_BOT_USERNAME="")
    game.run("outbox", {"Records": []})
    assert game.sign_in(ADA).opened["player"]["invite_url"] is None
    game.run("outbox")
    assert "t.me/tapstack_test_bot?" in game.sign_in(ADA).opened["player"]["invite_url"]
    client.close()


def test_outbox_on_its_schedule_tells_an_operator_the_bots_name_that_it_is_set_to(
    make_game: MakeGame, local_telegram: LocalTelegram
) -> None:
    game = make_game(TELEGRAM_API_BASE=local_telegram.url)
    game.run("outbox")
    assert game.stores.conversation_cache.bot_name() == "tapstack_test_bot"
    client.close()


def test_outbox_goes_on_where_telegram_keeps_its_name(make_game: MakeGame) -> None:
    game = make_game(TELEGRAM_API_BASE="http://127.0.0.1:9", TELEGRAM_BOT_USERNAME="")
    assert game.run("outbox") == {"batchItemFailures": []}
    client.close()
