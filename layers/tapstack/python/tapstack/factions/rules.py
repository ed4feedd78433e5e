"""What factions are allowed, and what their members' taps are worth to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from tapstack.factions.model import Faction, Member, Membership, Past, Role
from tapstack.live.rules import is_rude
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import BadRequest
from tapstack.play.model import Counter

MOST_MEMBERS = 50
MOST_REQUESTS = 50
"""Players who may wait for an answer of one faction."""

ASKED_AT_ONCE = 3
"""Factions that a player may ask to join at once."""

OFFICERS = 5

WEEKS_KEPT = 2
"""Weeks of which it is kept what those have tapped for a territory who have left, or chosen another one."""

_NAME = re.compile(r"[^\W_](?:[ '’-]?[^\W_]){2,23}")
"""Letters and digits of any script, with single spaces, hyphens and apostrophes between them: no app of Telegram's
makes a link, a command or a mention of any part of it."""

RESERVED = frozenset(
    {
        *("admin", "administrator", "bot", "everyone", "faction", "game", "help", "moderator", "nobody", "official"),
        *("operator", "owner", "support", "system", "tapstack", "telegram", "staff", "team"),
        *("админ", "администратор", "бот", "все", "команда", "модератор", "никто", "поддержка", "фракция", "телеграм"),
    }
)

_ALIKE = str.maketrans("авекмнорстухіѕјԁ0134578", "abekmhopctyxisjdoieastb")
"""Letters that look like Latin ones, and digits that stand for letters."""


def name_of(text: str, rude: Collection[str]) -> str:
    """A faction's name as it is shown; raises BadRequest (`validation_failed`, with a `reason`) for none.

    `rude` is what nobody may say (`live.rules.is_rude`).
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not 3 <= len(name) <= 24:
        raise _bad("bad_length", "a faction's name has 3 to 24 characters")
    if not _NAME.fullmatch(name):
        raise _bad("bad_characters", "a faction's name has letters, digits and single spaces")
    if RESERVED & {name_key(name), *map(name_key, name.split())} or name.casefold() in RESERVED:
        raise _bad("reserved", "this name is reserved")
    if any(is_rude(said, rude) for said in _readings(name)):
        raise _bad("rude", "not in these words")
    return name


def _readings(name: str) -> Iterator[str]:
    """What people may read in a name: it as a whole, and its parts, with letters that stand alone put together."""
    yield name
    spelt = re.sub(r"\b(\w)[ '’-](?=\w\b)", r"\1", name)
    parts = re.split("[ '’-]", spelt)
    yield " ".join(parts)
    yield " ".join(name_key(part) for part in parts)


def name_key(name: str) -> str:
    """What two names have in common that people would take for each other."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
    return letters.translate(_ALIKE)


RESERVED = RESERVED | frozenset(name_key(word) for word in RESERVED)


def _bad(reason: str, message: str) -> BadRequest:
    return BadRequest(message, code="validation_failed", field="name", reason=reason)


# -- what members have tapped --


def in_period(counter: Counter, period: Period, number: int, since: int) -> int:
    """The clicks of a player in a period that came after they had `since` clicks.

    Known of the last period of a kind that they tapped in, and of the one before it; 0 of all others.
    """
    if counter.periods is None:
        return 0
    end = counter.clicks
    for kind, done in counter.periods.done(counter.clicks, counter.last_tap_at_ms):
        if kind is period:
            if done.number == number:
                return max(0, min(done.clicks, end - since))
            end -= done.clicks
    return 0


def left(faction: Faction, member_id: str, counter: Counter, now_ms: int) -> Faction:
    """The faction without a member, whose taps for it stay."""
    member, past, day = faction.members[member_id], faction.past, now_ms // DAY_MS
    week, month = Period.WEEK.number(day), Period.MONTH.number(day)
    faction = replace(
        unclaimed(faction, member_id, counter, now_ms),
        past=Past(
            clicks=past.clicks + max(0, counter.clicks - member.clicks),
            paid=past.paid + max(0, counter.paid_taps - member.paid),
            day=day,
            in_day=(past.in_day if past.day == day else 0) + in_period(counter, Period.DAY, day, member.clicks),
            week=week,
            in_week=(past.in_week if past.week == week else 0) + in_period(counter, Period.WEEK, week, member.clicks),
            month=month,
            in_month=(past.in_month if past.month == month else 0)
            + in_period(counter, Period.MONTH, month, member.clicks),
        ),
    )
    return replace(faction, members={i: one for i, one in faction.members.items() if i != member_id})


def unclaimed(faction: Faction, member_id: str, counter: Counter, now_ms: int) -> Faction:
    """The faction with what a member has tapped for their territory so far: they are about to choose another one."""
    member = faction.members[member_id]
    done = fought(member, counter, now_ms)
    return replace(faction, claims=_added(faction.claims, member.territory, done, now_ms)) if done else faction


def fought(member: Member, counter: Counter, now_ms: int) -> dict[int, int]:
    """What a member has tapped for their territory so far, by week: in this one, and in the last one."""
    if not member.territory:
        return {}
    week = Period.WEEK.number_at(now_ms)
    done = {number: in_period(counter, Period.WEEK, number, member.since) for number in (week - 1, week)}
    return {number: taps for number, taps in done.items() if taps}


def with_fought(membership: Membership, faction: Faction, member_id: str, counter: Counter, now_ms: int) -> Membership:
    """The membership with what its member has tapped for their territory so far: they are about to give it up."""
    member = faction.members[member_id]
    done = fought(member, counter, now_ms)
    kept = _added(membership.fought, cause(faction.id, member.territory), done, now_ms) if done else membership.fought
    return replace(membership, fought=kept)


def cause(faction_id: str, territory: str) -> str:
    """What somebody taps for: a faction's hold of a territory."""
    return f"{faction_id}:{territory}"


