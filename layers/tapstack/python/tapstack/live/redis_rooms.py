"""Rooms in Redis. What is lost with it begins again under a new epoch, and clients notice."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tapstack.live import redis_keys as keys
from tapstack.live import rules, tickets
from tapstack.live.model import Appended, Batch, Kept, Posting, Pushing, Room
from tapstack.platform import redis_scripts
from tapstack.platform.errors import TooManyRequests
from tapstack.platform.redis_client import available

_REFUSED = -1


def _own_time() -> int:
    return 0


class RedisRooms:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, pushes_per_s: Callable[[], int], now_ms: Callable[[], int] = _own_time) -> None:
        """`pushes_per_s` are those to one room; Redis's clock is the one that counts unless a test gives another."""
        self.client = client
        self._pushes_per_s = pushes_per_s
        self._now_ms = now_ms

    def append(self, room: str, posting: Posting) -> Appended:
        """Appends an event, once for its op; raises TooManyRequests for an author who speaks too fast."""
        author, pace = posting.author, posting.pace
        per_us = pace.every_ms * 1_000 if pace else 0
        with available():
            answer = redis_scripts.run(
                self.client,
                "live/append",
                [
                    *keys.room(room),
                    *(keys.pace(room, author), keys.op(room, author, posting.op), keys.unheard(room, author)),
                ],
                [
                    *(self._now_ms(), secrets.token_hex(8), posting.event, author, int(bool(posting.op))),
                    *(per_us, per_us * pace.burst if pace else 0, self._pushes_per_s()),
                    *(rules.KEPT, rules.ROOM_MS, rules.OP_MS, int(posting.is_unheard)),
                ],
            )
        who, epoch, seq, at_ms, wait_ms, *members = answer
        if who == _REFUSED:
            raise TooManyRequests("not so fast", retry_after_s=-(-wait_ms // 1_000), retry_after_ms=wait_ms)
        if author and who != Pushing.NOBODY:
            self._remember_spoken(author, room, at_ms)
        return Appended(Pushing(who), epoch, seq, at_ms, wait_ms, tuple(map(_connection, members)))

    def _remember_spoken(self, author: str, room: str, at_ms: int) -> None:
        key, gone_ms = keys.spoken(author), at_ms + 2 * rules.ROOM_MS
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.zremrangebyscore(key, "-inf", at_ms)
            pipe.zadd(key, {room: gone_ms})
            pipe.pexpire(key, 2 * rules.ROOM_MS)
            pipe.execute()

    def take(self, room: str) -> Batch | None:
        """What waits to be pushed, for the one who has claimed it."""
        with available():
            answer = redis_scripts.run(
                self.client, "live/take", list(keys.room(room)), [self._now_ms(), self._pushes_per_s()]
            )
        if not answer:
            return None
        epoch, members, entries = answer
        return Batch(epoch, tuple(map(_kept, entries)), tuple(map(_connection, members)))

    def look(self, room: str, epoch: str, after: int) -> Room:
        """A room with what happened in it after what somebody knows."""
        found = self._look(room, "", False, epoch, after)
        assert found  # noqa: S101 - only members can be refused
        return found

    def enter(self, room: str, player_id: str, connection: str, epoch: str, after: int) -> Room | None:
        """Puts a connection into a room; None where it is full."""
        found = self._look(room, _member(player_id, connection), False, epoch, after)
        if found:
            key = keys.connection(connection)
            with available():
                pipe = self.client.pipeline(transaction=False)
                pipe.hset(key, f"r:{room}", 1)
                pipe.pexpire(key, rules.CONNECTION_MS)
                pipe.execute()
        return found

    def stay(self, room: str, player_id: str, connection: str) -> Room | None:
        """Keeps a connection in a room, which comes without its events; None where it is not in it."""
        return self._look(room, _member(player_id, connection), True, "", -1)

    def _look(self, room: str, member: str, only_keep: bool, epoch: str, after: int) -> Room | None:
        with available():
            answer = redis_scripts.run(
                self.client,
                "live/look",
                list(keys.room(room)),
                [
                    *(self._now_ms(), secrets.token_hex(8), rules.ROOM_MS),
                    *(member, rules.PRESENCE_MS, int(only_keep), rules.MEMBERS_MAX, epoch, after),
                ],
            )
        if not answer[0]:
            return None
        _, found, seq, online, entries = answer
        return Room(found, seq, online, tuple(map(_kept, entries)))

    def leave(self, room: str, player_id: str, connection: str) -> None:
        """Takes a connection out of a room."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.zrem(keys.room(room).members, _member(player_id, connection))
            pipe.hdel(keys.connection(connection), f"r:{room}")
            pipe.execute()

    def drop(self, room: str, connections: Iterable[str]) -> None:
        """Takes connections that are gone out of a room."""
        gone = set(connections)
        members = keys.room(room).members
        with available():
            found = [each for each in self.client.zrange(members, 0, -1) if _connection(each) in gone]
            if found:
                self.client.zrem(members, *found)

    def evict(self, room: str, player_id: str) -> list[str]:
        """Takes a player out of a room; returns the connections that were in it."""
        members = keys.room(room).members
        with available():
            found = [each for each in self.client.zrange(members, 0, -1) if each.startswith(f"{player_id}/")]
            if found:
                self.client.zrem(members, *found)
        return [_connection(each) for each in found]

    def remove(self, room: str, *, author: str = "", seq: int = 0) -> list[int]:
        """Removes an author's messages from a room, or one; returns their numbers."""
        with available():
            return [
                int(each)
                for each in redis_scripts.run(self.client, "live/remove", [keys.room(room).log], [author, seq])
            ]

    def spoken(self, player_id: str) -> list[str]:
        """The rooms that a player has said something in."""
        with available():
            return [str(each) for each in self.client.zrange(keys.spoken(player_id), 0, -1)]

    def forget(self, player_id: str) -> None:
        """Forgets where a player has spoken, and their connections."""
        with available():
            self.client.delete(keys.spoken(player_id))
            self.client.delete(keys.connections(player_id))


class RedisConnections:
    """Who is connected. Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, now_ms: Callable[[], int] = _own_time) -> None:
        self.client = client
        self._now_ms = now_ms

    def use_ticket(self, player_id: str, number: str) -> bool:
        """Uses a ticket; False where it has been used before."""
        with available():
            return bool(self.client.set(keys.ticket(player_id, number), 1, nx=True, ex=2 * tickets.TTL_S))

    def connect(self, player_id: str, connection: str) -> list[str]:
        """Records a connection, or that it is still there; returns the player's that are too many."""
        key = keys.connection(connection)
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hset(key, "player", player_id)
            pipe.pexpire(key, rules.CONNECTION_MS)
            pipe.execute()
            too_many = redis_scripts.run(
                self.client,
                "live/connect",
                [keys.connections(player_id)],
                [self._now_ms(), connection, rules.PRESENCE_MS, rules.CONNECTIONS_MAX],
            )
        return [str(each) for each in too_many]

    def player_of(self, connection: str) -> str | None:
        """Whose a connection is; None where it is not known any more."""
        with available():
            found = self.client.hget(keys.connection(connection), "player")
        return str(found) if found else None

    def rooms_of(self, connection: str) -> list[str]:
        """The rooms that a connection has entered."""
        with available():
            return [each[2:] for each in self.client.hkeys(keys.connection(connection)) if each.startswith("r:")]

    def of_player(self, player_id: str) -> list[str]:
        """The connections of a player."""
        with available():
            return [str(each) for each in self.client.zrange(keys.connections(player_id), 0, -1)]

    def disconnect(self, player_id: str, connection: str) -> None:
        """Forgets a connection."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.delete(keys.connection(connection))
            pipe.zrem(keys.connections(player_id), connection)
            pipe.execute()


def _member(player_id: str, connection: str) -> str:
    return f"{player_id}/{connection}"


def _connection(member: str) -> str:
    return member.partition("/")[2]


def _kept(entry: Sequence[Any]) -> Kept:
    id_, flat = entry
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    return Kept(int(id_.partition("-")[0]), int(fields["t"]), fields["e"].encode(), fields["a"])
