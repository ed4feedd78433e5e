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


# -- factions --


class FactionJoined(Struct, frozen=True, kw_only=True, tag_field="type", tag="faction_joined", omit_defaults=True):
    """Somebody has joined the faction of the room."""

    who: Person


class FactionLeft(Struct, frozen=True, kw_only=True, tag_field="type", tag="faction_left", omit_defaults=True):
    """Somebody has left the faction of the room, or was asked to."""

    who: Person


class FactionLevel(Struct, frozen=True, kw_only=True, tag_field="type", tag="faction_level", omit_defaults=True):
    """The faction of the room has reached a level."""

    level: int


class TerritoryWon(Struct, frozen=True, kw_only=True, tag_field="type", tag="territory_won", omit_defaults=True):
    """The faction of the room holds a territory from now on, for having tapped the most for it in a week."""

    territory: str
    week: str
    taps: int


Event = Changed | FactionJoined | FactionLeft | FactionLevel | TerritoryWon

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Event).decode
