"""Pages of long lists, and the cursors that lead from one to the next."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from tapstack.errors import BadRequest

T = TypeVar("T")

MAX_PAGE = 100
"""The longest page anybody gets: one BatchGetItem."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list; `cursor` asks for the next part, None when this is the last."""

    items: Sequence[T]
    cursor: str | None = None


def encode_cursor(position: Any) -> str:
    """A position as URL-safe text. It is opaque, not secret: it tells no more than the page before it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).rstrip(b"=").decode()


def decode_cursor(text: str, shape: type[T]) -> T:
    """The position behind a cursor; raises BadRequest for anything that no page has given out."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(raw, type=shape)
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError) as error:
        raise BadRequest(
            "this cursor is not from a page of this list", code="validation_failed", field="cursor"
        ) from error


def page_size(asked: int) -> int:
    """The size of a page that is given to who asks for some size."""
    return max(1, min(MAX_PAGE, asked))
