"""What play is made of: a player's counter, the same in Redis and in DynamoDB, and what the stores answer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from tapstack.platform.bounds import KEPT_CLICKS, MAX_TAPS, MAX_TIME_MS, MAX_UPDATE_ID
from tapstack.platform.calendar import DAY_MS
from tapstack.play.rules.energy import Energy
from tapstack.play.rules.periods import Periods
from tapstack.play.rules.tap_button import ButtonState

Work = Literal["sync", "rebuild", "groups", "duels", "board"]
"""Work for the sync function: save dirty players, recover the boards of an emptied Redis, save the taps of groups, look
at the duels of the chat, publish the leaderboard."""


class SyncRequest(msgspec.Struct, frozen=True):
    """A message in the sync queue: it asks for work."""

    kind: Work


class SessionState(msgspec.Struct, frozen=True):
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
    """The highest update id among a player's counted tap callbacks, and when it was counted (ms since 1970)."""

    update_id: int
    at_ms: int


class Counter(msgspec.Struct, frozen=True):
    """A player's clicks together with the watermarks that they were counted from.

    `tat_us` is the theoretical arrival time (us since 1970) of GCRA: up to then the tap allowance is spent. `sessions`
    maps session keys; `periods` is None until a first tap, `counted_update` until a first tap in the chat.
    `paid_taps` and `energy_tat_ms` (ms since 1970) are as rules/energy.py has them.
    All this is only ever stored together: apart, a retry could count twice. What a newer release has stored is kept as
    it is: `newer` what its item says beyond all this (newer.py's Newer, as JSON), and `fields` the fields of its hash
    in Redis.
    """

    player_id: str
    clicks: int = 0
    tat_us: int = 0
    last_tap_at_ms: int = 0
    sessions: Mapping[str, SessionState] = {}
    periods: Periods | None = None
    counted_update: CountedUpdate | None = None
    newer: str = ""
    fields: Mapping[str, str] = {}
    paid_taps: int = 0
    energy_tat_ms: int = 0


class EndedSession(msgspec.Struct, frozen=True):
    """A row of the session history; `taps` is its final watermark, `more` what a newer release says of it (JSON)."""

    player_id: str
    session_key: str
    taps: int
    started_at_ms: int
    ended_at_ms: int
    more: str = ""


class Refusal(IntEnum):
    """Why a script did nothing. Stores answer those that a caller can mend, and raise the others as errors."""

    NOT_LOADED = -1
    SESSION_UNKNOWN = -2
    SESSION_ENDED = -3
    FLOOD = -4
    TOO_MANY_SESSIONS = -5
    TOO_MANY_NEW_SESSIONS = -6
    UNREADABLE = -7
    STALE = -8


class PaidTaps(NamedTuple):
    """The taps that a player had energy for, ever, the energy left, and when they last tapped.

    They only grow, and count each tap once; but after a lost Redis they are as last saved, until the clients have sent
    their counts again. Whoever pays for them records up to which number it has paid, and pays nothing below that.
    """

    paid_taps: int
    energy: Energy
    last_tap_ms: int = 0


class Due(IntEnum):
    """Work that a script found due; its caller asks the sync function for it."""

    NOTHING = 0
    SYNC = 1
    REBUILD = 2


class TapResult(NamedTuple):
    """What counting taps came to; `paid_taps` and `energy_full_in_ms` are the player's after it (rules/energy.py).

    `sync_window` is set for a bucket's first tap in a window of SYNC_EVERY_S: its caller schedules the sync at the
    window's end. `update_id` is set for a tap callback: the highest update id counted so far.
    """

    taps: int
    accepted: int
    clicks: int
    total_clicks: int
    leaderboard_version: int
    flush_every_ms: int
    due: Due = Due.NOTHING
    sync_window: int = 0
    window_left_ms: int = 0
    paid_taps: int = 0
    energy_full_in_ms: int = 0
    update_id: int = 0

    @property
    def button(self) -> ButtonState:
        """What the tap button is to carry from now on."""
        return ButtonState(self.taps, self.update_id)


class HeartbeatResult(msgspec.Struct, frozen=True):
    active: int
    clicks: int
    total_clicks: int
    leaderboard_version: int
    flush_every_ms: int
    due: Due
    paid_taps: int = 0
    energy_full_in_ms: int = 0


