"""Two releases on the same stores, as during a deployment: neither fails on what the other writes, nor drops it."""

from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
import pytest
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from msgspec.structs import replace
from support.dynamo_stores import DynamoStores
from support.examples import examples
from support.fakes.ports import RealRedisPorts
from support.game import Game
from support.machine import PLAYERS, SESSIONS, Counting, run
from support.racing import ManualClock
from support.releases import d52364c, next
from tapstack.broadcasts.model import Broadcast
from tapstack.leaderboards.model import Board
from tapstack.platform.bodies import Body, decode_body, encode_body
from tapstack.platform.calendar import Period
from tapstack.platform.dynamo_tables import Tables
from tapstack.play import redis_keys as keys
from tapstack.play import schemas
from tapstack.play.dynamo_counters import CounterStore
from tapstack.play.model import Counter, EndedSession, SyncRequest, TapResult
from tapstack.play.redis_play import RedisPlay
from tapstack.play.redis_saving import RedisSaving
from tapstack.play.rules.tap_button import ButtonState, verify
from tapstack.players.rules.identity import bucket_of
from tapstack.telegram.model import Chat

STORED = d52364c.STORED
ADA, BOB = (STORED["players"][name] for name in ("ada", "bob"))


@pytest.fixture
def tables(ministack_stores: DynamoStores) -> Tables:
    return ministack_stores.tables


def raw(tables: Tables, table: str = "counters") -> list[dict[str, Any]]:
    found = tables.connection.client.scan(TableName=tables.name_of(table), ConsistentRead=True)
    return list(found["Items"])


def put_raw(tables: Tables, item: dict[str, Any], table: str = "counters") -> None:
    tables.connection.client.put_item(TableName=tables.name_of(table), Item=item)


# What the release before wrote is read right


def test_items_of_the_release_before_are_read_and_written_as_they_were(tables: Tables) -> None:
    store = CounterStore(tables)
    for item in STORED["items"]["counters"]:
        put_raw(tables, item)
        counter = store.get(item["id"]["S"])
        assert counter == d52364c.counter_of_item(item)
        store.put([counter])
        assert d52364c.counter_of_item(raw(tables)[0]) == counter
        assert raw(tables)[0].pop("v") == {"N": "1"}
        store.delete(counter.player_id)


def test_history_of_the_release_before_is_read(tables: Tables) -> None:
    store = CounterStore(tables)
    for item in STORED["items"]["sessions"]:
        put_raw(tables, item, "sessions")
        found = store.past_session(item["player_id"]["S"], item["session_key"]["S"])
        assert found
        assert (found.taps, found.ended_at_ms) == (int(item["taps"]["N"]), int(item["ended_at_ms"]["N"]))


def test_hashes_of_the_release_before_are_played_on(game: Game) -> None:
    ports = game.stores
    for key, fields in STORED["hashes"].items():
        ports.redis.hset(key, mapping=fields)
    found = {counter.player_id: counter for counter in ports.saving.read([ADA, BOB])}
    before = {
        player_id: d52364c.counter_of_hash(
            player_id, STORED["hashes"][keys.player(bucket_of(player_id, ports.settings.play.buckets), player_id)]
        )
        for player_id in (ADA, BOB)
    }
    assert found == before
    session = next_open(found[ADA])
    tapped = ports.play.record_taps(ADA, session, found[ADA].sessions[session].taps)
    assert isinstance(tapped, TapResult)
    assert tapped.clicks == found[ADA].clicks


def next_open(counter: Counter) -> str:
    return min(key for key, session in counter.sessions.items() if session.open)


