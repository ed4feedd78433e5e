"""What is wrong with the questions and the schedule of heists, beyond what their types refuse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tapstack.heists.model import Data, Kind, Pools, Riddle, Schedule
from tapstack.heists.rules import LETTERS, REPEAT_MS, fold, slots
from tapstack.platform.calendar import DAY_MS

LANGUAGES = ("en", "ru")
SHORTEST_WORD = 4
_CYRILLIC, _LATIN = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


def faults(data: Data) -> list[str]:
    """One line for each fault; nothing where all is well."""
    pools = data.pools
    found = [f"{kind}: {one} is there twice" for kind in Kind for one, n in Counter(pools.ids(kind)).items() if n > 1]
    found += [*_trivia(pools), *_riddles(pools), *_words(pools), *_phrases(pools), *_schedule(data.schedule, pools)]
    return found


def _has(answer: str, question: str) -> bool:
    return f" {fold(answer)} " in f" {fold(question)} "


def _trivia(pools: Pools) -> Iterator[str]:
    for one in pools.trivia:
        for language in LANGUAGES:
            question, *options = getattr(one, language)
            folded = [fold(option) for option in options]
            if len(set(folded)) < len(folded):
                yield f"trivia: {one.id}: two options are the same ({language})"
            if not all(folded):
                yield f"trivia: {one.id}: an option is empty ({language})"
            if any(len(option) == 1 and option in LETTERS for option in folded):
                yield f"trivia: {one.id}: an option is called like another one's letter ({language})"
            if _has(options[0], question):
                yield f"trivia: {one.id}: the question has its answer ({language})"
            yield from _alphabet(f"trivia: {one.id}", language, question)
        yield from _across(one.id, one.en[1:], one.ru[1:])
    for language in LANGUAGES:
        asked = Counter(fold(getattr(one, language)[0]) for one in pools.trivia)
        yield from (f"trivia: asked twice: {question}" for question, n in asked.items() if n > 1)


def _across(name: str, en: tuple[str, ...], ru: tuple[str, ...]) -> Iterator[str]:
    """The right answer in one language must not be a wrong one in the other."""
    if fold(en[0]) in map(fold, ru[1:]) or fold(ru[0]) in map(fold, en[1:]):
        yield f"trivia: {name}: right in one language, wrong in the other"


def _riddles(pools: Pools) -> Iterator[str]:
    for one in pools.riddles:
        for language in LANGUAGES:
            question, *answers = getattr(one, language)
            if not all(map(fold, answers)):
                yield f"riddles: {one.id}: an answer is empty ({language})"
            if any(_has(answer, question) for answer in answers):
                yield f"riddles: {one.id}: the riddle has its answer ({language})"
            yield from _alphabet(f"riddles: {one.id}", language, question)
    yield from _answers_twice(pools.riddles)


def _answers_twice(riddles: tuple[Riddle, ...]) -> Iterator[str]:
    for language in LANGUAGES:
        firsts = Counter(fold(getattr(one, language)[1]) for one in riddles)
        yield from (f"riddles: two have the answer {answer}" for answer, n in firsts.items() if n > 1)


def _words(pools: Pools) -> Iterator[str]:
    for language in LANGUAGES:
        words = [(one.id, getattr(one, language)) for one in pools.words]
        letters = Counter("".join(sorted(fold(word))) for _, word in words)
        for name, word in words:
            if len(word) < SHORTEST_WORD or not word.isalpha() or word != word.lower() or len(set(word)) < 3:
                yield f"words: {name}: {word} can't be mixed up ({language})"
            if letters["".join(sorted(fold(word)))] > 1:
                yield f"words: {name}: {word} has the letters of another word ({language})"
            yield from _alphabet(f"words: {name}", language, word)


def _phrases(pools: Pools) -> Iterator[str]:
    for language in LANGUAGES:
        for one in pools.phrases:
            phrase = getattr(one, language)
            if not 10 <= len(fold(phrase)) <= 70:
                yield f"phrases: {one.id}: is too short or too long to type ({language})"
            yield from _alphabet(f"phrases: {one.id}", language, phrase)
        typed = Counter(fold(getattr(one, language)) for one in pools.phrases)
        yield from (f"phrases: there twice: {phrase}" for phrase, n in typed.items() if n > 1)


def _alphabet(name: str, language: str, text: str) -> Iterator[str]:
    """Each language is written in its own letters: a Latin c in a Cyrillic word can't be typed back."""
    if language == "en" and _CYRILLIC.search(text):
        yield f"{name}: Cyrillic letters in English"
    if language == "ru" and not _CYRILLIC.search(text):
        yield f"{name}: no Cyrillic letters in Russian"
    if language == "ru" and any(_CYRILLIC.search(word) and _LATIN.search(word) for word in re.findall(r"\w+", text)):
        yield f"{name}: a word in two alphabets"


def _schedule(schedule: Schedule, pools: Pools) -> Iterator[str]:
    missing = set(Kind) - set(schedule.tries)
    yield from (f"schedule: no tries for {kind}" for kind in missing)
    for prize in (*(one.prize for one in schedule.world), schedule.groups.prize):
        if sum(prize.first) > 1_000:
            yield "schedule: the first get more than there is"
    month = slots(schedule, 0, REPEAT_MS)
    for kind, n in Counter(slot.planned.kind for slot in month).items():
        if n > len(pools.ids(kind)):
            yield f"schedule: {n} heists of {kind} in 30 days, and {len(pools.ids(kind))} questions"
    in_order = slots(schedule, 0, 8 * DAY_MS)
    for before, after in zip(in_order, in_order[1:], strict=False):
        if after.starts_ms < before.ends_ms:
            yield f"schedule: {after.planned.at} begins while {before.planned.at} runs"
    most = REPEAT_MS // (schedule.groups.cooldown_s * 1_000)
    there = sum(len(pools.ids(kind)) for kind in set(schedule.groups.kinds))
    if most > there:
        yield f"schedule: a group may start {most} heists in 30 days, and there are {there} questions"
