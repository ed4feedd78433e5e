"""What the game knows of a player's counting: one value, the same in Redis and in DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session's watermark: the taps it is known to have made, when it started, and when it ended (ms since 1970).

    `ended_at_ms` is 0 while it is open.
    """

    taps: int
    started_at_ms: int
    ended_at_ms: int = 0

    @property
    def open(self) -> bool:
        return not self.ended_at_ms


@dataclass(frozen=True, slots=True)
class Counter:
    """A player's clicks together with the watermarks that they were counted from.

    `spent_us` is the time (us since 1970) up to which the tap allowance is used; `sessions` maps session keys.
    The two halves are only ever stored together: apart, a retry could count twice.
    """

    player_id: str
    clicks: int = 0
    spent_us: int = 0
    last_tap_at_ms: int = 0
    sessions: Mapping[str, SessionState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A line of the session history; `taps` is its final watermark."""

    player_id: str
    session_key: str
    taps: int
    started_at_ms: int
    ended_at_ms: int


@dataclass(frozen=True, slots=True)
class Player:
    """A player's account; `username` is None until one is chosen."""

    id: str
    telegram_id: int
    username: str | None
    display_name: str
    ref_code: str
    language: str
    created_at_ms: int
