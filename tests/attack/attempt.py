"""What an attack uses: connections to the game, its own accounts, and its expectations."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from support.identity import init_data

from attack.line import DEADLINE_S, Answer, Line, Unanswered
from attack.target import Target

PARSER = (400, 413, 414, 431)
"""Statuses with which the HTTP server itself may reject a request, without a body and an error code."""

RATE_PER_S = 400
"""Requests of all an attack's callers together: as many as one machine can send without causing delays itself."""

ACCOUNTS = 900_000_000
MOST_PROBLEMS = 12
SHORT_DEADLINE_S = 40.0
"""In the short form, which runs among other tests, a slow machine is not a hang."""

PATIENCE_S = 12.0
"""How long to retry when the game says to come back later and the attack cannot start without an answer."""


@dataclass(frozen=True)
class Account:
    """An attacker's player, signed in through Telegram like any other."""

    telegram_id: int
    id: str
    token: str
    session_id: str
    ref_code: str
    init_data: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class Attempt:
    """One running attack; `number` keeps its accounts and its address apart from all others'."""

    target: Target
    seconds: float
    number: int
    short: bool = False
    problems: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    slowest_s: float = 0.0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._next_at_s = self._began_s = time.monotonic()
        self._accounts = ACCOUNTS + self.number * 100_000 + int(time.time()) % 1_000 * 100

    @property
    def source(self) -> str:
        """The attacker's address."""
        return f"127.66.{self.number}.1"

    def patience_s(self, seconds: float) -> float:
        """How long to wait for an answer that should take no longer than this."""
        return SHORT_DEADLINE_S if self.short else seconds

    @property
    def over(self) -> bool:
        return time.monotonic() > self._began_s + self.seconds

    # Actions

    @contextmanager
    def line(self, port: int = 0) -> Iterator[Line]:
        line = Line(port or self.target.port, self.source, self.patience_s(DEADLINE_S))
        try:
            yield line
        finally:
            line.close()

    def ask(
        self, line: Line, method: str, path: str, body: Any = None, headers: Mapping[str, str | bytes] | None = None
    ) -> Answer | None:
        """Sends a request at the attack's pace; None if the connection was closed. A 5xx or a hang is a problem."""
        self.pace()
        try:
            answer = line.ask(method, path, body, headers)
        except Unanswered as failure:
            self.note("hung" if failure.hung else "closed")
            if failure.hung:
                self.problem(f"{method} {path[:80]} hangs: {failure}")
            return None
        self.note(str(answer.status))
        if answer.status >= 500:
            self.problem(f"{method} {path[:80]}: {answer.status} {answer.body[:120]!r}")
        return answer

    def flood(self, callers: int, act: Callable[[Line, int], None], *, burst: int, per_s: float) -> None:
        """Lets many callers act until the end of the attack's time, and expects a 429.

        The 429 must come once the requests exceed the burst and the rate; a machine that is too slow for that within
        four times the attack's time proves nothing.
        """
        before, refused, began_s = self.requests, self.seen(429), time.monotonic()

        def due() -> bool:
            return self.requests - before > burst + per_s * (time.monotonic() - began_s)

        give_up_s = began_s + 4 * self.seconds + 5
        self.crowd(callers, act, lambda: self.seen(429) > refused or due() or time.monotonic() > give_up_s)
        took_s = time.monotonic() - began_s
        sent = f"{self.requests - before} requests by one account in {took_s:.0f} s"
        self.expect(self.seen(429) > refused or not due(), f"{sent}, none rejected")

    def crowd(self, callers: int, act: Callable[[Line, int], None], enough: Callable[[], bool] = lambda: True) -> None:
        """Lets many callers act repeatedly until the time is over, each on its own connection."""

        def one(caller: int) -> None:
            with self.line() as line:
                while not (self.over and enough()):
                    act(line, caller)

        with ThreadPoolExecutor(callers) as pool:
            list(pool.map(one, range(callers)))

    def account(self, number: int = 0, *, session: str = "", **fields: Any) -> Account:
        """Signs in; fails if the game rejects an ordinary newcomer."""
        telegram_id = self._accounts + number
        launch = init_data(telegram_id, f"Mallory {number}", token=self.target.bot_token, **fields)
        session_id = session or str(uuid.uuid4())
        give_up_s = time.monotonic() + PATIENCE_S
        with self.line() as line:
            while True:
                headers = {"Authorization": f"tma {launch}"}
                answer = self.ask(line, "POST", "/sessions", {"session_id": session_id}, headers)
                if answer and answer.status in (200, 201):
                    break
                if time.monotonic() > give_up_s:
                    raise AssertionError(f"an ordinary sign-in was answered {answer and (answer.status, answer.code)}")
                time.sleep(min(2.0, float(answer.headers.get("retry-after", 1)) if answer else 1.0))
        opened = answer.json()
        player = opened["player"]
        return Account(telegram_id, player["id"], opened["token"], session_id, player["ref_code"], launch)

    def patiently(self, line: Line, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer | None:
        """Repeats a request for as long as the answer says to come back later."""
        give_up_s = time.monotonic() + PATIENCE_S
        while True:
            answer = self.ask(line, method, path, body, headers)
            if answer is None or answer.status != 429 or time.monotonic() > give_up_s:
                return answer
            time.sleep(min(3.0, float(answer.headers.get("retry-after", 1))))

    def update(self, line: Line, update: Any) -> Answer | None:
        """Delivers an update as Telegram does."""
        return self.ask(
            line,
            "POST",
            "/telegram/webhook",
            update,
            {"X-Telegram-Bot-Api-Secret-Token": self.target.webhook_secret},
        )

    # Expectations

    def expect(self, holds: object, otherwise: str) -> None:
        """Records a problem unless the condition holds."""
        if not holds:
            self.problem(otherwise)

    def refused(self, answer: Answer | None, what: str, *statuses: int) -> None:
        """Expects that a request was rejected in the API's form: with one of these statuses, or any 4xx."""
        if answer is None:
            return  # closed; a hang was recorded already
        allowed = answer.status in statuses if statuses else 400 <= answer.status < 500
        if not allowed and answer.status < 500:
            self.problem(f"{what}: {answer.status} {answer.body[:120]!r}")
        elif allowed and not answer.code and not (answer.status in PARSER and not answer.body):
            self.problem(f"{what}: rejected with {answer.status} without a code: {answer.body[:80]!r}")

    def problem(self, text: str) -> None:
        with self._lock:
            if text not in self.problems and len(self.problems) < MOST_PROBLEMS:
                self.problems.append(text)

    def begin(self) -> None:
        """Starts the attack's time, after its preparations."""
        self._began_s = time.monotonic()

    def note(self, what: str) -> None:
        with self._lock:
            self.requests += 1
            self.statuses[what] += 1

    def seen(self, status: int) -> int:
        return self.statuses[str(status)]

    def pace(self) -> None:
        with self._lock:
            now_s = time.monotonic()
            self._next_at_s = max(self._next_at_s, now_s - 0.1) + 1 / RATE_PER_S
            wait_s = self._next_at_s - now_s
        if wait_s > 0:
            time.sleep(wait_s)
