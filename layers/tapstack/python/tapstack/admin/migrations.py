"""Brings all items of a table to the version that this release writes, while the game goes on.

Every segment of the table is scanned in pages; an item of an older version is upcast and written back, but only where
it still is as it was read: a save that comes between is never overwritten, and the item is read again. After each page
the segment's place is recorded, so that a run that was killed goes on there. Doing any of it twice changes nothing.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tapstack.admin.model import Checkpoint, Migrated
from tapstack.admin.ports import MigrationPorts
from tapstack.broadcasts.schemas import BROADCASTS
from tapstack.economy.schemas import COMMONS, HOLDINGS
from tapstack.leaderboards.schemas import BOARDS
from tapstack.league.schemas import LEAGUE
from tapstack.platform.versions import Item, Schema
from tapstack.play.schemas import COUNTERS, SESSIONS
from tapstack.players.schemas import PLAYERS
from tapstack.telegram.schemas import CHATS

SCHEMAS: Mapping[str, Schema] = {
    schema.table: schema
    for schema in (COUNTERS, SESSIONS, PLAYERS, CHATS, BOARDS, LEAGUE, BROADCASTS, HOLDINGS, COMMONS)
}
"""What can be migrated: all tables whose items carry a version, but for the ledger, which nobody changes."""

PAGE = 100
"""Items read at once, by one segment: a killed run repeats at most so many of each."""

ATTEMPTS = 5
"""How often an item is read again that somebody else writes meanwhile."""

SEGMENTS = 8
PER_S = 500


class Pace:
    """Lets no more than so many items a second pass, all threads together."""

    def __init__(self, per_s: float, clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], None] = time.sleep) -> None:  # fmt: skip
        self._gap_s = 1 / per_s
        self._clock, self._sleep = clock, sleep
        self._next_s = clock()
        self._lock = threading.Lock()

    def wait(self) -> None:
        with self._lock:
            now_s = self._clock()
            at_s = max(self._next_s, now_s)
            self._next_s = at_s + self._gap_s
        if at_s > now_s:
            self._sleep(at_s - now_s)


class _Tally:
    """What all segments have found so far."""

    def __init__(self, schema: Schema, advance: Callable[[int], object]) -> None:
        self._schema, self._advance = schema, advance
        self._lock = threading.Lock()
        self.versions: Counter[int] = Counter()
        self.changed = 0
        self.contended: list[Item] = []
        self.unreadable: list[Item] = []
        self.stopped = threading.Event()

    def key_of(self, item: Item) -> Item:
        return {name: item[name] for name in self._schema.key}

    @contextmanager
    def item(self) -> Iterator[None]:
        with self._lock:
            yield
            self._advance(1)

    def result(self) -> Migrated:
        return Migrated(dict(sorted(self.versions.items())), self.changed, self.contended, self.unreadable)


def migrate(
    ports: MigrationPorts,
    schema: Schema,
    *,
    segments: int = SEGMENTS,
    pace: Pace | None = None,
    dry_run: bool = False,
    restart: bool = False,
    advance: Callable[[int], object] = lambda _: None,
) -> Migrated:
    """Migrates a table; what of it there was to do. A run that was killed goes on where it was, unless `restart`.

    With `dry_run` nothing is written, no checkpoint either. Segments are scanned in parallel, all of them together
    at a pace. Raises StoreUnavailable where a store is unavailable; started again it goes on.
    """
    pace = pace or Pace(PER_S)
    tally = _Tally(schema, advance)
    known = None if restart or dry_run else ports.migration_checkpoints.read(schema.table)
    if known is None or known.version != schema.version:
        known = Checkpoint(schema.version, segments, {})
        if not dry_run:
            ports.migration_checkpoints.begin(schema.table, schema.version, segments)

    def one(segment: int) -> None:
        after = known.reached.get(segment)
        if segment in known.reached and after is None:
            return
        try:
            while not tally.stopped.is_set():
                page = ports.raw_tables.scan(schema, segment, known.segments, after, PAGE)
                for item in page.items:
                    pace.wait()
                    _migrate_item(ports, schema, item, tally, dry_run)
                after = page.after
                if not dry_run:
                    ports.migration_checkpoints.record(schema.table, segment, after)
                if after is None:
                    return
        except BaseException:
            tally.stopped.set()
            raise

    with ThreadPoolExecutor(known.segments) as pool:
        for done in [pool.submit(one, segment) for segment in range(known.segments)]:
            done.result()
    if not dry_run:
        ports.migration_checkpoints.clear(schema.table)
    return tally.result()


def verify(ports: MigrationPorts, schema: Schema, *, segments: int = SEGMENTS, pace: Pace | None = None) -> Migrated:
    """Counts a table's items by version; those below the schema's are still to be migrated."""
    return migrate(ports, schema, segments=segments, pace=pace, dry_run=True)


def _migrate_item(ports: MigrationPorts, schema: Schema, item: Item, tally: _Tally, dry_run: bool) -> None:
    try:
        version, current = schema.version_of(item), schema.upcast(item)
    except Exception:  # noqa: BLE001 - an upcast may fail in any way on an item that nobody has written so
        with tally.item():
            tally.unreadable.append(tally.key_of(item))
        return
    changed, found = False, True
    if current is not item and not dry_run:
        changed, found = _replace(ports, schema, item, current)
    with tally.item():
        tally.versions[version] += 1
        tally.changed += changed or (dry_run and current is not item)
        if not found:
            tally.contended.append(tally.key_of(item))


def _replace(ports: MigrationPorts, schema: Schema, item: Item, current: Item) -> tuple[bool, bool]:
    """Whether the item was changed, and whether it is in order now: changed, migrated by another, or gone."""
    for _ in range(ATTEMPTS):
        if ports.raw_tables.replace(schema, item, current):
            return True, True
        again = ports.raw_tables.get(schema, item)
        if again is None:
            return False, True
        item, current = again, schema.upcast(again)
        if current is item:
            return False, True
    return False, False
