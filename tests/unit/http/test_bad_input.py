"""Bad input is a 4xx with a code, in the one form; it never is a 500 and never changes a player."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from support.calls import FUNCTION_OF, OPERATION, assert_refused, good_body, identity_for, send
from support.fakes.ports import MemoryGame, MemoryPorts, memory_game
from support.game import Answer, Player, api_event
from support.identity import BOT_TOKEN, init_data
from tapstack import composition
from tapstack.api import OPERATIONS
from tapstack.bot.operations import UPDATE_LIMIT
from tapstack.http import session_tokens
from tapstack.http.operation import BODY_LIMIT, Auth
from tapstack.http.operation import AnyOperation as Operation
from tapstack.players.rules.identity import session_key

WITH_BODY = [o for o in OPERATIONS if o.request]
TYPED = [o for o in WITH_BODY if o.auth is not Auth.WEBHOOK_SECRET]
WITH_TOKEN = [o for o in OPERATIONS if o.auth is Auth.SESSION_TOKEN]


def by_id(operation: Operation) -> str:
    return operation.id


@pytest.fixture
def ada(game: MemoryGame) -> Player:
    return game.sign_in(1)


@contextmanager
def given(what: object) -> Iterator[None]:
    """A failure in a with-block names what was sent: one test sends many, as a game for each would take seconds."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"given {what!r:.200}")
        raise


def post(player: Player, operation: Operation, body: Any, **options: Any) -> Answer:
    return send(player.game, operation, body, identity_for(operation, player), **options)


NO_JSON = [
    None,
    "",
    " ",
    "{",
    "}",
    "taps=1",
    "{'taps': 1}",
    '{"taps": 1,}',
    '{"taps": 1}x',
    '{"taps": NaN}',
    '{"taps": "\\ud800"}',
    '{"session_id": "\\ud800"}',
    '{"\\udfff": 1}',
    '{"username": "\ud800"}',
    '\ufeff{"taps": 1}',
    '{"a": ' + "[" * 4_000 + "]" * 4_000 + "}",
    '{"a": ' + '{"a":' * 1_200 + "1" + "}" * 1_201,
    "\0",
]


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_body_that_is_no_json_is_refused(ada: Player, operation: Operation) -> None:
    for body in NO_JSON:
        with given(body):
            assert_refused(post(ada, operation, body), 400)


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_body_that_is_no_object_is_refused(ada: Player, operation: Operation) -> None:
    for body in ("null", "[]", "[{}]", "1", "true", '"text"', "1e400", "9" * 5_000):
        with given(body):
            assert_refused(post(ada, operation, body), 400)


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_body_that_is_no_utf_8_is_refused(ada: Player, operation: Operation) -> None:
    for raw in (b"\xff", b'{"taps": "\xff"}', b'{"username": "\xed\xa0\x80"}', b'{"\xc3": 1}'):
        with given(raw):
            assert_refused(post(ada, operation, base64.b64encode(raw).decode(), base64=True), 400)


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_body_that_is_no_base64_is_refused(ada: Player, operation: Operation) -> None:
    for text in ("!", "A", "é", "\ud800", "====", "e30"):
        with given(text):
            assert_refused(post(ada, operation, text, base64=True), 400)


@pytest.mark.parametrize("operation", TYPED, ids=by_id)
def test_body_in_base64_is_read(ada: Player, operation: Operation) -> None:
    text = base64.b64encode(json.dumps(good_body(operation)).encode()).decode()
    assert post(ada, operation, text, base64=True).status in (200, 201, 202, 204)


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "base64"])
def test_body_over_the_limit_is_refused_and_one_at_it_is_read(ada: Player, operation: Operation, encoded: bool) -> None:
    def padded(size: int) -> str:
        text = json.dumps(good_body(operation))
        text += " " * (size - len(text))
        return base64.b64encode(text.encode()).decode() if encoded else text

    limit = UPDATE_LIMIT if operation.auth is Auth.WEBHOOK_SECRET else BODY_LIMIT
    answer = post(ada, operation, padded(limit + 1), base64=encoded)
    assert_refused(answer, 413, "body_too_large")
    assert answer.body["error"]["data"] == {"limit": limit}
    assert post(ada, operation, padded(limit), base64=encoded).status in (200, 201, 202, 204)


