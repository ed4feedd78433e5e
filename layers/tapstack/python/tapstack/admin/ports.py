"""What operations and the jobs of every minute need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from tapstack.admin.model import BoardPosition, Checkpoint, ItemPage, SavingStatus
from tapstack.audit.ports import AuditLog
from tapstack.leaderboards.model import BucketSummary
from tapstack.platform.clock import Clock
from tapstack.platform.versions import Item, Schema
from tapstack.play.model import Counter, Reading, Refusal
from tapstack.play.ports import CounterWrites, PlayerLoading, SavedCounters, SavingPorts, SavingQueue, Tickets
from tapstack.players.model import Player
from tapstack.players.ports import Accounts

# -- stores --


class Adjustments(Protocol):
    def adjust(self, player_id: str, by: int) -> int | None: ...


class BoardRepairs(Protocol):
    def repair(self, player_id: str, clicks: int, at_ms: int, ticket: str = "") -> bool | Refusal: ...


class SavingWatch(Protocol):
    def saving(self, now_ms: int) -> SavingStatus: ...


class Memory(SavingWatch, Protocol):
    def memory_bytes(self) -> int: ...


class BoardPositions(Protocol):
    def refused(self) -> list[str]: ...
    def positions(self, player_ids: Sequence[str]) -> dict[str, BoardPosition]: ...


class ServerClock(Protocol):
    def server_time_ms(self) -> int: ...


class CounterPages(Protocol):
    def scan_page(
        self, after: str | None, size: int = ..., unreadable: Callable[[str, str], object] = ...
    ) -> tuple[list[Counter], str | None]: ...


class AllCounters(CounterPages, SavedCounters, Protocol):
    """Saved counters, page by page and one by one."""


class AdjustedCounters(SavedCounters, CounterWrites, Protocol):
    """Saved counters, to load a player and to save them."""


class LiveReadings(Protocol):
    def read_each(self, player_ids: Sequence[str]) -> Reading: ...


class LiveCounters(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class SeededRanking(Protocol):
    def rank(self, counters: Iterable[Counter], now_ms: int) -> None: ...


class PeriodRanking(SeededRanking, Protocol):
    def changed(self) -> list[str]: ...


class BucketTotals(Protocol):
    def summaries(self, top: int) -> list[BucketSummary]: ...


class QueueDepths(Protocol):
    def waiting(self) -> int: ...
    def dead_letters(self) -> int: ...


class MetricsHistory(Protocol):
    def latest(self, now_s: int, *, limit: int = 60) -> list[tuple[int, dict[str, int]]]: ...


class Metrics(MetricsHistory, Protocol):
    def put(self, at_s: int, metrics: Mapping[str, int]) -> None: ...


class SeededAccounts(Protocol):
    def put(self, players: Sequence[Player]) -> None: ...


class BoardRestoring(Protocol):
    def restore(self, counters: Iterable[Counter], token: str = "") -> int: ...


class InFlight(SavingQueue, Protocol):
    def in_flight(self) -> int: ...


class RawTables(Protocol):
    """Items as DynamoDB has them, of any version."""

    def scan(self, schema: Schema, segment: int, segments: int, after: Item | None, limit: int) -> ItemPage: ...
    def get(self, schema: Schema, item: Item) -> Item | None: ...
    def replace(self, schema: Schema, read: Item, item: Item) -> bool: ...


class Checkpoints(Protocol):
    def read(self, table: str) -> Checkpoint | None: ...
    def begin(self, table: str, version: int, segments: int) -> None: ...
    def record(self, table: str, segment: int, after: Item | None) -> None: ...
    def clear(self, table: str) -> None: ...


# -- bundles --


class AdjustPorts(SavingPorts, Protocol):
    """To change a player's clicks, record that, and save them."""

    @property
    def players(self) -> Accounts: ...
    @property
    def play(self) -> PlayerLoading: ...
    @property
    def counters(self) -> AdjustedCounters: ...
    @property
    def audit(self) -> AuditLog: ...
    @property
    def live_admin(self) -> Adjustments: ...


class CounterPagePorts(Protocol):
    @property
    def counters(self) -> CounterPages: ...


class VerificationPorts(Protocol):
    """To compare Redis with DynamoDB."""

    @property
    def counters(self) -> AllCounters: ...
    @property
    def saving(self) -> LiveReadings: ...
    @property
    def live_admin(self) -> BoardPositions: ...


class RepairPorts(Protocol):
    """To correct the boards."""

    clock: Clock

    @property
    def counters(self) -> AllCounters: ...
    @property
    def play(self) -> Tickets: ...
    @property
    def saving(self) -> LiveCounters: ...
    @property
    def live_admin(self) -> BoardRepairs: ...
    @property
    def period_boards(self) -> PeriodRanking: ...


class HealthPorts(Protocol):
    clock: Clock

    @property
    def play(self) -> ServerClock: ...
    @property
    def live_admin(self) -> SavingWatch: ...


class MeasurePorts(Protocol):
    """To measure the game."""

    clock: Clock

    @property
    def all_time_board(self) -> BucketTotals: ...
    @property
    def play(self) -> ServerClock: ...
    @property
    def live_admin(self) -> Memory: ...
    @property
    def sync_queue(self) -> QueueDepths: ...
    @property
    def metrics(self) -> MetricsHistory: ...


class MetricsPorts(MeasurePorts, Protocol):
    @property
    def metrics(self) -> Metrics: ...


class SeedPorts(Protocol):
    """To create test players."""

    clock: Clock

    @property
    def seeded_accounts(self) -> SeededAccounts: ...
    @property
    def counters(self) -> CounterWrites: ...
    @property
    def saving(self) -> BoardRestoring: ...
    @property
    def period_boards(self) -> SeededRanking: ...


class SavePorts(SavingPorts, Protocol):
    """To save everybody, and again soon if another run has players in flight."""

    @property
    def saving(self) -> InFlight: ...


class MigrationPorts(Protocol):
    @property
    def raw_tables(self) -> RawTables: ...
    @property
    def migration_checkpoints(self) -> Checkpoints: ...
