"""What the tap button carries: how far the chat's session had come when the button was shown, signed.

A chat has no client that keeps a counter, so the message keeps it: `tap:tap:<taps>:<update id>:<signature>`, the
numbers in base 36, at most 49 bytes of the 64 that there are (https://core.telegram.org/bots/api#inlinekeyboardbutton).
The signature is an HMAC-SHA256 cut to 12 bytes over the player, the numbers, and the hour: a button that is two hours
old says nothing any more. Else one that outlives the session history could have its taps counted again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import string
from collections.abc import Sequence
from typing import NamedTuple

PREFIX = "tap:tap"
"""The whole of a button's data where there is nothing to carry."""

_MAC_BYTES = 12
_DIGITS = string.digits + string.ascii_lowercase


class ButtonState(NamedTuple):
    """The taps of a chat's session, and the highest update id among the tap callbacks counted for them.

    The two are only ever read together: the taps are then no more than the callbacks made up to that update.
    """

    taps: int
    update_id: int


def sign(shown: ButtonState, player_id: str, now_s: int, key: str) -> str:
    """The data of a button that is shown now."""
    numbers = f"{_base36(shown.taps)}:{_base36(shown.update_id)}"
    return f"{PREFIX}:{numbers}:{_mac(numbers, player_id, now_s // 3_600, key)}"


def verify(data: str, player_id: str, now_s: int, keys: Sequence[str]) -> ButtonState | None:
    """What a button has shown to this player in this hour or the last; None where nobody of ours has signed that."""
    if not data.isascii():
        return None
    numbers, _, mac = data.removeprefix(f"{PREFIX}:").rpartition(":")
    hour, given = now_s // 3_600, mac.encode()
    if not any(
        hmac.compare_digest(_mac(numbers, player_id, at, key).encode(), given)
        for key in keys
        for at in (hour, hour - 1)
    ):
        return None
    taps, update_id, *_ = numbers.split(":")  # a newer release may put more behind
    return ButtonState(int(taps, 36), int(update_id, 36))


def is_tap_callback(data: str) -> bool:
    """Whether this is the data of a tap button, signed or not."""
    return data == PREFIX or data.startswith(f"{PREFIX}:")


def _mac(numbers: str, player_id: str, hour: int, key: str) -> str:
    body = f"tap button\n{player_id}\n{hour}\n{numbers}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key.encode(), body, hashlib.sha256)[:_MAC_BYTES]).decode()


def _base36(number: int) -> str:
    if number < 0:
        raise ValueError(f"{number} is no count")  # divided by 36 for ever, it ends at -1
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