def test_button_of_the_release_before_is_ours() -> None:
    key = ("signing-key-of-the-test-suite",)
    assert verify(STORED["button"], ADA, STORED["now_ms"] // 1_000, key) == ButtonState(5, 1000)


# What this release writes is read by the release before


def test_item_of_this_release_is_read_by_the_one_before(tables: Tables) -> None:
    counter = Counter(ADA, clicks=3, fields={"coins": "5"}, newer='{"attributes":{"league":{"S":"gold"}}}')
    CounterStore(tables).put([counter])
    assert d52364c.counter_of_item(raw(tables)[0]) == Counter(ADA, clicks=3)


def test_paid_taps_that_the_release_before_has_carried_along_are_still_there(game: Game) -> None:
    """It knows nothing of them: it reads them as unknown fields of an item, and writes them back as texts."""
    ports = game.stores
    ada = game.sign_in(1)
    ada.tap(5)
    game.run("sync")
    item = raw(ports.tables)[0]
    carried = {str(name): str(value) for name, value in json.loads(item["fields"]["S"]).items()}
    assert carried.keys() == {"pt", "en"}
    ports.redis.flushall()
    put_raw(ports.tables, {**item, "fields": {"S": json.dumps(carried)}})
    saved = ports.counters.get(ada.id)
    assert saved and saved.paid_taps == 5
    assert ada.tap(7).body["paid_taps"] == 7
    game.run("sync")
    assert json.loads(raw(ports.tables)[0]["fields"]["S"])["pt"] == 7


# Both at once


class Releases(Counting):
    """The machine of counting, in which every step may be another release's."""

    tables: Tables
    names: tuple[str, ...] = ()

    @initialize()
    def start(self) -> None:
        super().start()
        for schema in (schemas.COUNTERS, schemas.SESSIONS):
            for item in raw(self.tables, schema.table):
                name, key = self.tables.name_of(schema.table), schema.key
                self.tables.connection.client.delete_item(TableName=name, Key={part: item[part] for part in key})
        self.releases = {name: self.ports_of(name, self.stores) for name in self.names}
        self.stores = self.releases[self.names[0]]

    def ports_of(self, name: str, base: RealRedisPorts) -> Any:
        """The ports of one release, over the stores of all."""
        play, saving, counters = {
            "this": (RedisPlay, RedisSaving, CounterStore),
            "before": (d52364c.Play, d52364c.Saving, d52364c.Counters),
            "next": (next.Play, RedisSaving, next.Counters),
        }[name]
        buckets = base.settings.play.buckets
        ports: Any = copy.copy(base)
        ports.play = play(self.client, base.settings.play, now_ms=self.clock)
        ports.saving = saving(self.client, buckets=buckets)
        ports.counters = counters(self.tables)
        return ports

    @rule(name=st.sampled_from(["before", "this", "next"]))
    def another_release(self, name: str) -> None:
        """Whoever comes next is answered by another release."""
        self.stores = self.releases.get(name, self.stores)

    @invariant()
    def nothing_counts_twice(self) -> None:
        for player, clicks in self.live_clicks().items():
            assert clicks <= self.taps_of(player), player
        for item in raw(self.tables):
            assert int(item["clicks"]["N"]) <= self.taps_of(item["id"]["S"])

    def saved_paid_taps(self) -> dict[str, int]:
        items = {item["id"]["S"]: json.loads(item["fields"]["S"]) for item in raw(self.tables) if "fields" in item}
        return {player: int(fields.get("pt", 0)) for player, fields in items.items()}

    def saved_clicks(self) -> dict[str, int]:
        return {item["id"]["S"]: int(item["clicks"]["N"]) for item in raw(self.tables) if item["clicks"]["N"] != "0"}


class Deployment(Releases):
    """The release before and this one."""

    names = ("before", "this")
    keeps_paid_taps = False  # that release keeps nothing that it doesn't know


class NextDeployment(Releases):
    """This release and one that may come: what only that knows, this one keeps."""

    names = ("next", "this")

    @initialize()
    def start(self) -> None:
        super().start()
        self.coins = dict.fromkeys(PLAYERS, 0)
        self.migrated: set[str] = set()

    def redis_is_rolled_back_to_the_last_sync(self) -> None:
        """Not a rule here: who comes back from an older state has lost what was newer, whatever the release."""

    @rule(player=st.sampled_from(PLAYERS), session=st.sampled_from(SESSIONS))
    def earn(self, player: str, session: str) -> None:
        """A coin from the next release, saved by whichever is at hand."""
        self.tap_and_send(player, session, 1, 1)
        assert self.releases["next"].play.earn(player) > 0
        self.coins[player] += 1
        self.sync()

    @rule(player=st.sampled_from(PLAYERS))
    def migrate(self, player: str) -> None:
        """The next release brings the item of a player who is not loaded to its version."""
        coins = self.releases["next"].play.coins(player)
        if coins is None and self.releases["next"].counters.migrate(player):
            self.migrated.add(player)

    @invariant()
    def nothing_of_the_next_release_is_lost(self) -> None:
        items = {item["id"]["S"]: item for item in raw(self.tables)} if hasattr(self, "migrated") else {}
        for player, coins in self.coins.items() if items else ():
            live = self.releases["next"].play.coins(player)
            saved = json.loads(items[player]["fields"]["S"]) if "fields" in items.get(player, {}) else {}
            assert coins in (live, int(saved.get("coins", 0))), player
            if live is not None:
                assert live == coins
        for player in self.migrated:
            item = items[player]
            assert item["v"] == {"N": "2"}
            assert item["league"] == {"M": {"name": {"S": "silver"}, "badge": {"B": b"\x00\xff"}}}
            assert all(row[3:] in ([], [next.DEVICE]) for row in json.loads(item["sessions"]["S"]).values())


@pytest.mark.parametrize("machine", [Deployment, NextDeployment])
def test_counting_on_two_releases_ends_exact(machine: type[Releases], tables: Tables, redis_url: str) -> None:
    bound = type(machine.__name__, (machine,), {"tables": tables})
    run(bound, redis_url, max_examples=examples(10), stateful_step_count=25)


# Mutants: what the machine finds


class Forgetful(CounterStore):
    """A store that writes items whole and without what it doesn't know, as the release before did."""

    def put(self, counters: Any) -> None:
        super().put([replace(counter, newer="", fields={}) for counter in counters])


def test_machine_finds_what_a_release_drops(tables: Tables, redis_url: str) -> None:
    class Dropping(NextDeployment):
        def ports_of(self, name: str, base: RealRedisPorts) -> Any:
            ports = super().ports_of(name, base)
            if name == "this":
                ports.counters = Forgetful(self.tables)
            return ports

    Dropping.tables = tables
    with pytest.raises(AssertionError):
        run(Dropping, redis_url, max_examples=60, stateful_step_count=25, derandomize=True, phases=[Phase.generate])


# One by one


def test_unknown_of_a_newer_release_survives_load_tap_and_save(game: Game, clock: ManualClock) -> None:
    ports = game.stores
    ada = game.sign_in(1)
    ada.tap(5)
    game.run("sync")
    item = next.NEXT.upcast(raw(ports.tables)[0])
    rows = json.loads(item["periods"]["S"])
    item["periods"] = {"S": json.dumps([rows[0], rows[1] + ":77:-8", "more"])}
    item["fields"] = {"S": json.dumps({**json.loads(item["fields"]["S"]), "coins": "9"})}
    item["v"] = {"N": "7"}
    ports.redis.flushall()
    put_raw(ports.tables, item)
    assert ada.tap(12).body["clicks"] == 12
    key = keys.player(bucket_of(ada.id, ports.settings.play.buckets), ada.id)
    assert ports.redis.hget(key, "coins") == "9"
    ports.redis.hset(key, "streak", 3)
    game.run("sync")
    after = raw(ports.tables)[0]
    assert {name: after[name] for name in ("v", "league")} == {name: item[name] for name in ("v", "league")}
    fields = json.loads(after["fields"]["S"])
    assert {name: fields[name] for name in fields if name != "en"} == {"coins": "9", "streak": "3", "pt": 12}
    assert [row[3:] for row in json.loads(after["sessions"]["S"]).values()] == [[next.DEVICE]]
    day, packed, more = json.loads(after["periods"]["S"])
    assert (day, more) == (rows[0], "more")
    assert packed.endswith(":77:-8")
    assert after["clicks"] == {"N": "12"}


def test_tail_of_a_session_goes_into_the_history(tables: Tables) -> None:
    store = CounterStore(tables)
    put_raw(
        tables,
        {
            "player_id": {"S": ADA},
            "session_key": {"S": "s"},
            "taps": {"N": "1"},
            "started_at_ms": {"N": "1"},
            "ended_at_ms": {"N": "2"},
            "expires_at_s": {"N": "3"},
            "v": {"N": "9"},
            "place": {"S": "Rome"},
        },
        "sessions",
    )
    assert not store.put_history([EndedSession(ADA, "s", 4, 1, 5, '["phone"]')])
    (row,) = raw(tables, "sessions")
    assert (row["place"], row["v"], row["more"]) == ({"S": "Rome"}, {"N": "9"}, {"S": '["phone"]'})
    assert store.past_session(ADA, "s") == EndedSession(ADA, "s", 4, 1, 5, '["phone"]')


def test_bodies_of_the_release_before_are_read() -> None:
    (chat,), (broadcast,) = STORED["items"]["chats"], STORED["items"]["broadcasts"]
    assert decode_body(chat["body"]["S"], Chat).language == "en"
    assert decode_body(broadcast["body"]["S"], Broadcast).texts == {"en": "Hello"}


@pytest.mark.parametrize(("kind", "table"), [(Chat, "chats"), (Broadcast, "broadcasts")])
def test_body_of_a_newer_release_keeps_what_this_one_does_not_know(kind: type[Body], table: str) -> None:
    stored = json.loads(STORED["items"][table][0]["body"]["S"]) | {"theme": {"dark": [1]}, "quiet": True}
    read = decode_body(json.dumps(stored), kind)
    assert json.loads(encode_body(read)).items() >= stored.items()


def test_boards_of_both_releases_are_read(game: Game) -> None:
    """Rows of a newer release may be longer: unpacked by position they ended the request."""
    name = game.stores.settings.tables.boards
    for item in STORED["items"]["boards"]:
        rows = [[*row, "more"] for row in json.loads(item["rows"]["S"])]
        for stored in (item, {**item, "rows": {"S": json.dumps(rows)}}):
            game.stores.tables.connection.client.put_item(TableName=name, Item=stored)
            assert len(game.stores.archive.latest(Period.DAY, limit=5).items) == 1
            game.stores.archive.fame(Period.DAY)


def test_published_leaderboard_of_the_release_before_is_read() -> None:
    assert msgspec.json.decode(STORED["board"], type=Board).total_clicks == 68


def test_values_in_redis_and_queues_may_have_more_fields_than_this_release_knows() -> None:
    assert msgspec.json.decode(b'{"kind": "sync", "bucket": 3}', type=SyncRequest).kind == "sync"
    assert not Board.__struct_config__.forbid_unknown_fields


def test_accounts_of_the_release_before_are_read(game: Game) -> None:
    name = game.stores.settings.tables.players
    for item in STORED["items"]["players"]:
        game.stores.tables.connection.client.put_item(TableName=name, Item=item)
    assert [game.stores.players.get(player_id).display_name for player_id in (ADA, BOB)] == ["Ada", "Bob"]
