"""What the game knows of a player's counting: one value, the same in Redis and in DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tapstack.platform.bounds import KEPT_CLICKS, MAX_TAPS, MAX_TIME_MS, MAX_UPDATE_ID
from tapstack.platform.calendar import DAY_MS
from tapstack.play.rules.periods import Periods


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


class CountedUpdate(NamedTuple):
    """The highest update id among a player's counted presses in the chat, and when that was counted (ms since 1970)."""

    update_id: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Counter:
    """A player's clicks together with the watermarks that they were counted from.

    `spent_us` is the time (us since 1970) up to which the tap allowance is used; `sessions` maps session keys;
    `periods` is None until a first tap, `pressed` until a first press in the chat.
    The two halves are only ever stored together: apart, a retry could count twice.
    """

    player_id: str
    clicks: int = 0
    spent_us: int = 0
    last_tap_at_ms: int = 0
    sessions: Mapping[str, SessionState] = field(default_factory=dict)
    periods: Periods | None = None
    pressed: CountedUpdate | None = None


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A line of the session history; `taps` is its final watermark."""

    player_id: str
    session_key: str
    taps: int
    started_at_ms: int
    ended_at_ms: int


def check(counter: Counter) -> Counter:
    """The counter, as all that reads one from a store hands it on; raises ValueError for one that nobody has written.

    Numbers that are out of their bounds would spoil more than their player: a time beyond all dates ends a round.
    """
    _within("clicks", counter.clicks, KEPT_CLICKS)
    _within("spent_us", counter.spent_us, MAX_TIME_MS * 1_000, -MAX_TIME_MS * 1_000)
    _within("last_tap_at_ms", counter.last_tap_at_ms, MAX_TIME_MS)
    for key, s in counter.sessions.items():
        _within(f"taps of {key[:40]}", s.taps, MAX_TAPS)
        for at_ms in (s.started_at_ms, s.ended_at_ms):
            _within(f"time of {key[:40]}", at_ms, MAX_TIME_MS)
    if counter.periods:
        _within("day", counter.periods.day, MAX_TIME_MS // DAY_MS)
        for base in counter.periods.bases:
            _within("base of a period", base, KEPT_CLICKS, -KEPT_CLICKS)
        for done in counter.periods.before:
            if done:
                _within("number of a period", done.number, MAX_TIME_MS // DAY_MS)
                _within("clicks of a period", done.clicks, KEPT_CLICKS, -KEPT_CLICKS)
                _within("time of a period", done.at_ms, MAX_TIME_MS)
    if counter.pressed:
        _within("update id", counter.pressed.update_id, MAX_UPDATE_ID, -1)
        _within("time of a press", counter.pressed.at_ms, MAX_TIME_MS)
    return counter


def _within(what: str, number: object, highest: int, lowest: int = 0) -> None:
    if type(number) is not int or not lowest <= number <= highest:
        raise ValueError(f"{what} is {str(number)[:40]}, not a whole number from {lowest} to {highest}")
