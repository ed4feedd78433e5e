"""The names that clients give to what they start: UUIDv7, which say when they were made (RFC 9562, section 5.7)."""

from __future__ import annotations

from tapstack.platform.errors import Conflict

KEPT_MS = 86_400_000
AHEAD_MS = 300_000
"""How far a client's clock may be ahead."""

_PREFIX = "o#"


def cause_of(op: str) -> str:
    """The cause of an op's entry."""
    return _PREFIX + op.lower()


def op_of(cause: str) -> str | None:
    """The op behind a cause, None where something else was the cause."""
    return cause.removeprefix(_PREFIX) if cause.startswith(_PREFIX) else None


def made_at_ms(op: str) -> int:
    """When an op was made, by its maker's clock."""
    return int(op.replace("-", "")[:12], 16)


def refuse_expired(op: str, now_ms: int) -> None:
    """Raises Conflict (`op_expired`, with our time) for an op that is older than a day, or from the future.

    The Conflict is all the same for one that was carried out: a client that asks so late reads the ledger.
    """
    if not now_ms - KEPT_MS <= made_at_ms(op) <= now_ms + AHEAD_MS:
        raise Conflict("this op is not of today: make a new one", code="op_expired", now_ms=now_ms)
