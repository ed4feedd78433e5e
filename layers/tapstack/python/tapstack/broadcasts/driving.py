"""Broadcasts: an operator's message to many, at a pace, to each at most once whatever is killed or lost.

**Never twice.** Telegram has no idempotency key: between "sent" and "recorded as sent" a process can always be
killed, so delivery is either at most once or at least once, and a person who gets an advertisement twice is the worse
fault. So a message is *claimed* in DynamoDB, by a conditional write per (broadcast, chat), immediately before it is
sent (deliveries.py), and a claim is released only if the message has certainly not reached Telegram: it said 429, or
there was no connection. A sender that is killed between the claim and the answer leaves the outcome `unknown`: that
one message may be missing, none is doubled. Nothing of this is in Redis.

**None forgotten.** The claim comes as late as it can, so everything before it may be repeated: a killed driver, a
lost Redis, a queue that vanished. The driver walks through the audience again and again, handing over only people
without a claim, until a walk finds nobody left; the last walk is also the count of who was skipped and why.

**Who drives.** The operator's own process: it pages, paces, and shows what happens. A schedule would need a function
with rights on every account, and its first minute would be spent waiting; what it would add, resuming unasked after a
crash, an operator may not even want. It saves its position each second, on condition that it still is the driver and
the broadcast still runs: that one write is the heartbeat, the lock, and how it learns of `stop`. Senders read the
state likewise, so a stop also holds what waits in the outbox already. That is never more than OUTSTANDING_S seconds'
worth: a sender that is paused or unavailable lets nothing pile up.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.broadcasts import audience as audiences
from tapstack.broadcasts.model import Audience, Broadcast, Content, Outcome, Person, State, Verdict
from tapstack.broadcasts.rules import judge, key, message
from tapstack.platform.errors import BadRequest, Conflict, StoreUnavailable
from tapstack.platform.retries import Retry, once
from tapstack.telegram.model import message_name

if TYPE_CHECKING:
    from tapstack.broadcasts.ports import DrivePorts, PreviewPorts, StartPorts

ALIVE_MS = 15_000
"""A driver that has saved nothing for so long counts as dead; it saves every BEAT_S."""

BEAT_S = 1.0
OUTSTANDING_S = 2
LOOK_S = 0.1
PREVIEW_WITHIN_S = 30.0


class _Over(Exception):
    """The broadcast was stopped, or another drives it."""


def start(ports: StartPorts, content: Content, *, audience: Audience, pace: int, operator: str) -> Broadcast:
    """Creates a broadcast, with a driver: nothing is sent before `drive`. Raises BadRequest for a pace too high."""
    if not 1 <= pace < ports.settings.telegram.outbox_per_s:
        raise BadRequest(
            f"the pace must leave the players room: 1 to {ports.settings.telegram.outbox_per_s - 1} a second",
            code="validation_failed",
            field="pace",
        )
    now_ms = ports.clock()
    broadcast = _with_driver(_made(content, audience, pace, operator, now_ms), now_ms)
    ports.broadcasts.create(broadcast)
    return broadcast


def _made(content: Content, audience: Audience, pace: int, operator: str, now_ms: int) -> Broadcast:
    at = datetime.fromtimestamp(now_ms / 1_000, UTC).strftime("%Y%m%d-%H%M%S")
    return Broadcast(
        id=f"{at}-{secrets.token_hex(2)}",
        texts=content.texts,
        buttons=content.buttons,
        photo=content.photo,
        audience=audience,
        pace=pace,
        operator=operator,
        started_at_ms=now_ms,
    )


def resume(ports: StartPorts, broadcast_id: str) -> Broadcast:
    """Takes over a broadcast that was stopped or whose driver is dead; raises Conflict (`not_resumable`)."""
    read = ports.broadcasts.get(broadcast_id)
    broadcast = _with_driver(read, ports.clock())
    if not read.resumable(ports.clock()) or not ports.broadcasts.take_over(broadcast, read):
        raise Conflict("this broadcast is finished, too old, or at work", code="not_resumable", state=str(read.state))
    return broadcast


def _with_driver(broadcast: Broadcast, now_ms: int) -> Broadcast:
    return replace(broadcast, state=State.RUNNING, driver=secrets.token_hex(8), alive_until_ms=now_ms + ALIVE_MS)


def drive(
    ports: DrivePorts,
    broadcast: Broadcast,
    *,
    seen: Callable[[int], None] = lambda _: None,
    retry: Retry = once,
    now_s: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Broadcast:
    """Hands a broadcast over to the outbox until everybody is reached, or it is stopped; the broadcast after that.

    `seen` is called with the number of messages just handed over. Raises StoreUnavailable if a store is unavailable
    for longer than `retry` waits.
    """
    driver = _Driver(ports, broadcast, seen, retry, now_s, pause)
    try:
        driver.run()
    except _Over:
        return ports.broadcasts.get(broadcast.id)
    return broadcast


def preview(
    ports: PreviewPorts,
    content: Content,
    chat_id: int,
    *,
    operator: str,
    now_s: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> dict[str, tuple[Outcome, str]]:
    """Sends each language to one chat, as a broadcast would; the outcomes, and why Telegram has refused one.

    Each is a broadcast of its own, to nobody else, so it takes the same way, and what Telegram says of it is recorded.
    One whose outcome is not known within PREVIEW_WITHIN_S is `unknown`, and is not sent any more.
    """
    sent: dict[str, Broadcast] = {}
    for language in content.texts:
        now_ms = ports.clock()
        to_nobody = Audience("players")
        sent[language] = _made(content, to_nobody, 1, f"{operator}, a preview in {language}", now_ms)
        ports.broadcasts.create(sent[language])
        ports.outbox.put_named(key(sent[language].id), message(content, language, chat_id))
    with suppress(StoreUnavailable):
        ports.outbox_queue.wake()
    outcomes: dict[str, tuple[Outcome, str]] = dict.fromkeys(sent, (Outcome.UNKNOWN, ""))
    end_s = now_s() + PREVIEW_WITHIN_S
    while any(outcome is Outcome.UNKNOWN for outcome, _ in outcomes.values()) and now_s() < end_s:
        pause(LOOK_S)
        outcomes = {language: _outcome(ports, broadcast) for language, broadcast in sent.items()}
    for broadcast in sent.values():
        ports.broadcasts.stop(broadcast.id)
    return outcomes


def _outcome(ports: PreviewPorts, broadcast: Broadcast) -> tuple[Outcome, str]:
    """What came of a broadcast to one chat, and why."""
    counted, reasons = ports.broadcasts.outcomes(broadcast.id)
    return next(map(Outcome, counted), Outcome.UNKNOWN), next(iter(reasons), "")


class _Driver:
    """One run of a driver."""

    def __init__(
        self,
        ports: DrivePorts,
        broadcast: Broadcast,
        seen: Callable[[int], None],
        retry: Retry,
        now_s: Callable[[], float],
        pause: Callable[[float], None],
    ) -> None:
        self.ports, self.broadcast, self.seen = ports, broadcast, seen
        self.retry, self.now_s, self.pause = retry, now_s, pause
        self.outstanding: set[str] = set()
        self.next_s = self.saved_s = now_s()

    def run(self) -> None:
        """Walks until a whole walk has found nobody without a message."""
        while True:
            whole = self.broadcast.cursor is None
            if whole:
                self.broadcast.tally = {}
            handed = self._walk()
            self._wait_for_room(0)
            if whole and not handed:
                break
        self.broadcast.state, self.broadcast.ended_at_ms = State.FINISHED, self.ports.clock()
        self._save()

    def _walk(self) -> int:
        """From the cursor to the end, where the next walk starts; how many messages were handed over."""
        broadcast, handed = self.broadcast, 0
        while True:
            people, cursor = self.retry(lambda: audiences.page(self.ports, broadcast.audience, self.broadcast.cursor))
            handed += self._page(people)
            broadcast.cursor = cursor
            self._save()
            if cursor is None:
                return handed

    def _page(self, people: list[tuple[int, Person]]) -> int:
        broadcast, tally, handed = self.broadcast, Counter(self.broadcast.tally), 0
        ids = [chat_id for chat_id, _ in people]
        claimed = self.retry(lambda: self.ports.broadcasts.claimed(broadcast.id, ids)) if ids else set()
        for chat_id, person in people:
            verdict = Verdict.SEND if chat_id in claimed else judge(broadcast.audience, person)
            tally[verdict] += 1
            if verdict is Verdict.SEND and chat_id not in claimed:
                self._hand_over(chat_id, person.language)
                handed += 1
        broadcast.tally = dict(tally)
        return handed

    def _hand_over(self, chat_id: int, language: str) -> None:
        """Puts one message into the outbox, once the pace and the messages in it leave room."""
        self._wait_for_room(self.broadcast.pace * OUTSTANDING_S - 1)
        while (wait_s := self.next_s - self.now_s()) > 0:
            self.pause(min(wait_s, BEAT_S))
            self._beat()
        self._beat()
        self.next_s = max(self.next_s, self.now_s()) + 1 / self.broadcast.pace
        name, call = key(self.broadcast.id), message(self.broadcast, language, chat_id)
        if self.retry(lambda: self.ports.outbox.put_named(name, call)):
            with suppress(StoreUnavailable):  # the next call or the minute's schedule wakes it
                self.ports.outbox_queue.wake()
        self.outstanding.add(message_name(chat_id, name))
        self.seen(1)

    def _wait_for_room(self, most: int) -> None:
        """Waits until at most so many of the calls handed over are still in the outbox."""
        while len(self.outstanding) > most:
            waiting = self.retry(lambda: self.ports.outbox.waiting_among(list(self.outstanding)))
            self.outstanding = waiting
            if len(waiting) > most:
                self.pause(LOOK_S)
            self._beat()

    def _beat(self) -> None:
        if self.now_s() - self.saved_s >= BEAT_S:
            self._save()

    def _save(self) -> None:
        """Saves the position; raises _Over if the broadcast is not this driver's any more."""
        self.broadcast.alive_until_ms = self.ports.clock() + ALIVE_MS
        if not self.retry(lambda: self.ports.broadcasts.save(self.broadcast)):
            raise _Over
        self.saved_s = self.now_s()
