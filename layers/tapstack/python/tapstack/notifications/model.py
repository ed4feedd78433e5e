"""What is known of a player who may be reminded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """A player as the last walk has seen them: their clicks and rank then, and when they were last reminded (ms)."""

    clicks: int
    rank: int
    reminded_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through all chats: when it began (ms), and its next page, None once it is over."""

    began_at_ms: int = 0
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A player now. `before` is what was seen of them after they last played, or when they were last reminded.

    `score` is their own on the all-time board, `week_score` that on the board of the week before this one, 0 for none.
    """

    now_ms: int
    player_id: str
    score: float
    rank: int
    before: Seen
    week_score: float = 0.0
