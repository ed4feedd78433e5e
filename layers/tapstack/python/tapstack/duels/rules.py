"""When a duel begins and ends, and how many taps count in it."""

from __future__ import annotations

import hashlib

from tapstack.duels.model import Duel, State

DUEL_MS = 30_000
COUNTDOWN_MS = 5_000
"""From the acceptance to the start: both see it coming, whether by events or by asking every second."""

GRACE_MS = 3_000
"""After the end, for the taps that clients are still sending."""

LATE_MS = 15_000
"""Longer than that after the end, nobody can tell any more what was tapped in it: the duel is a draw."""

START_WITHIN_MS = 2_000
"""So soon after the start, taps are counted from there; a duel that neither has watched counts from its acceptance."""

OPEN_MS = 3_600_000
"""How long an offer stands."""

KEPT_MS = 7 * 86_400_000


def due_ms(duel: Duel) -> int:
    """When something is to be done about a staked duel, whoever looks at it."""
    match duel.state:
        case State.OFFERED:
            return duel.offered_at_ms + OPEN_MS
        case State.ACCEPTED | State.RUNNING:
            return duel.ends_at_ms + GRACE_MS
        case _:
            return duel.offered_at_ms


def is_to_be_looked_at(ends_at_ms: int, now_ms: int) -> bool:
    """Whether a duel has just begun, so that its taps count from now, or should be over.

    Each duel asks for two looks: if each were at all that go on, many duels at once would slow down one another.
    """
    since_ms = now_ms - (ends_at_ms - DUEL_MS)
    return now_ms >= ends_at_ms + GRACE_MS or 0 <= since_ms <= START_WITHIN_MS


def is_expired(duel: Duel, now_ms: int) -> bool:
    """Whether nobody can accept an offer any more, and nobody has."""
    return duel.state is State.OFFERED and now_ms > duel.offered_at_ms + OPEN_MS


def id_of(player_id: str, op: str) -> str:
    """The id of the duel that a player offers by an op: the same for a retry, and nobody can guess it."""
    return hashlib.sha256(f"duel:{player_id}:{op.lower()}".encode()).hexdigest()[:16]


def counted(base: int, now: int, taps_per_s: int) -> int:
    """The taps in a duel: never fewer than none, nor more than the rate allows in its time and the grace after it.

    An operator who corrects a score during a duel makes no difference beyond that.
    """
    most = taps_per_s * (DUEL_MS + GRACE_MS) // 1_000
    return min(max(0, now - base), most)
