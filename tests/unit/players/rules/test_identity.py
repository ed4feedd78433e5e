from __future__ import annotations

import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.errors import BadRequest
from tapstack.players.rules.identity import bucket_of, check_username, session_id, session_key, username_key


@given(st.uuids())
def test_session_key_of_any_uuid_leads_back_to_it(made: uuid.UUID) -> None:
    key = session_key(str(made))
    assert len(key) == 22
    assert session_id(key) == str(made)


def test_session_key_in_capitals_is_the_same_session() -> None:
    made = "6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c"
    assert session_key(made.upper()) == session_key(made)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "6f1c0f6e2f434c9c9f410d4b7a5a1b2c",
        "{6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c}",
        "urn:uuid:6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c",
        "6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c\n",
        "6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2g",
        "٦f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c",
        "6f1c0f6e-2f43-4c9c-9f41-\ud80000000000",
    ],
)
def test_session_key_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        session_key(text)
    assert refusal.value.code == "validation_failed"


@pytest.mark.parametrize("name", ["abc", "A_b", "___", "123", "x" * 20, "Ada_Lovelace_1815"])
def test_check_username_within_the_rules_is_kept_as_given(name: str) -> None:
    assert check_username(name) == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "bad_length"),
        ("ab", "bad_length"),
        ("x" * 21, "bad_length"),
        ("a b", "bad_characters"),
        ("abc\n", "bad_characters"),
        ("ada!", "bad_characters"),
        ("<b>", "bad_characters"),
        ("àda", "bad_characters"),
        ("٣٤٥", "bad_characters"),
        ("a\ud800b", "bad_characters"),
        ("a\0b", "bad_characters"),
    ],
)
def test_check_username_against_the_rules_says_which(name: str, reason: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        check_username(name)
    assert refusal.value.data == {"field": "username", "reason": reason}


def test_username_key_ignores_case_only() -> None:
    assert username_key("Ada") == username_key("aDA")
    assert username_key("Ada") != username_key("Ada_")


@given(st.binary(min_size=8, max_size=8), st.integers(1, 100))
def test_bucket_of_any_player_is_always_the_same_one_in_range(raw: bytes, buckets: int) -> None:
    bucket = bucket_of(raw.hex(), buckets)
    assert 0 <= bucket < buckets
    assert bucket_of(raw.hex(), buckets) == bucket


def test_bucket_of_many_players_spreads_them_evenly() -> None:
    sizes = Counter(bucket_of(f"{n * 0x9E3779B97F4A7C15 % 2**64:016x}", 16) for n in range(8_000))
    assert len(sizes) == 16
    assert min(sizes.values()) > 400
    assert max(sizes.values()) < 600


def test_bucket_of_known_players_never_moves() -> None:
    """Live state is where this formula put it: changing it would leave every player in the wrong bucket."""
    assert [bucket_of(i, 16) for i in ("0000000000000000", "0123456789abcdef", "ffffffffffffffff")] == [4, 3, 9]
