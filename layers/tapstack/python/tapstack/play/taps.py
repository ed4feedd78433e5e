"""Playing: taps and heartbeats of open sessions, and what the first touch after an absence takes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tapstack.platform.errors import NotFound, SessionEnded, StoreUnavailable
from tapstack.play import redis_keys as keys
from tapstack.play.model import Counter
from tapstack.play.redis_play import CLAIM_GAP_MS, SYNC_EVERY_MS, Due, HeartbeatResult, Refusal, TapResult
from tapstack.play.rules import pacing

if TYPE_CHECKING:
    from tapstack.play.model import SessionState
    from tapstack.play.sqs_sync import Kind
    from tapstack.ports import Stores

log = logging.getLogger(__name__)
R = TypeVar("R")

READ_ATTEMPTS = 4
"""How often a player is read again in DynamoDB, where they have come and gone in Redis meanwhile."""


class Loaded(NamedTuple):
    """A player who was just loaded: their sessions as saved, and the ticket that these were read under."""

    ticket: str
    sessions: Mapping[str, SessionState]


def record_taps(stores: Stores, player_id: str, session: str, taps: int) -> TapResult:
    """Counts the taps that a session has made so far, each once, at the rate the rules allow.

    One round trip to Redis, and nothing else, while the player is loaded. Raises SessionEnded,
    TooManyRequests or StoreUnavailable; the client then keeps its count and brings it again.
    """
    tapped = _mended(stores, player_id, session, lambda: stores.play.record_taps(player_id, session, taps))
    follow_up(stores, tapped)
    return tapped


def follow_up(stores: Stores, tapped: TapResult) -> None:
    """Sees to the work that counted taps bring with them."""
    notify(stores, tapped.due, max(CLAIM_GAP_MS, tapped.flush_every_ms))
    if tapped.sync_window:
        _sync_after(stores, tapped.sync_window, tapped.window_left_ms)


def heartbeat(stores: Stores, player_id: str, session: str) -> HeartbeatResult:
    """Keeps a session alive; raises as record_taps does."""
    beat = _mended(stores, player_id, session, lambda: stores.play.heartbeat(player_id, session))
    notify(stores, beat.due)
    return beat


def load_player(stores: Stores, player_id: str) -> Loaded:
    """Brings a player into Redis as DynamoDB knows them.

    Who was never saved starts from nothing, with a full allowance at the time the account was made.
    Raises NotFound (`player_unknown`) where there is no account (any more), StoreUnavailable where it comes to
    nothing because the player is brought in and dropped again all the time.
    """
    for ticket in tickets(stores, player_id):
        counter = stores.counters.get(player_id)
        if counter is None:
            try:
                made_at_ms = stores.players.get(player_id).created_at_ms
            except NotFound:
                stores.play.end_ticket(player_id)
                raise
            spent_us = (made_at_ms - pacing.BURST_S * 1_000) * 1_000
            counter = Counter(player_id, spent_us=spent_us, last_tap_at_ms=made_at_ms)
        if stores.play.load(counter, ticket) is not Refusal.STALE:
            return Loaded(ticket, counter.sessions)
    raise AssertionError("tickets end with an error")


def tickets(stores: Stores, player_id: str, first: str = "") -> Iterator[str]:
    """A ticket for each attempt to read a player in DynamoDB; after the last of them raises StoreUnavailable."""
    yield first or stores.play.ticket(player_id)
    for _ in range(READ_ATTEMPTS - 1):
        yield stores.play.ticket(player_id)
    raise StoreUnavailable("the player is just being cleaned up", retry_after_s=1)


def notify(stores: Stores, due: Due, gap_ms: int = CLAIM_GAP_MS) -> None:
    """Sends the work that a script says is due, once for everybody in `gap_ms`: the scripts claim it per bucket.

    A queue that is away costs nothing but time: the next claim, or the minute's schedule, makes up for it.
    """
    if due is Due.NOTHING:
        return
    kind: Kind = "rebuild" if due is Due.REBUILD else "sync"
    if stores.leases.claim(keys.due_claim(kind), gap_ms):
        ask_for(stores, kind)


def _sync_after(stores: Stores, window: int, left_ms: int) -> None:
    """Sees to a sync at the end of a window, once for all buckets: whoever taps in it is saved then."""
    if stores.leases.claim(keys.window_claim(window), 2 * SYNC_EVERY_MS):
        ask_for(stores, "sync", delay_s=-(-left_ms // 1_000))


def ask_for(stores: Stores, kind: Kind, *, delay_s: int = 0) -> None:
    """Asks the sync function for work; where the queue is unavailable it is left to the minute's schedule."""
    try:
        stores.sync_queue.send(kind, delay_s=delay_s)
    except StoreUnavailable:
        log.warning("queue unavailable: %s left to the schedule", kind)


def _mended(stores: Stores, player_id: str, session: str, step: Callable[[], R | Refusal]) -> R:
    """The outcome of a step, after loading the player and adopting the session where that is all it lacks."""
    outcome = step()
    if outcome is Refusal.NOT_LOADED:
        load_player(stores, player_id)
        outcome = step()
    if outcome is Refusal.SESSION_UNKNOWN:
        _adopt(stores, player_id, session)
        outcome = step()
    if isinstance(outcome, Refusal):
        raise StoreUnavailable("the session is just being cleaned up", retry_after_s=1)
    return outcome


def _adopt(stores: Stores, player_id: str, session: str) -> None:
    """Takes up a session that a lost Redis never got to save.

    Its token proves that it was opened, the empty history that it has not ended; all its taps are brought again.
    """
    for ticket in tickets(stores, player_id):
        if stores.counters.past_session(player_id, session):
            raise SessionEnded("this session has ended: open it again")
        opened = stores.play.open_session(player_id, session, start_from=0, lost=True, ticket=ticket)
        if opened is not Refusal.STALE:
            return