class Totals(msgspec.Struct, frozen=True):
    """The clicks of all players, how many these are, and how many of them have an open session."""

    clicks: int
    players: int
    active: int


class BoardPlayer(msgspec.Struct, frozen=True):
    """Who is in a place of the leaderboard: `username`, or `public_name` where it is null, `title` and `looks`."""

    rank: int
    id: str
    username: str | None
    public_name: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    looks: str | UnsetType = UNSET


class BoardChange(msgspec.Struct, frozen=True):
    """What makes the current all-time leaderboard of the one that a client has.

    `clicks` are those of all places, from the first on; `players` says who is in the places where that has changed.
    `rebuilding` is absent where it is false. A change that names the players of all places is a whole leaderboard.
    """

    version: int
    totals: Totals
    clicks: list[int]
    players: list[BoardPlayer]
    rebuilding: bool | UnsetType = UNSET


class BoardNews(NamedTuple):
    """What an answer says of the leaderboard: its version, and what has changed since the one that the client has."""

    version: int
    change: BoardChange | None = None


class SessionOpened(msgspec.Struct, frozen=True):
    """`known` says that the session was here; a session that is new here may still stand in the history."""

    known: bool
    taps: int
    clicks: int
    total_clicks: int
    players: int
    active: int
    flush_every_ms: int
    paid_taps: int = 0
    energy_full_in_ms: int = 0


class Loaded(NamedTuple):
    """A player who was just loaded: their sessions as saved, and the ticket that these were read under."""

    ticket: str
    sessions: Mapping[str, SessionState]


class Unreadable(NamedTuple):
    """A player whose hash is not as the scripts write it: why, and its fields as far as it is a hash."""

    player_id: str
    reason: str
    fields: Mapping[str, str]


class Reading(NamedTuple):
    """The live counters of some players; those who are not loaded are in neither list."""

    counters: list[Counter]
    unreadable: list[Unreadable]


class RecoveryProgress(NamedTuple):
    """A recovery that was interrupted: its token, and the id of the last player that it read."""

    token: str
    cursor: str


class CleanupResult(msgspec.Struct, frozen=True):
    """How many sessions ended, and how many players were evicted."""

    sessions: int
    players: int


def check(counter: Counter) -> Counter:
    """Returns a counter that was read from a store; raises ValueError where a number is out of bounds.

    A bad number harms more than its player: a time beyond all dates would end a whole sync.
    """
    _within("clicks", counter.clicks, KEPT_CLICKS)
    _within("tat_us", counter.tat_us, MAX_TIME_MS * 1_000, -MAX_TIME_MS * 1_000)
    _within("last_tap_at_ms", counter.last_tap_at_ms, MAX_TIME_MS)
    _within("paid_taps", counter.paid_taps, KEPT_CLICKS)
    _within("energy_tat_ms", counter.energy_tat_ms, MAX_TIME_MS, -MAX_TIME_MS)
    for key, s in counter.sessions.items():
        _within(f"taps of {key[:40]}", s.taps, MAX_TAPS)
        for at_ms in (s.started_at_ms, s.ended_at_ms):
            _within(f"time of {key[:40]}", at_ms, MAX_TIME_MS)
    if counter.periods:
        _within("day", counter.periods.day, MAX_TIME_MS // DAY_MS)
        for base in (*counter.periods.bases, counter.periods.base_of_year()):
            _within("base of a period", base, KEPT_CLICKS, -KEPT_CLICKS)
        for done in (*counter.periods.before, counter.periods.year_before):
            if done:
                _within("number of a period", done.number, MAX_TIME_MS // DAY_MS)
                _within("clicks of a period", done.clicks, KEPT_CLICKS, -KEPT_CLICKS)
                _within("time of a period", done.at_ms, MAX_TIME_MS)
    if counter.counted_update:
        _within("update id", counter.counted_update.update_id, MAX_UPDATE_ID, -1)
        _within("time of a tap callback", counter.counted_update.at_ms, MAX_TIME_MS)
    return counter


def _within(what: str, number: object, highest: int, lowest: int = 0) -> None:
    if type(number) is not int or not lowest <= number <= highest:
        raise ValueError(f"{what} is {str(number)[:40]}, not a whole number from {lowest} to {highest}")
