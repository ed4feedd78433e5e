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


# -- factions --


class FactionJoined(Struct, frozen=True, kw_only=True, tag_field="type", tag="faction_joined", omit_defaults=True):
    """Somebody has joined the faction of the room."""

    who: Person


class FactionLeft(Struct, frozen=True, kw_only=True, tag_field="type", tag="faction_left", omit_defaults=True):
    """Somebody has left the faction of the room, or was asked to."""

    who: Person


class FactionLevelReached(Struct, frozen=True, kw_only=True, tag_field="type", tag="faction_level", omit_defaults=True):
    """The faction of the room has reached a level."""

    level: int


class TerritoryWon(Struct, frozen=True, kw_only=True, tag_field="type", tag="territory_won", omit_defaults=True):
    """The faction of the room holds a territory from now on, for having tapped the most for it in a week."""

    territory: str
    week: str
    taps: int


# -- heists --


class HeistStarted(Struct, frozen=True, kw_only=True, tag_field="type", tag="heist_started", omit_defaults=True):
    """A heist has begun; its question follows."""

    heist: str
    kind: str
    ends_at_ms: int


class HeistQuestion(Struct, frozen=True, kw_only=True, tag_field="type", tag="heist_question", omit_defaults=True):
    """What is asked, in each language; `options` are the answers to choose from, by letter, where there are any."""

    heist: str
    text: dict[str, str]
    options: dict[str, dict[str, str]] = {}


class HeistWon(Struct, frozen=True, kw_only=True, tag_field="type", tag="heist_won", omit_defaults=True):
    """Somebody has a place among the first."""

    heist: str
    by: Person
    rank: int


class HeistWinner(Struct, frozen=True, kw_only=True):
    """A place, and what its player gets: with the share of all who took part."""

    by: Person
    rank: int
    coins: int


class HeistClosed(Struct, frozen=True, kw_only=True, tag_field="type", tag="heist_closed", omit_defaults=True):
    """A heist is over: the answer, what was paid to how many, and who was first."""

    heist: str
    answer: dict[str, str]
    pool: int
    players: int
    winners: list[HeistWinner]


Event = (
    Changed
    | Message
    | Removed
    | FactionJoined
    | FactionLeft
    | FactionLevelReached
    | TerritoryWon
    | HeistStarted
    | HeistQuestion
    | HeistWon
    | HeistClosed
)

encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def known(event: bytes) -> Event | None:
    """What a room keeps; None for an event that only a newer release knows."""
    try:
        return _decoder.decode(event)
    except msgspec.DecodeError:
        return None
