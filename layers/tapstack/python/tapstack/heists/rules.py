"""The rules of heists: when they are, what is asked, which answers count, and who gets what."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from tapstack.heists.model import Asked, Heist, Kind, Planned, Pools, Prize, Schedule, Weekday, Winner, Words
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import BadRequest, NotFound

T = TypeVar("T")

REPEAT_MS = 30 * DAY_MS
"""A question comes to the same audience once in so long."""

KEPT_MS = 35 * DAY_MS
"""How long a heist and its shares are kept: a share can be claimed until then."""

MAX_ANSWER = 200
"""Characters: no answer that counts comes near it."""

LETTERS = "abcd"
"""What the options of a trivia question are called."""

WORLD_ID = re.compile(r"w[0-9]{8}-[0-9]{4}")
ANY_ID = r"w[0-9]{8}-[0-9]{4}|g[0-9]{8}-[a-z2-7]{13}"
_ANY_ID = re.compile(ANY_ID)

_MINUTE_MS = 60_000
_MARKS = re.compile(r"[^\w]+|_")
_ARTICLE = re.compile(r"^(?:a|an|the) (?=.)")


# -- answers --


def fold(text: str) -> str:
    """What counts of an answer: letters and digits, without case, accents of Latin letters, ё, and an article."""
    plain = "".join(_bare(char) for char in unicodedata.normalize("NFKC", text[:MAX_ANSWER])).casefold()
    words = _MARKS.sub(" ", plain.replace("ё", "е").replace("'", "").replace("\u2019", "")).split()
    return _ARTICLE.sub("", " ".join(words))


def _bare(char: str) -> str:
    """A Latin letter without its accent; й and ё are letters of their own. Nothing for what can't be seen."""
    if unicodedata.category(char) in ("Cf", "Mn"):
        return ""
    first = unicodedata.normalize("NFD", char)[0]
    return first if first.isascii() else char


def is_right(asked: Asked, answer: str) -> bool:
    """Whether an answer counts: a letter names an option. Raises BadRequest (`no_such_option`) for what names none."""
    folded = fold(answer)
    if not asked.options:
        return folded in asked.accepted
    named = [one for letter, one in zip(LETTERS, asked.options, strict=False) if folded == letter]
    named = named or [one for one in asked.options if folded in (fold(one.en), fold(one.ru))]
    if not named:
        raise BadRequest("this is none of the options", code="no_such_option")
    return fold(named[0].en) in asked.accepted


def digest(answer: str) -> str:
    """Tells whether a retry says the same as the first try."""
    return hashlib.sha256(fold(answer).encode()).hexdigest()[:12]


# -- questions --


def ask(pools: Pools, key: bytes, heist_id: str, kind: Kind, used: Collection[str]) -> Asked | None:
    """The question of a heist: one that is not used, which nobody can foretell without the key; None where all are."""
    left = [one for one in pools.ids(kind) if one not in used]
    if not left:
        return None
    chosen = left[_number(key, f"question {heist_id}") % len(left)]
    match kind:
        case Kind.TRIVIA:
            return _trivia(pools, chosen, key, heist_id)
        case Kind.RIDDLE:
            riddle = next(one for one in pools.riddles if one.id == chosen)
            accepted = tuple(fold(answer) for answer in (*riddle.en[1:], *riddle.ru[1:]))
            shown = Words(en=riddle.en[1], ru=riddle.ru[1])
            return Asked(id=chosen, text=Words(en=riddle.en[0], ru=riddle.ru[0]), accepted=accepted, answer=shown)
        case Kind.SCRAMBLE:
            word = next(one for one in pools.words if one.id == chosen)
            en, ru = (scrambled(one, key, heist_id).upper() for one in (word.en, word.ru))
            text = Words(en=en, ru=ru)
            accepted = (fold(word.en), fold(word.ru))
            return Asked(id=chosen, text=text, accepted=accepted, answer=Words(en=word.en, ru=word.ru))
        case Kind.GRAB:
            phrase = next(one for one in pools.phrases if one.id == chosen)
            text = Words(en=phrase.en, ru=phrase.ru)
            return Asked(id=chosen, text=text, accepted=(fold(phrase.en), fold(phrase.ru)), answer=text)


def _trivia(pools: Pools, chosen: str, key: bytes, heist_id: str) -> Asked:
    found = next(one for one in pools.trivia if one.id == chosen)
    options = [Words(en=en, ru=ru) for en, ru in zip(found.en[1:], found.ru[1:], strict=True)]
    right = options[0]
    return Asked(
        id=chosen,
        text=Words(en=found.en[0], ru=found.ru[0]),
        options=tuple(shuffled(options, key, f"options {heist_id}")),
        accepted=(fold(right.en), fold(right.ru)),
        answer=right,
    )


def scrambled(word: str, key: bytes, name: str) -> str:
    """The letters of a word in another order; the word has two different ones at least."""
    for turn in range(100):
        mixed = "".join(shuffled(list(word), key, f"letters {name} {turn}"))
        if mixed != word:
            return mixed
    return word[1:] + word[0]


def shuffled(values: list[T], key: bytes, name: str) -> list[T]:
    """Values in an order that nobody can foretell without the key."""
    tagged = [(_number(key, f"{name} {number}"), value) for number, value in enumerate(values)]
    return [value for _, value in sorted(tagged, key=lambda pair: pair[0])]


