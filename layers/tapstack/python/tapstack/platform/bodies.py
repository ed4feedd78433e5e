"""Values that are stored as JSON, with what a newer release has put into them (platform/versions.py has the rules)."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec


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
    value = msgspec.json.decode(text, type=kind)
    value.newer = {name: content for name, content in raw.items() if name not in kind.__struct_fields__}
    return value
