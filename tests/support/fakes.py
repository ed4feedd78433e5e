"""In-memory stand-ins for DynamoDB and SQS, at the seam of the stores, and a clock that tests turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tapstack.config import Settings
from tapstack.domain.paging import Page
from tapstack.domain.state import Counter, EndedSession, Player
from tapstack.errors import NotFound, StoreUnavailable
from tapstack.stores.hot import HotStore
from tapstack.stores.hot_board import HotBoard
from tapstack.stores.hot_periods import HotPeriods
from tapstack.stores.hot_sync import HotSync


@dataclass
class FakeClock:
    """Milliseconds since 1970 that pass only when told to."""

    now_ms: int = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now_ms

    def pass_ms(self, ms: int) -> None:
        self.now_ms += ms


class FakeCounters:
    """CounterStore's behaviour in two dicts; `away` makes every call fail as an absent DynamoDB does."""

    def __init__(self) -> None:
        self.items: dict[str, Counter] = {}
        self.history: dict[tuple[str, str], EndedSession] = {}
        self.away = False

    def _reach(self) -> None:
        if self.away:
            raise StoreUnavailable("away", retry_after_s=1)

    def get(self, player_id: str) -> Counter | None:
        self._reach()
        return self.items.get(player_id)

    def put(self, counters: Sequence[Counter]) -> None:
        self._reach()
        self.items.update({counter.player_id: counter for counter in counters})

    def scan(self, page: int = 500) -> Iterator[list[Counter]]:
        self._reach()
        rows = list(self.items.values())
        for start in range(0, len(rows), page):
            yield rows[start : start + page]

    def past_session(self, player_id: str, session_key: str) -> EndedSession | None:
        self._reach()
        return self.history.get((player_id, session_key))

    def put_history(self, lines: Sequence[EndedSession]) -> None:
        self._reach()
        self.history.update({(line.player_id, line.session_key): line for line in lines})


class FakePlayers:
    """Accounts that exist as soon as somebody asks for them."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.accounts: dict[str, Player] = {}

    def add(self, player_id: str) -> Player:
        made = Player(player_id, len(self.accounts) + 1, None, "", player_id[:8], "en", self.clock())
        return self.accounts.setdefault(player_id, made)

    def get(self, player_id: str) -> Player:
        if player_id not in self.accounts:
            raise NotFound("there is no such player", code="player_unknown")
        return self.accounts[player_id]

    def usernames(self, player_ids: Sequence[str]) -> dict[str, str | None]:
        return {i: self.accounts[i].username for i in player_ids if i in self.accounts}


class NobodyListed:
    """A PlayerIndex in which nobody has a standing."""

    def of_standing(self, *_: Any, **__: Any) -> Page[Player]:
        return Page(())


@dataclass
class FakeQueue:
    """Keeps what was sent."""

    sent: list[str] = field(default_factory=list)
    buried: list[tuple[Counter, str]] = field(default_factory=list)

    def send(self, kind: str, *, delay_s: int = 0) -> None:
        self.sent.append(f"{kind} in {delay_s} s" if delay_s else kind)

    def bury(self, counter: Counter, reason: str) -> None:
        self.buried.append((counter, reason))


class FakeStores:
    """A real Redis with everything else in memory, all going by one turned clock."""

    def __init__(self, settings: Settings, client: object) -> None:
        self.settings = settings
        self.clock = FakeClock()
        self.hot = HotStore(client, buckets=settings.buckets, taps_per_s=settings.taps_per_s, now_ms=self.clock)
        self.hot_sync = HotSync(client, buckets=settings.buckets)
        self.hot_board = HotBoard(client, buckets=settings.buckets)
        self.hot_periods = HotPeriods(client, buckets=settings.buckets, hot_sync=self.hot_sync)
        self.player_index = NobodyListed()
        self.counters = FakeCounters()
        self.players = FakePlayers(self.clock)
        self.queue = FakeQueue()