def _added(
    kept: Mapping[str, Mapping[str, int]], key: str, done: Mapping[int, int], now_ms: int
) -> dict[str, dict[str, int]]:
    """Taps by week and key with some more, without the weeks that are over for good."""
    week = Period.WEEK.number_at(now_ms)
    sums = {number: dict(taps) for number, taps in kept.items() if int(number) > week - WEEKS_KEPT}
    for number, taps in done.items():
        of_week = sums.setdefault(str(number), {})
        of_week[key] = of_week.get(key, 0) + taps
    return sums


def score(faction: Faction, counters: Mapping[str, Counter], period: Period | None, number: int) -> int:
    """What the members have tapped for a faction, those who have left included: in a period, or ever (None)."""
    past = faction.past
    if period is None:
        return past.clicks + sum(
            max(0, counters[i].clicks - member.clicks) for i, member in faction.members.items() if i in counters
        )
    before = {Period.DAY: (past.day, past.in_day), Period.WEEK: (past.week, past.in_week)}.get(
        period, (past.month, past.in_month)
    )
    return (before[1] if before[0] == number else 0) + sum(
        in_period(counters[i], period, number, member.clicks) for i, member in faction.members.items() if i in counters
    )


def paid(faction: Faction, counters: Mapping[str, Counter]) -> int:
    """The paid taps of all members for a faction, ever: what its level is made of."""
    return faction.past.paid + sum(
        max(0, counters[i].paid_taps - member.paid) for i, member in faction.members.items() if i in counters
    )


def claimed(faction: Faction, counters: Mapping[str, Counter], week: int) -> dict[str, int]:
    """What has been tapped for each territory in a week."""
    taps = dict(faction.claims.get(str(week), {}))
    for member_id, member in faction.members.items():
        if member.territory and member_id in counters:
            done = in_period(counters[member_id], Period.WEEK, week, member.since)
            taps[member.territory] = taps.get(member.territory, 0) + done
    return {territory: count for territory, count in taps.items() if count}


def fighters(faction: Faction, counters: Mapping[str, Counter], week: int, territory: str, least: int) -> list[str]:
    """The members who have tapped at least so much for a territory in a week."""
    return [
        member_id
        for member_id, member in faction.members.items()
        if member.territory == territory
        and member_id in counters
        and in_period(counters[member_id], Period.WEEK, week, member.since) >= least
    ]


# -- members --


def successor(members: Mapping[str, Member]) -> str:
    """Who leads a faction whose leader has gone: the officer, else the member, who has been there longest."""
    return min(members, key=lambda i: (members[i].role is not Role.OFFICER, members[i].joined_at_ms, i))


def led(faction: Faction) -> Faction:
    """The faction with a leader, unless nobody is left."""
    if not faction.members or any(member.role is Role.LEADER for member in faction.members.values()):
        return faction
    heir = successor(faction.members)
    return with_role(faction, heir, Role.LEADER)


def with_role(faction: Faction, member_id: str, role: Role) -> Faction:
    return replace(faction, members={**faction.members, member_id: replace(faction.members[member_id], role=role)})


def officers(faction: Faction) -> int:
    return sum(member.role is Role.OFFICER for member in faction.members.values())


def winner(taps: Iterable[tuple[int, int, str]]) -> str:
    """Whose a territory is after (taps, founding time, id) of those who contest it: among equals the older one's."""
    return min(taps, key=lambda row: (-row[0], row[1], row[2]))[2]
