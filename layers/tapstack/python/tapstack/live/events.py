"""Every live event, by its `type`. A new one is a struct here and a member of `Event`."""

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


Event = Changed

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Event).decode
