"""Heists: what is asked, what it pays, who was first, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class Kind(StrEnum):
    TRIVIA = "trivia"
    RIDDLE = "riddle"
    SCRAMBLE = "scramble"
    GRAB = "grab"


class Weekday(StrEnum):
    """In the order of datetime.weekday."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the files in layers/catalogue/heists."""


Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{1,39}$")]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Said = Annotated[tuple[Line, ...], Meta(min_length=2)]
Choices = tuple[Line, Line, Line, Line, Line]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A text in each language."""

    en: str
    ru: str

    def of(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


# -- the pools --


class Trivia(_Part, frozen=True, kw_only=True):
    """A question, the right answer, and three wrong ones, in each language in the same order."""

    id: Name
    en: Choices
    ru: Choices


class Riddle(_Part, frozen=True, kw_only=True):
    """A riddle and the answers that count, the first one as it is shown; in each language."""

    id: Name
    en: Said
    ru: Said


class Word(_Part, frozen=True, kw_only=True):
    """A word to be put together again, in each language."""

    id: Name
    en: Line
    ru: Line


class Phrase(_Part, frozen=True, kw_only=True):
    """A phrase to be typed, in each language."""

    id: Name
    en: Line
    ru: Line


class Pools(_Part, frozen=True, kw_only=True):
    trivia: tuple[Trivia, ...]
    riddles: tuple[Riddle, ...]
    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]

    def ids(self, kind: Kind) -> list[str]:
        """The ids of a kind's questions, in the order of its file."""
        return [one.id for one in self._of(kind)]

    def _of(self, kind: Kind) -> tuple[Trivia, ...] | tuple[Riddle, ...] | tuple[Word, ...] | tuple[Phrase, ...]:
        match kind:
            case Kind.TRIVIA:
                return self.trivia
            case Kind.RIDDLE:
                return self.riddles
            case Kind.SCRAMBLE:
                return self.words
            case Kind.GRAB:
                return self.phrases


# -- when, and for what --


class Prize(_Part, frozen=True, kw_only=True):
    """The pool grows by `each` coins with everybody who takes part, to at most `most`.

    Nobody is paid where fewer than `least` take part. Those who are first get `first` thousandths of it, by their
    place; all who take part share the rest.
    """

    each: Annotated[int, Meta(ge=1, le=100_000)]
    most: Annotated[int, Meta(ge=1, le=100_000_000)]
    first: Annotated[tuple[Annotated[int, Meta(ge=1, le=1_000)], ...], Meta(min_length=1, max_length=10)]
    least: Annotated[int, Meta(ge=1, le=100)] = 1


class Planned(_Part, frozen=True, kw_only=True):
    """A heist of the whole game: on these days, at `HH:MM` (UTC)."""

    days: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    at: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    kind: Kind
    duration_s: Annotated[int, Meta(ge=30, le=900)]
    prize: Prize


class InGroups(_Part, frozen=True, kw_only=True):
    """The heists that groups start: one of these kinds, `cooldown_s` after the last one began at the earliest."""

    kinds: Annotated[tuple[Kind, ...], Meta(min_length=1)]
    duration_s: Annotated[int, Meta(ge=30, le=900)]
    cooldown_s: Annotated[int, Meta(ge=60, le=86_400)]
    prize: Prize


class Schedule(_Part, frozen=True, kw_only=True):
    """When heists are, how many answers each player has, and how long they wait between two of them."""

    tries: dict[Kind, Annotated[int, Meta(ge=1, le=20)]]
    gap_ms: Annotated[int, Meta(ge=0, le=60_000)]
    world: tuple[Planned, ...]
    groups: InGroups


class Data(_Part, frozen=True, kw_only=True):
    """All that layers/catalogue/heists says."""

    pools: Pools
    schedule: Schedule


# -- a heist --


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it is asked: nothing but `text` and `options` may leave the server before the end."""

    id: str
    text: Words
    options: tuple[Words, ...] = ()
    accepted: tuple[str, ...] = ()
    """The answers that count, folded."""
    answer: Words


class Heist(msgspec.Struct, frozen=True, kw_only=True):
    """A heist that has begun. It stays as it is, whatever a later release asks."""

    id: str
    kind: Kind
    starts_ms: int
    ends_ms: int
    tries: int
    gap_ms: int
    prize: Prize
    asked: Asked
    chat_id: int = 0
    """The group that it was started in; 0 for one of the whole game."""
    language: str = ""
    """The group's."""


class Winner(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a place: by which op, and by which answer (its digest)."""

    player: str
    op: str
    sum: str


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A place, and what it and taking part have paid."""

    rank: int
    player: str
    coins: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a heist. The shares of its players lie in `parts` items of the run that has closed it."""

    closed_ms: int
    pool: int
    players: int
    right: int
    wrong: int
    winners: tuple[Placed, ...]
    run: str
    parts: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A heist, the places that are taken for good, by rank, and its result once it is closed."""

    heist: Heist
    winners: Mapping[int, Winner] = field(default_factory=dict)
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """What the world, or a group, has been asked of late: when (ms), by kind and question. `seq` counts its heists."""

    seq: int = 0
    last_id: str = ""
    last_ms: int = 0
    asked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Refused(StrEnum):
    """Why an answer does not count."""

    NOT_LOADED = "not_loaded"
    OVER = "over"
    NOT_BEGUN = "not_begun"
    TOO_SOON = "too_soon"
    NO_TRIES = "no_tries"
    ANSWERED = "answered"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer: the place among the first, 0 for none; `fresh` for the first time that it is said."""

    right: bool
    rank: int
    tries_left: int
    fresh: bool


class Kept(StrEnum):
    """What came of keeping a place for good."""

    NEW = "new"
    KNOWN = "known"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Wait:
    """An answer came too soon after the last one."""

    ms: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a running heist stands, for one player."""

    players: int = 0
    places: int = 0
    tries: int = 0
    """Answers that the player has given."""
    right: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was answered until the end: places by rank, and all players in the order of their first answers."""

    winners: Mapping[int, str]
    players: tuple[str, ...]
    right: int
    wrong: int
