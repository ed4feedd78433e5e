"""Every live event, by its `type`. A new one is a struct here and a member of `Event`.

What a room keeps is decoded by the release that reads it, so a field that a struct gets later has a default.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody as the others see them."""

    id: str
    name: str
    title: str = ""


class Changed(Struct, frozen=True, kw_only=True, tag_field="type", tag="changed", omit_defaults=True):
    """What is shown of `what` is out of date: read it anew, at a random moment within the next seconds."""

    what: str


# -- chat --


class Message(Struct, frozen=True, kw_only=True, tag_field="type", tag="message", omit_defaults=True):
    """Somebody has said something."""

    by: Person
    text: str


class Removed(Struct, frozen=True, kw_only=True, tag_field="type", tag="removed", omit_defaults=True):
    """Messages that are to be shown no more, by their `seq` in the room."""

    messages: list[int]


Event = Changed | Message | Removed

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Event).decode
