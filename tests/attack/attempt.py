"""What an attack works with: its lines to the game, accounts of its own, and what it must see."""

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
"""What the HTTP server itself may refuse by, without a body: before a request is read there is nobody to say a code."""

RATE_PER_S = 400
"""Requests of all an attack's callers together: what one machine can send without being the cause of a wait."""

ACCOUNTS = 900_000_000
MOST_PROBLEMS = 12
SHORT_DEADLINE_S = 40.0
"""In the short form, which runs among other tests, a slow machine is no hang."""

PATIENCE_S = 12.0
"""How long somebody who is told to come back later tries again, where an attack needs an account to begin with."""


@dataclass(frozen=True)
class Account:
    """A player of the attacker's: signed in by Telegram like anybody."""

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
    """One attack under way; `number` keeps its accounts and its address apart from all others'."""

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
        """How long to wait for an answer that ought to come within so long."""
        return SHORT_DEADLINE_S if self.short else seconds

    @property
    def over(self) -> bool:
        return time.monotonic() > self._began_s + self.seconds

    # What it does

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
        """A request at the pace of the attack; None where the connection was closed. A 5xx or a hang is a problem."""
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
        """Lets a crowd act until it is refused by a 429, and goes on to the end of its time.

        That must come once there were more requests than so many at once and so many a second: on a machine too
        slow for that within four times the attack's time, nothing is said.
        """
        before, refused, began_s = self.requests, self.seen(429), time.monotonic()

        def due() -> bool:
            return self.requests - before > burst + per_s * (time.monotonic() - began_s)

        give_up_s = began_s + 4 * self.seconds + 5
        self.crowd(callers, act, lambda: self.seen(429) > refused or due() or time.monotonic() > give_up_s)
        took_s = time.monotonic() - began_s
        sent = f"{self.requests - before} requests by one account in {took_s:.0f} s"
        self.expect(self.seen(429) > refused or not due(), f"{sent}, none refused")

    def crowd(self, callers: int, act: Callable[[Line, int], None], enough: Callable[[], bool] = lambda: True) -> None:
        """Lets many callers act over and over until the time is over, each on a line of its own."""

        def one(caller: int) -> None:
            with self.line() as line:
                while not (self.over and enough()):
                    act(line, caller)

        with ThreadPoolExecutor(callers) as pool:
            list(pool.map(one, range(callers)))

    def account(self, number: int = 0, *, session: str = "", **fields: Any) -> Account:
        """Signs in; fails where the game does not let an ordinary newcomer in."""
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
                    raise AssertionError(f"an ordinary sign-in is answered {answer and (answer.status, answer.code)}")
                time.sleep(min(2.0, float(answer.headers.get("retry-after", 1)) if answer else 1.0))
        opened = answer.json()
        player = opened["player"]
        return Account(telegram_id, player["id"], opened["token"], session_id, player["ref_code"], launch)

    def patiently(self, line: Line, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer | None:
        """Asks until the answer is none that says to come back later."""
        give_up_s = time.monotonic() + PATIENCE_S
        while True:
            answer = self.ask(line, method, path, body, headers)
            if answer is None or answer.status != 429 or time.monotonic() > give_up_s:
                return answer
            time.sleep(min(3.0, float(answer.headers.get("retry-after", 1))))

    def update(self, line: Line, update: Any) -> Answer | None:
        """Brings an update as Telegram does."""
        return self.ask(
            line,
            "POST",
            "/telegram/webhook",
            update,
            {"X-Telegram-Bot-Api-Secret-Token": self.target.webhook_secret},
        )

    # What it sees

    def expect(self, holds: object, otherwise: str) -> None:
        """States what must be so; what is not is a problem."""
        if not holds:
            self.problem(otherwise)

    def refused(self, answer: Answer | None, what: str, *statuses: int) -> None:
        """States that a request must have been refused in the API's form: by one of these statuses, or any 4xx."""
        if answer is None:
            return  # closed; a hang is a problem already
        allowed = answer.status in statuses if statuses else 400 <= answer.status < 500
        if not allowed and answer.status < 500:
            self.problem(f"{what}: {answer.status} {answer.body[:120]!r}")
        elif allowed and not answer.code and not (answer.status in PARSER and not answer.body):
            self.problem(f"{what}: refused by {answer.status} without a code: {answer.body[:80]!r}")

    def problem(self, text: str) -> None:
        with self._lock:
            if text not in self.problems and len(self.problems) < MOST_PROBLEMS:
                self.problems.append(text)

    def begin(self) -> None:
        """Begins the attack's time: what came before was making ready."""
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
