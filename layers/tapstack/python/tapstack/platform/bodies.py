"""Values that are stored as JSON, with what a newer release has put into them (platform/versions.py has the rules)."""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar

import msgspec

_learned: set[type[Any]] = set()
_learning = Lock()


class Body(msgspec.Struct, kw_only=True):
    """What is stored whole as the JSON `body` of an item: fields that this release doesn't know are kept in `newer`."""

    newer: dict[str, Any] = {}


B = TypeVar("B", bound=Body)


def encode_body(value: Body) -> str:
    """The value as JSON, with all that was read."""
    known = msgspec.to_builtins(value)
    newer = known.pop("newer")
    return msgspec.json.encode({**newer, **known}).decode()


def decode_body(text: str, kind: type[B]) -> B:
    """The value of a JSON text; raises msgspec.DecodeError."""
    raw = msgspec.json.decode(text, type=dict[str, Any])
    value = _value(text, kind)
    value.newer = {name: content for name, content in raw.items() if name not in kind.__struct_fields__}
    return value


def _value(text: str, kind: type[B]) -> B:
    """Lets one thread at a time use a type for the first time: senders and the operator's commands read in several.

    msgspec 0.22 learns a type's fields when it is first used, and shows other threads what it knows so far: one that
    reads into it meanwhile ends the process with a segmentation fault.
    """
    if kind in _learned:
        return msgspec.json.decode(text, type=kind)
    with _learning:
        value = msgspec.json.decode(text, type=kind)
        _learned.add(kind)
        return value
