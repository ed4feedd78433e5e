"""The job that brings all items of a table to the current version: resumed after a kill, beside a game that goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.game import Game
from support.servers import ROOT
from support.waiting import wait_until
from tapstack.admin.migrations import ATTEMPTS, SCHEMAS, Pace, migrate, verify
from tapstack.cli import cli
from tapstack.platform.batches import batches
from tapstack.platform.dynamo import put_all
from tapstack.platform.settings import TableSettings
from tapstack.platform.versions import Item, Schema
from tapstack.play.dynamo_items import counter_item
from tapstack.play.model import Counter
from tapstack.play.schemas import COUNTERS

PLAYERS = 300
FAST = 1_000_000


def fast() -> Pace:
    return Pace(FAST)


def with_rank(item: Item) -> Item:
    return {**item, "tier": {"S": "gold"}, "clicks": {"N": str(2 * int(item["clicks"]["N"]))}}


DOUBLED = Schema("counters", ("id",), (*COUNTERS.upcasts, with_rank))
"""A later version: its upcast changes a value, adds one, and must not be applied twice."""


def _unversioned(number: int) -> Item:
    """An item as releases wrote it before there were versions."""
    item = counter_item(Counter(f"{number:016x}", clicks=number, last_tap_at_ms=1))
    del item["v"]
    return item


def fill(game: Game, count: int = PLAYERS) -> None:
    items = [_unversioned(number) for number in range(count)]
    for batch in batches(items, 25):
        put_all(game.stores.tables.client, game.stores.settings.tables.counters, batch)


def items(game: Game) -> dict[str, Item]:
    name = game.stores.settings.tables.counters
    pages = game.stores.tables.connection.client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    return {item["id"]["S"]: item for page in pages for item in page["Items"]}


def test_migration_brings_every_item_to_the_version_and_changes_nothing_else(game: Game) -> None:
    fill(game)
    before = items(game)
    assert verify(game.stores, COUNTERS, pace=fast()).versions == {0: PLAYERS}
    done = migrate(game.stores, COUNTERS, segments=4, pace=fast())
    assert (done.scanned, done.changed, done.contended, done.unreadable) == (PLAYERS, PLAYERS, [], [])
    assert items(game) == {key: {**item, "v": {"N": "1"}} for key, item in before.items()}
    assert verify(game.stores, COUNTERS, pace=fast()).versions == {1: PLAYERS}
    assert migrate(game.stores, COUNTERS, segments=4, pace=fast()).changed == 0


def test_dry_run_says_what_there_is_to_do_and_does_nothing(game: Game) -> None:
    fill(game, 30)
    before = items(game)
    assert migrate(game.stores, COUNTERS, dry_run=True, pace=fast()).changed == 30
    assert items(game) == before
    assert not game.stores.redis.keys("migration:*")


def test_unreadable_item_is_named_and_stays(game: Game) -> None:
    fill(game, 3)
    name = game.stores.settings.tables.counters
    bad = {"id": {"S": "bad"}, "v": {"S": "two"}}
    game.stores.tables.connection.client.put_item(TableName=name, Item=bad)
    done = migrate(game.stores, COUNTERS, pace=fast())
    assert (done.changed, done.unreadable) == (3, [{"id": {"S": "bad"}}])
    assert items(game)["bad"] == bad


class Beside:
    """The raw items, with somebody who saves a counter just before it is written."""

    def __init__(self, game: Game, times: int) -> None:
        self._raw, self._game, self._left = game.stores.raw_tables, game, times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def replace(self, schema: Schema, read: Item, item: Item) -> bool:
        if self._left > 0:
            self._left -= 1
            self._game.stores.counters.put([Counter(read["id"]["S"], clicks=1_000 + self._left)])
        return self._raw.replace(schema, read, item)


@dataclass
class Ports:
    raw_tables: Any
    migration_checkpoints: Any


def test_save_that_comes_between_is_never_overwritten(game: Game) -> None:
    fill(game, 1)
    ports = Ports(Beside(game, 2), game.stores.migration_checkpoints)
    done = migrate(ports, DOUBLED, segments=1, pace=fast())
    assert (done.changed, done.contended) == (1, [])
    (item,) = items(game).values()
    assert (item["clicks"], item["tier"], item["v"]) == ({"N": "2000"}, {"S": "gold"}, {"N": "2"})


def test_item_that_is_written_all_the_time_is_left_and_named(game: Game) -> None:
    fill(game, 1)
    ports = Ports(Beside(game, 2 * ATTEMPTS), game.stores.migration_checkpoints)
    done = migrate(ports, DOUBLED, segments=1, pace=fast())
    assert (done.changed, len(done.contended)) == (0, 1)
    (item,) = items(game).values()
    assert "tier" not in item


class Killed(BaseException):
    """The job's process has ended here."""


