"""Pages of long lists, and the signed cursors that lead from one to the next.

A cursor is a place in one list of one owner: 12 bytes of HMAC-SHA256 (RFC 2104 section 5 allows less than the half)
and the position as JSON, in base64url. The signature covers the list and the owner too, so a cursor of another list,
player or search is as good as none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from tapstack.platform.bounds import MAX_CURSOR
from tapstack.platform.errors import BadRequest

T = TypeVar("T")

MAX_PAGE = 100
"""The longest page anybody gets: one BatchGetItem."""

_MAC_BYTES = 12


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list; `cursor` asks for the next part, None when this is the last."""

    items: Sequence[T]
    cursor: str | None = None


class Cursors:
    """Signs and reads cursors; the first key signs, all of them verify, so that a rotation ends nobody's paging.

    The keys are asked for when a cursor is: functions that hand out none hold none.
    """

    def __init__(self, keys: Callable[[], Sequence[str]]) -> None:
        self._keys = keys

    def sign(self, position: Any, *scope: str) -> str:
        """A position in a list as URL-safe text; `scope` names the list and whose it is."""
        body = msgspec.json.encode(position)
        mac = _mac(body, scope, self._keys()[0])
        return base64.urlsafe_b64encode(mac + body).rstrip(b"=").decode()

    def read(self, text: str, shape: type[T], *scope: str) -> T:
        """The position behind a cursor; raises BadRequest for anything that no page of this list has given out."""
        try:
            if len(text) > MAX_CURSOR:
                raise ValueError("longer than any that was signed")
            raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
            if not any(hmac.compare_digest(_mac(body, scope, key), mac) for key in self._keys()):
                raise ValueError("not signed, or for another list")
            return msgspec.json.decode(body, type=shape)  # other versions of the game may have signed other shapes
        except (ValueError, msgspec.DecodeError) as error:
            message = "this cursor is not from a page of this list"
            raise BadRequest(message, code="validation_failed", field="cursor") from error


def _mac(body: bytes, scope: Sequence[str], key: str) -> bytes:
    signed = b"cursor\n" + msgspec.json.encode(scope) + b"\n" + body
    return hmac.digest(key.encode(), signed, hashlib.sha256)[:_MAC_BYTES]


def page_size(asked: int) -> int:
    """The size of a page that is given to who asks for some size."""
    return max(1, min(MAX_PAGE, asked))
