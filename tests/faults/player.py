"""One player with a Mini App: counting and sending as in miniapp/src/game/, in Python.

It counts its taps, sends the whole count at the server's pace, one request at a time, tries again with backoff and
jitter, reopens a session that has ended, and sends again what a server has lost. It never sends more than the
server must credit, so every tap has to count.
"""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from faults.wire import Answer, NoAnswer, Wire

CAPACITY, TAPS_PER_S = 450, 25
RETRY_BASE_S, RETRY_CAP_S = 1.0, 20.0
SHORT_SESSION_S = 5.0
STEP_S = 0.25
"""How often a player checks whether there is something to do."""


class Refused(Exception):
    """The server has answered, but with an error."""

    def __init__(self, status: int, retry_after_s: float) -> None:
        super().__init__(status)
        self.status, self.retry_after_s = status, retry_after_s


@dataclass
class Tally:
    """What the players have seen: requests, how many of them were repeats, answers by status, failures by class."""

    requests: int = 0
    retries: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0

    def took(self, began_s: float) -> None:
        """Records an answer to a request that began at a monotonic time."""
        self.slowest_s = max(self.slowest_s, time.monotonic() - began_s)


class Bucket:
    """What the server would credit now: as miniapp/src/game/token-bucket.ts."""

    def __init__(self) -> None:
        self.level, self.at_s = float(CAPACITY), time.monotonic()

    def available(self) -> int:
        now_s = time.monotonic()
        self.level = min(CAPACITY, self.level + (now_s - self.at_s) * TAPS_PER_S)
        self.at_s = now_s
        return int(self.level)

    def take(self, tokens: int) -> None:
        self.level -= tokens

    def lower(self, level: float) -> None:
        self.available()
        self.level = max(0.0, min(self.level, level))


class Player:
    """A player's session and the page that plays it; `play` never returns."""

    def __init__(self, init_data: str, port: int, tally: Tally, chance: random.Random) -> None:
        self.session_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        self.id, self.visible = "", True
        self.taps = self.watermark = self.sent = self.clicks = 0
        self.answered_at_s = 0.0
        self.tally = tally
        self._init_data, self._chance = init_data, chance
        self._wire, self._pace = Wire(port), Bucket()
        self._token, self._paused = "", False
        self._failures, self._retry_at_s, self._last = 0, 0.0, ""
        self._opened_at_s = self._sent_at_s = self._contact_at_s = 0.0
        self._flush_s, self._heartbeat_s = 1.0, 20.0

    @property
    def pending(self) -> int:
        return max(0, self.taps - self.watermark)

    def __repr__(self) -> str:
        facts = ("taps", "sent", "watermark", "clicks", "visible", "_paused", "_failures", "_last")
        return f"{self.id} {', '.join(f'{name} {getattr(self, name)}' for name in facts)}"

    def tap(self, taps: int) -> None:
        """Counts taps; resumes a paused session."""
        self.taps += taps
        self._paused = False

    def look(self) -> None:
        """Returns to the page, which asks the server for its state."""
        self.visible, self._paused, self._contact_at_s = True, False, 0.0

    async def play(self) -> None:
        """Sends taps to the server for ever."""
        while True:
            await asyncio.sleep(STEP_S * self._chance.uniform(0.5, 1))
            step = self._due()
            if step is None:
                continue
            try:
                await step()
                self._failures = 0
            except (Refused, NoAnswer) as failure:
                self._failed(failure)

    def close(self) -> None:
        self._wire.close()

    def _due(self) -> Any:
        now_s = time.monotonic()
        if now_s < self._retry_at_s or self._paused or not (self.visible or self.pending):
            return None
        if not self._token:
            return self._open
        if self.pending:
            credited = self.sent > self.watermark or self._pace.available() >= 1
            return self._send if now_s >= self._sent_at_s + self._flush_s and credited else None
        return self._beat if now_s >= self._contact_at_s + self._heartbeat_s else None

    async def _open(self) -> None:
        answer = await self._ask("/sessions", {"session_id": self.session_id}, f"tma {self._init_data}")
        self.id, self._token = answer["player"]["id"], answer["token"]
        self._endpoints = answer.get("endpoints", {})  # paths of the game itself: it runs embedded
        self._heartbeat_s = answer["heartbeat_every_ms"] / 1_000
        self._opened_at_s = time.monotonic()
        self._acknowledge(answer["taps"], answer["player"]["clicks"], answer)

    async def _send(self) -> None:
        self._sent_at_s = time.monotonic()
        target = self._target()
        answer = await self._ask(self._endpoints.get("clicks", "/clicks"), {"taps": target}, f"Bearer {self._token}")
        self._acknowledge(answer["taps"], answer["clicks"], answer)

    def _target(self) -> int:
        """As in counter.ts: what was sent is already paid for; at most a full bucket above the watermark."""
        paid = max(self.sent, self.watermark)
        target = min(self.taps, self.watermark + CAPACITY, paid + self._pace.available())
        if target > paid:
            self._pace.take(target - paid)
        self.sent = max(self.sent, target)
        return target

    async def _beat(self) -> None:
        answer = await self._ask(self._endpoints.get("heartbeat", "/heartbeat"), {}, f"Bearer {self._token}")
        self._contact_at_s = time.monotonic()
        self._flush_s = answer["flush_every_ms"] / 1_000
        if answer["clicks"] < self.clicks:
            # The server has lost data: reopening tells its watermark, and the rest is sent again.
            self._token = ""

    def _acknowledge(self, taps: int, clicks: int, answer: Any) -> None:
        self._pace.lower(CAPACITY - (taps - self.watermark))
        self.watermark, self.clicks = taps, clicks
        self.sent, self.taps = max(self.sent, taps), max(self.taps, taps)
        self._flush_s = answer["flush_every_ms"] / 1_000
        self.answered_at_s = self._contact_at_s = time.monotonic()

    async def _ask(self, path: str, body: Any, authorization: str) -> Any:
        """A successful request; raises Refused or NoAnswer."""
        self.tally.requests += 1
        self.tally.retries += self._failures > 0
        began_s = time.monotonic()
        answer: Answer = await self._wire.request("POST", path, body, authorization)
        self.tally.took(began_s)
        self.tally.statuses[answer.status] += 1
        if answer.status not in (200, 201):
            raise Refused(answer.status, float(answer.headers.get("retry-after", 0)))
        return answer.json()

    def _failed(self, failure: Refused | NoAnswer) -> None:
        """As in health.ts: an ended session is reopened, at once unless it was short; everything else backs off."""
        self._last = repr(failure)
        lost = isinstance(failure, Refused) and failure.status in (401, 410)
        if isinstance(failure, NoAnswer):
            self.tally.failures[str(failure)] += 1
        if lost:
            self._token, self._paused = "", not self.pending
        now_s = time.monotonic()
        if not lost or now_s - self._opened_at_s < SHORT_SESSION_S:
            self._failures += 1
            self._retry_at_s = now_s + self._backoff_s(failure)

    def _backoff_s(self, failure: Refused | NoAnswer) -> float:
        asked_s = failure.retry_after_s if isinstance(failure, Refused) else 0.0
        if asked_s:
            return asked_s + self._chance.random() * RETRY_BASE_S
        full_s = min(RETRY_CAP_S, RETRY_BASE_S * 2.0 ** max(0, self._failures - 1))
        return full_s / 2 + self._chance.random() * full_s / 2
