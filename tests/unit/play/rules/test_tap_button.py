"""What the tap button carries fits, comes back to its own player while it is fresh, and can't be forged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.bounds import MAX_TAPS
from tapstack.play.rules import tap_button
from tapstack.play.rules.tap_button import PREFIX, ButtonState, is_tap_callback, sign, verify

PLAYER, OTHER = "0123456789abcdef", "1123456789abcdef"
KEY, OLD_KEY = "k" * 32, "o" * 32
NOW_S = 1_800_000_000
SHOWN = ButtonState(1_234, 876_543_210)
HOUR_S = 3_600


@given(st.integers(0, MAX_TAPS), st.integers(0, 2**53))
def test_button_of_any_numbers_fits_and_comes_back(taps: int, update_id: int) -> None:
    data = sign(ButtonState(taps, update_id), PLAYER, NOW_S, KEY)
    assert len(data.encode()) <= 64
    assert is_tap_callback(data)
    assert verify(data, PLAYER, NOW_S, [KEY]) == (taps, update_id)


def test_button_that_an_older_key_has_signed_is_understood() -> None:
    assert verify(sign(SHOWN, PLAYER, NOW_S, OLD_KEY), PLAYER, NOW_S, [KEY, OLD_KEY]) == SHOWN
    assert verify(sign(SHOWN, PLAYER, NOW_S, OLD_KEY), PLAYER, NOW_S, [KEY]) is None


def test_button_says_nothing_to_another_player_or_after_two_hours() -> None:
    data = sign(SHOWN, PLAYER, NOW_S, KEY)
    assert verify(data, OTHER, NOW_S, [KEY]) is None
    assert verify(data, PLAYER, NOW_S + HOUR_S, [KEY]) == SHOWN
    assert verify(data, PLAYER, NOW_S + 2 * HOUR_S, [KEY]) is None


def test_button_of_a_newer_release_that_carries_more_is_read_as_far_as_it_is_known() -> None:
    """During a deployment both releases answer one chat: int("eh9lrn:7", 36) ended the request."""
    numbers = sign(SHOWN, PLAYER, NOW_S, KEY).removeprefix(f"{PREFIX}:").rpartition(":")[0] + ":7"
    data = f"{PREFIX}:{numbers}:{tap_button._mac(numbers, PLAYER, NOW_S // HOUR_S, KEY)}"
    assert verify(data, PLAYER, NOW_S, [KEY]) == SHOWN


@pytest.mark.parametrize(
    "data", ["", PREFIX, f"{PREFIX}:", f"{PREFIX}:zz:1:AAAAAAAAAAAAAAAA", "tap:open", "é", "\ud800", ":" * 64]
)
def test_data_that_nobody_has_signed_is_a_plain_press(data: str) -> None:
    assert verify(data, PLAYER, NOW_S, [KEY]) is None


@given(st.integers(0, 48), st.characters(codec="ascii"))
def test_button_with_any_character_changed_says_nothing(place: int, character: str) -> None:
    data = sign(SHOWN, PLAYER, NOW_S, KEY)
    changed = data[:place] + character + data[place + 1 :]
    shown = verify(changed, PLAYER, NOW_S, [KEY])
    assert shown is None if changed[len(PREFIX) :] != data[len(PREFIX) :] else True


@pytest.mark.parametrize("shown", [ButtonState(0, -1), ButtonState(-1, 5), ButtonState(-(2**63), 0)])
def test_button_is_never_made_of_a_negative_number(shown: ButtonState) -> None:
    """Dividing one for its digits would never end."""
    with pytest.raises(ValueError, match="no count"):
        sign(shown, "a" * 16, 0, "k" * 16)