class Fused:
    """Raw items whose job ends before the n-th write."""

    def __init__(self, raw: Any, writes: int) -> None:
        self._raw, self._left = raw, writes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def replace(self, schema: Schema, read: Item, item: Item) -> bool:
        self._left -= 1
        if self._left < 0:
            raise Killed
        return bool(self._raw.replace(schema, read, item))


@pytest.mark.parametrize("writes", [0, 1, 150, 299])
def test_killed_migration_resumes_and_applies_no_upcast_twice(game: Game, writes: int) -> None:
    fill(game)
    with pytest.raises(Killed):
        migrate(
            Ports(Fused(game.stores.raw_tables, writes), game.stores.migration_checkpoints),
            DOUBLED,
            segments=2,
            pace=fast(),
        )
    migrate(game.stores, DOUBLED, segments=7, pace=fast())  # scans on with the 2 segments that it had
    clicks = {int(key, 16): int(item["clicks"]["N"]) for key, item in items(game).items()}
    assert clicks == {number: 2 * number for number in range(PLAYERS)}
    assert verify(game.stores, DOUBLED, pace=fast()).versions == {2: PLAYERS}


def test_pace_holds_for_all_threads_together() -> None:
    now, slept = 0.0, []

    def sleep(seconds: float) -> None:
        slept.append(seconds)

    pace = Pace(10, lambda: now, sleep)
    for _ in range(4):
        pace.wait()
    assert slept == pytest.approx([0.1, 0.2, 0.3])


@pytest.fixture
def env(game: Game) -> Iterator[dict[str, str]]:
    """What leads a `tapstack` of another process to the game."""
    s = game.stores.settings
    yield {
        **os.environ,
        "REDIS_URL": s.redis.url,
        **{f"{name.upper()}_TABLE": s.tables.name_of(name) for name, _ in TableSettings.settings()},
        "SYNC_QUEUE_URL": s.play.sync_queue_url,
        "SYNC_DEAD_LETTER_QUEUE_URL": s.play.sync_dead_letter_queue_url,
        "OUTBOX_QUEUE_URL": s.telegram.outbox_queue_url,
        "OUTBOX_DEAD_LETTER_QUEUE_URL": s.telegram.outbox_dead_letter_queue_url,
        "PYTHONPATH": str(ROOT / "layers/tapstack/python"),
    }


def test_command_that_was_killed_goes_on_where_it_was(game: Game, env: dict[str, str]) -> None:
    fill(game)
    command = [sys.executable, "-m", "tapstack", "--json", "--yes", "migrate", "counters", "--segments", "1"]
    process = subprocess.Popen([*command, "--per-s", "100"], env=env, cwd=Path("/"))  # noqa: S603
    try:
        checkpoint = "migration:counters"
        wait_until("a first page is migrated", lambda: game.stores.redis.hexists(checkpoint, "0"))
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    found = [item.get("v") for item in items(game).values()]
    assert 0 < found.count({"N": "1"}) < PLAYERS
    done = subprocess.run(  # noqa: S603
        [*command, "--per-s", "100000"], env=env, cwd=Path("/"), check=True, capture_output=True, text=True
    )
    answer = json.loads(done.stdout)
    assert 0 < answer["scanned"] <= PLAYERS - 100
    assert {item["v"]["N"] for item in items(game).values()} == {"1"}


def test_verify_fails_until_all_is_migrated(game: Game, env: dict[str, str]) -> None:
    fill(game, 3)
    runner = CliRunner(env=env)
    assert runner.invoke(cli, ["migrate", "--verify"]).exit_code == 1
    assert runner.invoke(cli, ["migrate", "--dry-run"]).exit_code == 0
    done = runner.invoke(cli, ["--yes", "migrate", "counters"])
    assert "found 3 of version 0; changed 3 to version 1" in done.output
    assert runner.invoke(cli, ["migrate", "--verify"]).exit_code == 0
    assert set(SCHEMAS) >= {"counters", "sessions"}
