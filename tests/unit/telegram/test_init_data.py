"""https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app"""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.identity import BOT_TOKEN
from tapstack.platform.errors import Unauthenticated
from tapstack.telegram.init_data import CLOCK_SKEW_S, InitData, verify
from tapstack_local import init_data

NOW_S = 1_800_000_000
MAX_AGE_S = 86_400
OTHER_BOT = "7000000002:AAEother_bot_token_of_the_tests_00000"
USER = {"id": 42, "first_name": "Ada", "last_name": "Lovelace", "username": "ada", "language_code": "en"}


def signed(fields: dict[str, str], token: str = BOT_TOKEN) -> str:
    """initData as Telegram makes it, without the code under test."""
    return init_data.signed(fields, token)


def fields(**changes: str) -> dict[str, str]:
    return {"query_id": "AAF0", "user": json.dumps(USER), "auth_date": str(NOW_S), "signature": "c2ln", **changes}


def read(raw: str, *tokens: str) -> InitData:
    return verify(raw, tokens or (BOT_TOKEN,), now_s=NOW_S, max_age_s=MAX_AGE_S)


def code_of_refusal(raw: str, *tokens: str) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        read(raw, *tokens)
    return refusal.value.code


def test_verify_signed_by_this_bot_names_the_user() -> None:
    data = read(signed(fields(start_param="ref_abc")))
    assert (data.user.id, data.user.first_name, data.user.last_name) == (42, "Ada", "Lovelace")
    assert (data.auth_date_s, data.start_param) == (NOW_S, "ref_abc")


def test_verify_takes_the_signature_field_into_the_hash() -> None:
    """Only `hash` is left out. Data from before `signature` existed, hashed without it, is not valid with one added."""
    old = {name: value for name, value in fields().items() if name != "signature"}
    assert read(signed(old)).user.id == 42
    assert code_of_refusal(signed(old) + "&signature=c2ln") == "init_data_invalid"


def test_verify_keeps_blank_fields_in_the_hash() -> None:
    assert read(signed(fields(start_param="", chat_instance=""))).start_param == ""


def test_verify_in_any_order_of_fields_is_accepted() -> None:
    assert read("&".join(reversed(signed(fields()).split("&")))).user.id == 42


def test_verify_of_another_bot_is_refused() -> None:
    assert code_of_refusal(signed(fields(), OTHER_BOT)) == "init_data_invalid"


def test_verify_during_a_rotation_accepts_both_bot_tokens() -> None:
    for token in (BOT_TOKEN, OTHER_BOT):
        assert read(signed(fields(), token), OTHER_BOT, BOT_TOKEN).user.id == 42


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "hash=",
        "&&&",
        "no pairs at all",
        "user=1",
        "%",
        "user=%ff",
        "=" * 100,
        "a=b&" * 40,
        urlencode(fields()),
        urlencode({**fields(), "hash": ""}),
        urlencode({**fields(), "hash": "0" * 64}),
        urlencode({**fields(), "hash": "é"}),
    ],
)
def test_verify_unsigned_or_malformed_is_refused(raw: str) -> None:
    assert code_of_refusal(raw) == "init_data_invalid"


@pytest.mark.parametrize("field", ["user", "auth_date", "query_id", "signature"])
def test_verify_with_a_field_changed_is_refused(field: str) -> None:
    raw = dict(pair.split("=", 1) for pair in signed(fields()).split("&"))
    raw[field] += "0"
    assert code_of_refusal("&".join(f"{name}={value}" for name, value in raw.items())) == "init_data_invalid"


@pytest.mark.parametrize("name", ["user", "auth_date", "hash", "query_id"])
def test_verify_with_a_field_twice_is_refused(name: str) -> None:
    """Which of the two was signed could be read differently by two programs."""
    raw = signed(fields())
    pair = next(pair for pair in raw.split("&") if pair.startswith(f"{name}="))
    assert code_of_refusal(f"{raw}&{pair}") == "init_data_invalid"
    assert code_of_refusal(f"{pair}&{raw}") == "init_data_invalid"


def test_verify_not_url_encoded_is_refused() -> None:
    user = json.dumps({**USER, "first_name": "Âda"}, ensure_ascii=False)
    raw = signed(fields(user=user))
    assert read(raw).user.first_name == "Âda"
    assert code_of_refusal(raw.replace(quote("Â"), "Â")) == "init_data_invalid"


def test_verify_at_the_end_of_its_age_expires() -> None:
    assert read(signed(fields(auth_date=str(NOW_S - MAX_AGE_S)))).user.id == 42
    assert code_of_refusal(signed(fields(auth_date=str(NOW_S - MAX_AGE_S - 1)))) == "init_data_expired"


def test_verify_from_the_future_is_refused_beyond_the_skew_of_clocks() -> None:
    assert read(signed(fields(auth_date=str(NOW_S + CLOCK_SKEW_S)))).user.id == 42
    assert code_of_refusal(signed(fields(auth_date=str(NOW_S + CLOCK_SKEW_S + 1)))) == "init_data_invalid"


@pytest.mark.parametrize("auth_date", ["", "x", "-1", "1e9", "1.5", "٣", " 1", "9" * 13])
def test_verify_without_a_proper_date_is_refused(auth_date: str) -> None:
    assert code_of_refusal(signed(fields(auth_date=auth_date))) == "init_data_invalid"


@pytest.mark.parametrize(
    "user",
    [
        "",
        "null",
        "[]",
        "{}",
        "not json",
        '{"id": "42"}',
        '{"id": null}',
        '{"id": 0}',
        '{"id": -42}',
        '{"id": 4.2}',
        '{"id": true}',
        '{"id": 42, "first_name": 5}',
        '{"id": 42, "first_name": "\\ud800"}',
        '{"id": 42, "is_bot": true}',
        '{"id": 42, "is_bot": "no"}',
    ],
)
def test_verify_signed_for_no_human_user_is_refused(user: str) -> None:
    assert code_of_refusal(signed(fields(user=user))) == "init_data_invalid"


def test_verify_without_a_user_is_refused() -> None:
    rest = {name: value for name, value in fields().items() if name != "user"}
    assert code_of_refusal(signed(rest)) == "init_data_invalid"


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.integers(1, 2**52), TEXT, TEXT, TEXT, st.integers(NOW_S - MAX_AGE_S, NOW_S))
def test_verify_what_telegram_signed_gives_it_back(
    user_id: int, first_name: str, last_name: str, start_param: str, auth_date_s: int
) -> None:
    user = json.dumps({"id": user_id, "first_name": first_name, "last_name": last_name}, ensure_ascii=False)
    data = read(signed(fields(user=user, auth_date=str(auth_date_s), start_param=start_param)))
    assert (data.user.id, data.user.first_name, data.user.last_name) == (user_id, first_name, last_name)
    assert (data.auth_date_s, data.start_param) == (auth_date_s, start_param)


@given(st.text())
def test_verify_garbage_is_refused(raw: str) -> None:
    assert code_of_refusal(raw) == "init_data_invalid"
