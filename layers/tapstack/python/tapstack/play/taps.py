"""Taps and heartbeats of open sessions, and loading a player who is not in Redis."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from tapstack.platform.errors import NotFound, SessionEnded, StoreUnavailable
from tapstack.platform.threads import in_thread
from tapstack.play import leases
from tapstack.play.model import Counter, Due, HeartbeatResult, Loaded, Refusal, TapResult
from tapstack.play.rules import pacing
from tapstack.play.rules.pacing import CLAIM_GAP_MS

if TYPE_CHECKING:
    from tapstack.play.model import Work
    from tapstack.play.ports import (
        AdoptionPorts,
        AsyncTapPorts,
        LoadPorts,
        NotifyPorts,
        QueuePorts,
        TapPorts,
        TicketPorts,
    )

log = logging.getLogger(__name__)
R = TypeVar("R")

READ_ATTEMPTS = 4
"""How often a player is read again in DynamoDB, where Redis has loaded and evicted them meanwhile."""


def record_taps(ports: TapPorts, player_id: str, session: str, taps: int) -> TapResult:
    """Counts the taps that a session has made so far, each once, at the rate that the rules allow.

    One round trip to Redis, and nothing else, while the player is loaded. Raises SessionEnded, TooManyRequests or
    StoreUnavailable; the client then keeps its count and sends it again.
    """
    result = _recovered(ports, player_id, session, lambda: ports.play.record_taps(player_id, session, taps))
    follow_up(ports, result)
    return result


async def record_taps_async(ports: AsyncTapPorts, player_id: str, session: str, taps: int) -> TapResult:
    """As record_taps, on an event loop; what needs more than the script is done in a thread."""
    outcome = await ports.pipelined_play.record_taps(player_id, session, taps)
    if isinstance(outcome, Refusal):
        return await in_thread(record_taps, ports, player_id, session, taps)
    if outcome.due or outcome.sync_window:
        await in_thread(follow_up, ports, outcome)
    return outcome


def follow_up(ports: NotifyPorts, result: TapResult) -> None:
    """Asks for the work that counted taps make due."""
    notify(ports, result.due, max(CLAIM_GAP_MS, result.flush_every_ms))
    if result.sync_window:
        _schedule_sync(ports, result.sync_window, result.window_left_ms)


def heartbeat(ports: TapPorts, player_id: str, session: str) -> HeartbeatResult:
    """Keeps a session alive; raises as record_taps does."""
    result = _recovered(ports, player_id, session, lambda: ports.play.heartbeat(player_id, session))
    notify(ports, result.due)
    return result


async def heartbeat_async(ports: AsyncTapPorts, player_id: str, session: str) -> HeartbeatResult:
    """As heartbeat, on an event loop; what needs more than the script is done in a thread."""
    outcome = await ports.pipelined_play.heartbeat(player_id, session)
    if isinstance(outcome, Refusal):
        return await in_thread(heartbeat, ports, player_id, session)
    if outcome.due:
        await in_thread(notify, ports, outcome.due)
    return outcome


def load_player(ports: LoadPorts, player_id: str) -> Loaded:
    """Loads a player into Redis as DynamoDB knows them.

    A player who was never saved starts from nothing, with a full allowance at the time the account was made.
    Raises NotFound (`player_unknown`) where there is no account (any more), StoreUnavailable where the player is loaded
    and evicted again all the time.
    """
    for ticket in tickets(ports, player_id):
        counter = ports.counters.get(player_id)
        if counter is None:
            try:
                made_at_ms = ports.players.get(player_id).created_at_ms
            except NotFound:
                ports.play.end_ticket(player_id)
                raise
            tat_us = (made_at_ms - pacing.BURST_S * 1_000) * 1_000
            counter = Counter(player_id, tat_us=tat_us, last_tap_at_ms=made_at_ms)
        if ports.play.load(counter, ticket) is not Refusal.STALE:
            return Loaded(ticket, counter.sessions)
    raise AssertionError("tickets end with an error")


def tickets(ports: TicketPorts, player_id: str, first: str = "") -> Iterator[str]:
    """A ticket for each attempt to read a player in DynamoDB; after the last of them raises StoreUnavailable."""
    yield first or ports.play.ticket(player_id)
    for _ in range(READ_ATTEMPTS - 1):
        yield ports.play.ticket(player_id)
    raise StoreUnavailable("the player is just being cleaned up", retry_after_s=1)


def notify(ports: NotifyPorts, due: Due, gap_ms: int = CLAIM_GAP_MS) -> None:
    """Asks for the work that a script found due, once for all buckets in `gap_ms`: the scripts claim it per bucket.

    An unavailable queue only delays it: the next claim, or the minute's schedule, makes up for it.
    """
    if due is Due.NOTHING:
        return
    work: Work = "rebuild" if due is Due.REBUILD else "sync"
    if ports.leases.claim(leases.due(work), gap_ms):
        ask_for(ports, work)


def _schedule_sync(ports: NotifyPorts, window: int, left_ms: int) -> None:
    """Schedules the sync at the end of a window, once for all buckets: it saves whoever taps until then."""
    if ports.leases.claim(leases.window(window), 2_000 * ports.settings.play.sync_every_s):
        ask_for(ports, "sync", delay_s=-(-left_ms // 1_000))


def ask_for(ports: QueuePorts, work: Work, *, delay_s: int = 0) -> None:
    """Asks the sync function for work; where the queue is unavailable it is left to the minute's schedule."""
    try:
        ports.sync_queue.send(work, delay_s=delay_s)
    except StoreUnavailable:
        log.warning("queue unavailable: %s left to the schedule", work)


def _recovered(ports: AdoptionPorts, player_id: str, session: str, step: Callable[[], R | Refusal]) -> R:
    """The outcome of a step, after loading the player and adopting the session where they are missing."""
    outcome = step()
    if outcome is Refusal.NOT_LOADED:
        load_player(ports, player_id)
        outcome = step()
    if outcome is Refusal.SESSION_UNKNOWN:
        _adopt(ports, player_id, session)
        outcome = step()
    if isinstance(outcome, Refusal):
        raise StoreUnavailable("the session is just being cleaned up", retry_after_s=1)
    return outcome


def _adopt(ports: AdoptionPorts, player_id: str, session: str) -> None:
    """Adopts a session that a lost Redis never saved.

    Its token proves that it was opened, the empty history that it has not ended; the client sends all its taps again.
    """
    for ticket in tickets(ports, player_id):
        if ports.counters.past_session(player_id, session):
            raise SessionEnded("this session has ended: open it again")
        opened = ports.play.open_session(player_id, session, start_from=0, lost=True, ticket=ticket)
        if opened is not Refusal.STALE:
            return