def _number(key: bytes, name: str) -> int:
    return int.from_bytes(hmac.digest(key, f"heist {name}".encode(), "sha256")[:8])


def recent(asked: Mapping[str, int], now_ms: int) -> dict[str, int]:
    """Of the questions that an audience was asked, those that must not come again yet."""
    return {one: at_ms for one, at_ms in asked.items() if now_ms - at_ms < REPEAT_MS}


# -- when --


class Slot(NamedTuple):
    """One time of a planned heist."""

    id: str
    planned: Planned
    starts_ms: int

    @property
    def ends_ms(self) -> int:
        return self.starts_ms + self.planned.duration_s * 1_000


def slots(schedule: Schedule, from_ms: int, to_ms: int) -> list[Slot]:
    """The heists of the whole game that begin within a time, the first one first; the end does not belong to it."""
    return sorted(_slots(schedule, from_ms, to_ms), key=lambda slot: slot.starts_ms)


def _slots(schedule: Schedule, from_ms: int, to_ms: int) -> Iterator[Slot]:
    for day in range(from_ms // DAY_MS, (to_ms - 1) // DAY_MS + 1):
        date = datetime.fromtimestamp(day * 86_400, UTC)
        weekday = list(Weekday)[date.weekday()]
        for planned in schedule.world:
            starts_ms = day * DAY_MS + (int(planned.at[:2]) * 60 + int(planned.at[3:])) * _MINUTE_MS
            if weekday in planned.days and from_ms <= starts_ms < to_ms:
                yield Slot(f"w{date:%Y%m%d}-{planned.at[:2]}{planned.at[3:]}", planned, starts_ms)


def running_slot(schedule: Schedule, now_ms: int) -> Slot | None:
    """The heist of the whole game that runs now."""
    return next((one for one in slots(schedule, now_ms - DAY_MS, now_ms + 1) if now_ms < one.ends_ms), None)


def slot_of(schedule: Schedule, heist_id: str) -> Slot | None:
    """The slot that an id names; None where the schedule has none such."""
    if not WORLD_ID.fullmatch(heist_id):
        return None
    try:
        at = datetime.strptime(heist_id, "w%Y%m%d-%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None
    at_ms = int(at.timestamp()) * 1_000
    return next((one for one in slots(schedule, at_ms, at_ms + 1) if one.id == heist_id), None)


def claimable(schedule: Schedule, before_ms: int, now_ms: int) -> Iterator[Slot]:
    """The heists of the whole game that began before a time and whose shares can be claimed, the latest first."""
    before_ms = min(before_ms, now_ms)
    for day in range(before_ms // DAY_MS, (now_ms - KEPT_MS) // DAY_MS - 2, -1):
        for one in reversed(slots(schedule, day * DAY_MS, min((day + 1) * DAY_MS, before_ms))):
            if one.ends_ms <= now_ms < one.ends_ms + KEPT_MS:
                yield one


# -- who gets what --


def pool(prize: Prize, players: int) -> int:
    """The coins that so many players share."""
    return min(prize.most, prize.each * players) if players >= prize.least else 0


def shares(prize: Prize, winners: Mapping[int, str], players: Sequence[str]) -> dict[str, int]:
    """What each player gets: all of it together is the pool, to the coin.

    `players` stand in the order of their first answers. A place that nobody has taken goes to all; of what can't be
    shared equally, one coin each goes to those who came first.
    """
    whole = left = pool(prize, len(players))
    got = dict.fromkeys(players, 0)
    for rank, permille in enumerate(prize.first, 1):
        if rank in winners:
            coins = whole * permille // 1_000
            got[winners[rank]] += coins
            left -= coins
    if players:
        part, extra = divmod(left, len(players))
        for number, player in enumerate(players):
            got[player] += part + (number < extra)
    return got


def final_places(kept: Mapping[int, Winner], live: Mapping[int, str], places: int) -> dict[int, str]:
    """Who has which place in the end: those that were kept for good first, then those that only Redis knew."""
    final = {rank: winner.player for rank, winner in kept.items()}
    for _, player in sorted(live.items()):
        if player in final.values():
            continue
        free = next((rank for rank in range(1, places + 1) if rank not in final), None)
        if free:
            final[free] = player
    return dict(sorted(final.items()))


def all_players(live: Iterable[str], kept: Mapping[int, Winner]) -> list[str]:
    """All who took part, each once: those that Redis has lost, but who have a place, come first."""
    lost = [winner.player for _, winner in sorted(kept.items())]
    known = list(live)
    return list(dict.fromkeys([*(one for one in lost if one not in set(known)), *known]))


def unknown() -> NotFound:
    return NotFound("there is no such heist", code="heist_unknown")


def part_of(player_id: str, parts: int) -> int:
    """In which part of a result a player's share lies."""
    return int.from_bytes(hashlib.sha256(player_id.encode()).digest()[:4]) % parts


def is_id(text: str) -> bool:
    """Whether this may be the id of a heist."""
    return _ANY_ID.fullmatch(text) is not None


def is_in_group(heist: Heist) -> bool:
    return heist.chat_id != 0
