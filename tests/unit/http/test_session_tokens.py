from __future__ import annotations

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.http.session_tokens import SessionToken, sign, verify
from tapstack.platform.errors import Unauthenticated
from tapstack.players.rules.identity import session_key

NOW_S = 1_800_000_000
KEY, OTHER_KEY = "signing-key-of-today", "signing-key-of-others"
TOKEN = SessionToken("0123456789abcdef", session_key("6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c"), NOW_S + 60)


def code_of_refusal(text: str, *keys: str, now_s: int = NOW_S) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        verify(text, keys or (KEY,), now_s)
    return refusal.value.code


@given(
    st.binary(min_size=8, max_size=8),
    st.uuids(),
    st.integers(NOW_S + 1, 2**32 - 1),
    st.text(st.characters(codec="utf-8"), min_size=1),
)
def test_verify_what_was_signed_gives_it_back(player: bytes, session: uuid.UUID, expires_at_s: int, key: str) -> None:
    token = SessionToken(player.hex(), session_key(str(session)), expires_at_s)
    text = sign(token, key)
    assert verify(text, [key], NOW_S) == token
    assert len(text) == 59
    assert text.replace("-", "").replace("_", "").isalnum()


def test_verify_another_key_is_refused() -> None:
    assert code_of_refusal(sign(TOKEN, OTHER_KEY)) == "token_invalid"


def test_verify_without_keys_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        verify(sign(TOKEN, KEY), [], NOW_S)


@given(st.integers(0, 43), st.integers(1, 255))
def test_verify_with_any_byte_changed_is_refused(position: int, change: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(sign(TOKEN, KEY) + "="))
    raw[position] ^= change
    assert code_of_refusal(base64.urlsafe_b64encode(raw).rstrip(b"=").decode()) == "token_invalid"


@given(st.integers(0, 58))
def test_verify_truncated_anywhere_is_refused(length: int) -> None:
    assert code_of_refusal(sign(TOKEN, KEY)[:length]) == "token_invalid"


def test_verify_with_more_behind_it_is_refused() -> None:
    assert code_of_refusal(sign(TOKEN, KEY) + "AAAA") == "token_invalid"


@given(st.text())
def test_verify_garbage_is_refused(text: str) -> None:
    assert code_of_refusal(text) == "token_invalid"


@pytest.mark.parametrize("text", ["", "é" * 59, "\ud800", "\0" * 59, "A" * 59, "=" * 59, "A" * 100_000, "a.b.c"])
def test_verify_malformed_is_refused(text: str) -> None:
    assert code_of_refusal(text) == "token_invalid"


def test_verify_at_the_second_it_expires_is_refused() -> None:
    text = sign(TOKEN, KEY)
    assert verify(text, [KEY], TOKEN.expires_at_s - 1) == TOKEN
    assert code_of_refusal(text, now_s=TOKEN.expires_at_s) == "token_expired"


def test_verify_forged_and_expired_is_called_forged() -> None:
    """What an expired token says is shown to clients as the truth, so it must be signed."""
    assert code_of_refusal(sign(TOKEN, OTHER_KEY), now_s=TOKEN.expires_at_s) == "token_invalid"


def test_verify_during_a_rotation_accepts_the_old_and_the_new_key() -> None:
    for key in (KEY, OTHER_KEY):
        assert verify(sign(TOKEN, key), [OTHER_KEY, KEY], NOW_S) == TOKEN
    assert code_of_refusal(sign(TOKEN, KEY), OTHER_KEY) == "token_invalid"


def test_token_says_nothing_of_telegram() -> None:
    raw = base64.urlsafe_b64decode(sign(TOKEN, KEY) + "=")
    assert raw[:8].hex() == TOKEN.player_id
    assert len(raw) == 8 + 16 + 4 + 16
