"""Invitations, and what they earn. Boost points are kept apart from taps: they move nobody on a leaderboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MAX_DEPTH = 8
"""Levels of the tree that count for an inviter: a sign-up writes at most this many other accounts."""

DIRECT_BOOST = 100
INDIRECT_BOOST = 10

ACCOUNTS_A_CREDIT = 100
"""Accounts that one step can credit: DynamoDB takes no more items in a transaction."""

Line = tuple[str, ...]
"""The ancestors of an invited player, the nearest first."""

_START_PARAM = re.compile(r"ref_([A-Za-z0-9]{4,32})")


@dataclass(frozen=True, slots=True)
class Branch:
    """A player in the tree below another, `level` 1 for one that they invited themselves.

    `username` is None also for one who has been erased.
    """

    id: str
    username: str | None
    level: int
    joined_at_ms: int
    direct: int


@dataclass(frozen=True, slots=True)
class Credit:
    """What an inviter gains."""

    direct: int = 0
    indirect: int = 0

    @property
    def boost(self) -> int:
        return boost(self.direct, self.indirect)


def boost(direct: int, indirect: int) -> int:
    """The points that invited players are worth."""
    return DIRECT_BOOST * direct + INDIRECT_BOOST * indirect


def ref_code_of(start_param: str) -> str | None:
    """The referral code in a start parameter (`ref_<code>`), or None for any other.

    https://core.telegram.org/bots/features#deep-linking
    """
    found = _START_PARAM.fullmatch(start_param)
    return found[1] if found else None


def start_param(ref_code: str) -> str:
    """The start parameter of links with a referral code."""
    return f"ref_{ref_code}"


def ancestors_below(referrer_id: str, ancestors: Iterable[str]) -> tuple[str, ...]:
    """The ancestors of a player that was invited by one with such ancestors, the nearest first."""
    return (referrer_id, *ancestors)[:MAX_DEPTH]


def credits(lines: Iterable[Line]) -> dict[str, Credit]:
    """What new players earn their ancestors, from the ancestors of each."""
    gained: dict[str, Credit] = {}
    for line in lines:
        for level, inviter in enumerate(line):
            before = gained.get(inviter, Credit())
            gained[inviter] = Credit(direct=before.direct + (level == 0), indirect=before.indirect + (level > 0))
    return gained


def fitting(invited: Mapping[str, Line], most: int = ACCOUNTS_A_CREDIT) -> list[dict[str, Line]]:
    """Invited players in parts, each with at most so many accounts and inviters."""
    parts: list[dict[str, Line]] = []
    inviters: set[str] = set()
    for player_id, line in invited.items():
        if not parts or len(inviters | set(line)) + len(parts[-1]) + 1 > most:
            parts.append({})
            inviters = set()
        parts[-1][player_id] = line
        inviters |= set(line)
    return parts


def are_friends(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Whether one of two players has invited the other; each is given as their id and their inviter's."""
    return one[0] == other[1] or other[0] == one[1]
