"""Rooms in a real Redis: order, retries, limits, and what is noticed when it forgets."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from support.game import make_settings
from support.racing import ManualClock, race
from tapstack.live import redis_keys, rules, tickets
from tapstack.live.model import Pace, Posting, Pushing
from tapstack.live.redis_rooms import RedisConnections, RedisRooms
from tapstack.platform.errors import TooManyRequests
from tapstack.platform.redis_connect import connect

ADA, BOB = "a" * 16, "b" * 16
EVENT = b'{"type":"changed","what":"x"}'


@pytest.fixture
def client(redis_url: str) -> Any:
    return connect(make_settings(redis_url))


@pytest.fixture
def rooms(client: Any, clock: ManualClock) -> RedisRooms:
    return RedisRooms(client, lambda: 1_000, clock)


@pytest.fixture
def room() -> str:
    return f"lobby:{uuid.uuid4().hex}"


def test_racing_authors_get_numbers_without_a_gap(rooms: RedisRooms, room: str) -> None:
    rooms.enter(room, ADA, "a", "", 0)
    appended = race(32, lambda number: rooms.append(room, Posting(b"%d" % number, ADA, str(number))))
    assert sorted(each.seq for each in appended) == list(range(1, 33))
    found = rooms.look(room, "", 0)
    assert [each.seq for each in found.kept] == list(range(1, 33))
    assert {each.event for each in found.kept} == {b"%d" % number for number in range(32)}


def test_racing_retries_of_one_op_say_it_once(rooms: RedisRooms, room: str) -> None:
    appended = race(32, lambda _: rooms.append(room, Posting(EVENT, ADA, "op")))
    assert {each.seq for each in appended} == {1}
    assert [each.pushing for each in appended].count(Pushing.NOBODY) == 31
    assert rooms.append(room, Posting(EVENT, BOB, "op")).seq == 2


def test_room_keeps_the_last_fifty(rooms: RedisRooms, room: str) -> None:
    for number in range(rules.KEPT + 5):
        rooms.append(room, Posting(b"%d" % number))
    found = rooms.look(room, "", 0)
    assert [each.seq for each in found.kept] == list(range(6, rules.KEPT + 6))
    assert [each.seq for each in rooms.look(room, found.epoch, 53).kept] == [54, 55]
    assert rooms.look(room, found.epoch, 55).kept == ()


@pytest.mark.parametrize(("kind", "hours"), [("duel", 1), ("rally", 24), ("faction", 7 * 24)])
def test_room_is_kept_as_long_as_its_kind_is_of_use(rooms: RedisRooms, client: Any, kind: str, hours: int) -> None:
    author, name = uuid.uuid4().hex[:16], f"{kind}:{uuid.uuid4().hex[:16]}"
    meta, log, _ = redis_keys.room(name)
    rooms.look(name, "", 0)
    assert 0 < client.pttl(meta) <= hours * 3_600_000
    rooms.append(name, Posting(EVENT, author))
    for key in (meta, log):
        assert (hours - 1) * 3_600_000 < client.pttl(key) <= hours * 3_600_000
    known_ms = client.zscore(redis_keys.spoken(author), name) - rooms.append(name, Posting(EVENT)).at_ms
    assert known_ms == 2 * hours * 3_600_000  # as long as anything of it can be there


def test_forgotten_room_begins_again_under_another_epoch(rooms: RedisRooms, client: Any, room: str) -> None:
    before = rooms.append(room, Posting(EVENT, ADA, "op"))
    rooms.enter(room, ADA, "a", "", 0)
    client.delete(*(f"{{room:{room}}}:{part}" for part in ("meta", "members")))  # what is left of it is no help
    after = rooms.append(room, Posting(EVENT, ADA, "op"))
    assert after.epoch != before.epoch
    assert (after.seq, after.connections) == (1, ())
    found = rooms.look(room, before.epoch, before.seq)
    assert [each.seq for each in found.kept] == [1]
    assert rooms.stay(room, ADA, "a") is None


def test_members_are_told_until_they_are_away(rooms: RedisRooms, clock: ManualClock, room: str) -> None:
    for player, connection in ((ADA, "a1"), (ADA, "a2"), (BOB, "b=")):
        found = rooms.enter(room, player, connection, "", 0)
    assert found is not None
    assert found.online == 2
    assert set(rooms.append(room, Posting(EVENT)).connections) == {"a1", "a2", "b="}
    clock.now_ms += rules.PRESENCE_MS - 1
    assert rooms.stay(room, BOB, "b=")
    clock.now_ms += 1
    assert rooms.append(room, Posting(EVENT)).connections == ("b=",)
    rooms.drop(room, ["b="])
    assert rooms.look(room, "", 0).online == 0


def test_room_takes_so_many_and_no_more_at_once(rooms: RedisRooms, room: str) -> None:
    free = 10
    for number in range(rules.MEMBERS_MAX - free):
        assert rooms.enter(room, f"{number:016x}", f"c{number}", "", 0)
    entered = race(3 * free, lambda number: rooms.enter(room, f"a{number:015x}", f"a{number}", "", 0))
    assert [found is not None for found in entered].count(True) == free


def test_pushes_beyond_the_budget_wait_for_one_who_takes_them_all(client: Any, clock: ManualClock, room: str) -> None:
    rooms = RedisRooms(client, lambda: 10, clock)
    for number in range(5):
        rooms.enter(room, ADA, f"c{number}", "", 0)
    first, second, third = (rooms.append(room, Posting(b"%d" % number)) for number in range(3))
    assert (first.pushing, len(first.connections)) == (Pushing.NOW, 5)
    assert (second.pushing, second.wait_ms) == (Pushing.SOON, 500)
    assert third.pushing is Pushing.ANOTHER
    clock.now_ms += 500
    batch = rooms.take(room)
    assert batch is not None
    assert [each.event for each in batch.kept] == [b"1", b"2"]
    assert len(batch.connections) == 5
    assert rooms.append(room, Posting(b"3")).pushing is Pushing.SOON
    clock.now_ms += 10_000  # who has claimed it has died
    later = rooms.append(room, Posting(b"4"))
    assert later.pushing is Pushing.NOW


def test_pace_is_of_a_player_in_a_room(rooms: RedisRooms, clock: ManualClock, room: str) -> None:
    posting = Posting(EVENT, ADA, pace=Pace(2, 1_000))
    rooms.append(room, posting)
    rooms.append(room, posting)
    with pytest.raises(TooManyRequests) as refused:
        rooms.append(room, posting)
    assert refused.value.retry_after_ms == 1_000
    rooms.append(room, Posting(EVENT, BOB, pace=Pace(2, 1_000)))
    clock.now_ms += 1_000
    assert rooms.append(room, posting).seq == 4


def test_what_an_author_has_said_can_be_removed_everywhere(rooms: RedisRooms, room: str) -> None:
    author = uuid.uuid4().hex[:16]
    rooms.append(room, Posting(b"1", author, "1"))
    rooms.append(room, Posting(b"2", BOB, "2"))
    rooms.append(room, Posting(b"3"))
    rooms.append(room, Posting(b"4", author, "4"))
    assert rooms.spoken(author) == [room]
    assert rooms.remove(room, seq=3) == []  # nobody's: an event of the game
    assert rooms.remove(room, author=author) == [1, 4]
    assert [each.event for each in rooms.look(room, "", 0).kept] == [b"2", b"3"]
    rooms.forget(author)
    assert rooms.spoken(author) == []


def test_connections_of_a_player_are_counted(client: Any, clock: ManualClock) -> None:
    connections, player = RedisConnections(client, clock), uuid.uuid4().hex[:16]
    for number in range(rules.CONNECTIONS_MAX):
        assert connections.connect(player, f"{player}{number}") == []
        clock.now_ms += 1
    assert connections.connect(player, f"{player}x") == [f"{player}0"]
    assert connections.player_of(f"{player}x") == player
    connections.disconnect(player, f"{player}x")
    assert connections.player_of(f"{player}x") is None
    assert f"{player}x" not in connections.of_player(player)


def test_racing_uses_of_one_ticket_open_one_connection(client: Any) -> None:
    connections, player = RedisConnections(client), uuid.uuid4().hex[:16]
    assert race(32, lambda _: connections.use_ticket(player, "00000001")).count(True) == 1
    assert connections.use_ticket(player, "00000002")
    assert 0 < client.ttl(redis_keys.ticket(player, "00000001")) <= 2 * tickets.TTL_S


def test_evicted_player_is_in_the_room_no_more(rooms: RedisRooms, room: str) -> None:
    rooms.enter(room, ADA, "a", "", 0)
    rooms.enter(room, BOB, "b", "", 0)
    assert rooms.evict(room, ADA) == ["a"]
    assert rooms.append(room, Posting(EVENT)).connections == ("b",)
    rooms.leave(room, BOB, "b")
    assert rooms.look(room, "", 0).online == 0