def test_body_limit_counts_bytes_not_characters(ada: Player) -> None:
    assert_refused(post(ada, OPERATION["rename"], json.dumps({"username": "é" * 4_100}, ensure_ascii=False)), 413)


@pytest.mark.parametrize("operation", TYPED, ids=by_id)
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "", "/"]
)
def test_body_of_another_content_type_is_still_judged_as_json(
    ada: Player, operation: Operation, content_type: str
) -> None:
    headers = {"Content-Type": content_type}
    ada.tap(1)
    assert post(ada, operation, good_body(operation), headers=headers).status in (200, 201, 202, 204)
    assert_refused(post(ada, operation, "<taps>1</taps>", headers=headers), 400)


@pytest.mark.parametrize(
    "taps",
    [
        "-1",
        "-9223372036854775809",
        str(2**40 + 1),
        "9" * 30,
        "9" * 5_000,
        "1.5",
        "1.0",
        "1e3",
        "1e400",
        "true",
        "null",
        '"1"',
        "[1]",
        "{}",
    ],
)
def test_taps_that_are_no_count_are_refused_and_change_nothing(ada: Player, taps: str) -> None:
    ada.tap(3)
    assert_refused(post(ada, OPERATION["recordTaps"], f'{{"taps": {taps}}}'), 400, "validation_failed")
    after = ada.tap(3)
    assert (after.body["taps"], after.body["clicks"]) == (3, 3)


def test_taps_missing_are_refused(ada: Player) -> None:
    assert_refused(post(ada, OPERATION["recordTaps"], {"clicks": 3}), 400, "validation_failed")


@pytest.mark.parametrize(
    "username", [5, None, True, [], {}, "", "ab", "x" * 21, "x" * 65, "a b", "ada\n", "Âda", "\0\0\0"]
)
def test_username_against_the_rules_is_refused_and_changes_nothing(ada: Player, username: Any) -> None:
    assert_refused(post(ada, OPERATION["rename"], {"username": username}), 400, "validation_failed")
    assert send(ada.game, OPERATION["getMyAccount"], None, ada.headers).body["username"] is None


@pytest.mark.parametrize("session_id", [5, None, "", "x", "x" * 37, "6f1c0f6e2f434c9c9f410d4b7a5a1b2c", "🎮" * 36])
def test_session_id_that_is_no_uuid_is_refused_and_makes_no_player(game: MemoryGame, session_id: Any) -> None:
    headers = {"Authorization": f"tma {init_data(1)}"}
    assert_refused(send(game, OPERATION["openSession"], {"session_id": session_id}, headers), 400, "validation_failed")
    assert game.stores.players.by_telegram_id(1) is None


NO_IDENTITY = [
    {},
    {"Authorization": ""},
    {"Authorization": " "},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"Authorization": "tma"},
    {"Authorization": "Basic YTpi"},
    {"Authorization": "Bearer é"},
    {"Authorization": "Bearer \ud800"},
    {"Authorization": "tma \ud800"},
    {"Authorization": "tma hash=\ud800"},
    {"Authorization": "Bearer " + "A" * 59},
    {"Authorization": "Bearer " + "A" * 9_000},
    {"Authorization": "tma " + "a=b&" * 3_000},
    {"X-Telegram-Bot-Api-Secret-Token": ""},
    {"X-Telegram-Bot-Api-Secret-Token": "wrong"},
    {"X-Telegram-Bot-Api-Secret-Token": "é"},
    {"X-Telegram-Bot-Api-Secret-Token": "\ud800"},
]


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.auth is not Auth.NONE], ids=by_id)
def test_identity_missing_or_malformed_is_refused(game: MemoryGame, operation: Operation) -> None:
    body = good_body(operation) if operation.request else None
    for headers in NO_IDENTITY:
        with given(headers):
            assert_refused(send(game, operation, body, headers), 401)
    event = api_event(operation.method, operation.path, "{}")
    with given(None):
        absent = {"headers": None, "multiValueHeaders": None}
        assert_refused(game.send(FUNCTION_OF[operation.id], {**event, **absent}), 401)


