"""Signals that a player may be a program: simple, explained, and never a verdict. An operator decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean, pstdev

HOUR_MS = 3_600_000

WATCHED_MIN = 20
"""Minutes in a row that the signals of pace look at."""

AT_THE_LIMIT = 0.95
TOO_REGULAR = 0.01
"""The spread of a person's taps from minute to minute is ten times this and more."""
LIVELY_TAPS_A_MIN = 60

AROUND_THE_CLOCK_H = 48
NO_REST_H = 2


def reasons(
    clicks_by_minute: Sequence[int], sessions: Iterable[tuple[int, int]], *, now_ms: int, taps_per_s: int
) -> list[str]:
    """Why a player looks like a program, in words; nothing for most.

    `clicks_by_minute` are their clicks, sampled once a minute, `sessions` when each started and ended (ms).
    """
    found = [at_the_limit(clicks_by_minute, taps_per_s), too_regular(clicks_by_minute), no_rest(sessions, now_ms)]
    return [reason for reason in found if reason]


def worth_a_look(clicks_by_minute: Sequence[int]) -> bool:
    """Whether somebody has tapped for WATCHED_MIN minutes without a pause: for all others nothing need be read."""
    in_pairs = zip(clicks_by_minute, clicks_by_minute[1:], strict=False)
    return len(clicks_by_minute) > WATCHED_MIN and all(after > before for before, after in in_pairs)


def _paces(clicks: Sequence[int]) -> list[int]:
    return [after - before for before, after in zip(clicks, clicks[1:], strict=False)][-WATCHED_MIN:]


def at_the_limit(clicks_by_minute: Sequence[int], taps_per_s: int) -> str | None:
    """A sustained rate at what the rules allow: no hand keeps it up."""
    paces = _paces(clicks_by_minute)
    if len(paces) < WATCHED_MIN or min(paces) < AT_THE_LIMIT * taps_per_s * 60:
        return None
    return f"{fmean(paces) / 60:.1f} taps/s in each of {len(paces)} minutes; the limit is {taps_per_s}"


def too_regular(clicks_by_minute: Sequence[int]) -> str | None:
    """Nearly the same number of taps every minute."""
    paces = _paces(clicks_by_minute)
    if len(paces) < WATCHED_MIN or fmean(paces) < LIVELY_TAPS_A_MIN:
        return None
    spread = pstdev(paces) / fmean(paces)
    if spread >= TOO_REGULAR:
        return None
    return f"{fmean(paces):.0f} taps in each of {len(paces)} minutes, give or take {spread:.1%}"


def no_rest(sessions: Iterable[tuple[int, int]], now_ms: int) -> str | None:
    """Sessions around the clock, for two days without a night."""
    since_ms = now_ms - AROUND_THE_CLOCK_H * HOUR_MS
    awake_until = since_ms
    longest = 0
    for start, end in sorted(sessions):
        if end > since_ms:
            longest = max(longest, start - awake_until)
            awake_until = max(awake_until, end)
    longest = max(longest, now_ms - awake_until)
    if longest >= NO_REST_H * HOUR_MS:
        return None
    return f"played for {AROUND_THE_CLOCK_H} hours with no break longer than {longest / HOUR_MS:.1f} hours"
