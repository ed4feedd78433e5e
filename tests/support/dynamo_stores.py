"""The DynamoDB stores over fresh tables, and a record of their calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tapstack.admin.dynamo_metrics import MetricsStore
from tapstack.audit.dynamo_audit import AuditStore
from tapstack.leaderboards.dynamo_archive import ArchiveStore
from tapstack.platform.clock import system_clock
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.paging import Cursors
from tapstack.players.dynamo_player_index import PlayerIndex
from tapstack.players.dynamo_players import PlayerStore
from tapstack.privacy.dynamo_erasures import ErasureStore
from tapstack.telegram.dynamo_messages import MessageStore

from support.aws_calls import watched


class NothingKept:
    """What is kept of accounts where nothing is."""

    def forget(self, *player_ids: str) -> None: ...
    def drop(self, player_id: str, telegram_id: int) -> None: ...


NOTHING_KEPT = NothingKept()
CURSORS = Cursors(lambda: ("signing-key-of-the-store-tests",))


@dataclass
class DynamoStores:
    """The stores over fresh tables, with a clock that a test turns."""

    tables: Tables
    late_s: int = 0
    players: PlayerStore = field(init=False)

    def __post_init__(self) -> None:
        self.players = PlayerStore(self.tables, NOTHING_KEPT, self.clock)
        self.index = PlayerIndex(self.players, CURSORS)
        self.erasures = ErasureStore(self.tables, NOTHING_KEPT)
        self.archive = ArchiveStore(self.tables, CURSORS)
        self.messages = MessageStore(self.tables, CURSORS)
        self.audit = AuditStore(self.tables)
        self.metrics = MetricsStore(self.tables)

    def clock(self) -> int:
        return system_clock() + self.late_s * 1_000


@contextmanager
def recorded_calls() -> Iterator[list[str]]:
    """The names of all AWS calls in a with-block, in order."""
    made: list[str] = []
    with watched(lambda _, operation, __: made.append(operation)):
        yield made