def foreign_token(ada: Player, **changes: Any) -> str:
    key = changes.pop("key", ada.game.stores.settings.http.token_signing_keys[0])
    good = session_tokens.SessionToken(ada.id, session_key(ada.session_id), int(time.time()) + 60)
    return session_tokens.sign(good._replace(**changes), key)


@pytest.mark.parametrize("operation", WITH_TOKEN, ids=by_id)
def test_token_forged_or_foreign_or_expired_is_refused(ada: Player, operation: Operation) -> None:
    body = good_body(operation) if operation.request else None
    for text, code in (
        (foreign_token(ada, key="signing-key-of-somebody-else"), "token_invalid"),
        (ada.opened["token"][:-5], "token_invalid"),
        (ada.opened["token"].swapcase(), "token_invalid"),
        (foreign_token(ada, expires_at_s=int(time.time())), "token_expired"),
        (init_data(1), "token_invalid"),
    ):
        assert_refused(send(ada.game, operation, body, {"Authorization": f"Bearer {text}"}), 401, code)


@pytest.mark.parametrize("operation", [o for o in WITH_TOKEN if o.id in {"getMyAccount", "rename"}], ids=by_id)
def test_token_of_a_player_who_is_gone_is_not_found(ada: Player, operation: Operation) -> None:
    headers = {"Authorization": f"Bearer {foreign_token(ada, player_id='f' * 16)}"}
    body = good_body(operation) if operation.request else None
    assert_refused(send(ada.game, operation, body, headers), 404, "player_unknown")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (init_data(1, token="7000000002:AAEother_bot_token_of_the_tests_0"), "init_data_invalid"),
        (init_data(1) + "0", "init_data_invalid"),
        (init_data(1).replace("Ada", "Eve"), "init_data_invalid"),
        (init_data(1, auth_date_s=1_700_000_000), "init_data_expired"),
        (init_data(1, auth_date_s=4_000_000_000), "init_data_invalid"),
        (init_data(0), "init_data_invalid"),
        (init_data(1, user="{}"), "init_data_invalid"),
    ],
    ids=["other bot", "longer hash", "other name", "expired", "future", "no user id", "no user"],
)
def test_init_data_forged_or_foreign_or_expired_makes_no_player(game: MemoryGame, raw: str, code: str) -> None:
    body = {"session_id": str(uuid.uuid4())}
    answer = send(game, OPERATION["openSession"], body, {"Authorization": f"tma {raw}"})
    assert_refused(answer, 401, code)
    assert isinstance(game.stores, MemoryPorts)
    assert not game.stores.players.accounts


@pytest.fixture
def named_secret_game() -> Iterator[MemoryGame]:
    """A webhook secret that is not ASCII, as a deployer may set it."""
    yield memory_game(TELEGRAM_WEBHOOK_SECRET="geheimnis-übermorgen")
    composition.use(None)


def test_webhook_secret_that_is_not_ascii_is_compared_all_the_same(named_secret_game: MemoryGame) -> None:
    for given, status in (("geheimnis-übermorgen", 200), ("geheimnis-ubermorgen", 401), ("\udcff", 401)):
        headers = {"X-Telegram-Bot-Api-Secret-Token": given}
        assert send(named_secret_game, OPERATION["telegramUpdate"], {"update_id": 1}, headers).status == status


def test_webhook_never_takes_the_bot_token_or_a_session_for_its_secret(ada: Player) -> None:
    for given in (BOT_TOKEN, ada.opened["token"]):
        headers = {"X-Telegram-Bot-Api-Secret-Token": given, "Authorization": f"Bearer {given}"}
        assert_refused(send(ada.game, OPERATION["telegramUpdate"], {"update_id": 1}, headers), 401)


@pytest.mark.parametrize("period", ["", "decade", "ALL", "all ", "\ud800", "x" * 5_000])
def test_query_value_that_is_unknown_is_refused(game: MemoryGame, period: str) -> None:
    answer = send(game, OPERATION["getLeaderboard"], None, {}, query={"period": period})
    assert_refused(answer, 400, "validation_failed")
    assert answer.body["error"]["data"] == {"field": "period"}


def test_query_that_nobody_asked_for_is_ignored(game: MemoryGame) -> None:
    answer = send(game, OPERATION["getLeaderboard"], None, {}, query={"period": "all", "utm": "\ud800"})
    assert answer.status == 200
