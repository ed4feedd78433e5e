"""What the API says of heists. Times are ms since 1970, amounts whole coins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tapstack.heists.rules import LETTERS

if TYPE_CHECKING:
    from tapstack.heists.model import Heist, Words

Text = dict[str, str]
"""A text in each language."""


class HeistOption(msgspec.Struct, frozen=True):
    """An answer to choose: send its `id`."""

    id: str
    text: Text


class HeistQuestionView(msgspec.Struct, frozen=True):
    """What is asked; without `options` the answer is typed, in any of the languages."""

    text: Text
    options: list[HeistOption]


class HeistPrize(msgspec.Struct, frozen=True):
    """The pool grows by `each` with everybody who takes part, to at most `most`; nobody is paid below `least` players.

    The first get `first` thousandths of it, by their place; all who take part share the rest.
    """

    each: int
    most: int
    least: int
    first: list[int]


class OwnHeist(msgspec.Struct, frozen=True):
    """How the caller stands: `rank` is the place among the first, null for none."""

    tries_left: int
    right: bool
    rank: int | None


class RunningHeist(msgspec.Struct, frozen=True):
    """A heist that takes answers: so many players have answered, so many places are taken."""

    id: str
    kind: str
    question: HeistQuestionView
    starts_at_ms: int
    ends_at_ms: int
    tries: int
    prize: HeistPrize
    players: int
    places_taken: int
    own: OwnHeist


class ComingHeist(msgspec.Struct, frozen=True):
    """A heist that has not begun: nobody knows its question yet, the server included."""

    id: str
    kind: str
    starts_at_ms: int
    ends_at_ms: int
    prize: HeistPrize


class HeistPlace(msgspec.Struct, frozen=True):
    """Somebody who was among the first, and what they get in all."""

    rank: int
    id: str
    name: str
    coins: int


class PastHeist(msgspec.Struct, frozen=True):
    """What came of a heist; `share` is the caller's, null for who took no part. POST /heists/{id}/claim pays it."""

    id: str
    kind: str
    question: HeistQuestionView
    answer: Text
    ended_at_ms: int
    pool: int
    players: int
    winners: list[HeistPlace]
    share: int | None
    claimed: bool


class HeistsView(msgspec.Struct, frozen=True):
    """What runs now, what comes next, and what was, the latest first.

    For the `cursor` of an answer, `past` has of older heists those whose share the caller can still claim. Where it is
    empty there may be more, as long as there is a `cursor`.
    """

    now_ms: int
    running: RunningHeist | None
    next: list[ComingHeist]
    past: list[PastHeist]
    cursor: str | None = None


class HeistAnswered(msgspec.Struct, frozen=True):
    """What came of an answer: `rank` is the place among the first, null for none."""

    right: bool
    rank: int | None
    tries_left: int


class HeistClaimed(msgspec.Struct, frozen=True):
    """A share that was paid, in coins; `seq` is its entry in the ledger, 0 where there was nothing to pay."""

    coins: int
    seq: int


def text_of(words: Words) -> Text:
    return {"en": words.en, "ru": words.ru}


def question_of(heist: Heist) -> HeistQuestionView:
    options = zip(LETTERS, heist.asked.options, strict=False)
    return HeistQuestionView(text_of(heist.asked.text), [HeistOption(letter, text_of(one)) for letter, one in options])
