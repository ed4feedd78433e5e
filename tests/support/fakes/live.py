"""Rooms, connections, reports and mutes in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tapstack.live import rules
from tapstack.live.events import Message, Person, encode
from tapstack.live.frames import ServerFrame, decode_server
from tapstack.live.model import Appended, Batch, Kept, Mute, Posting, Pushing, Report, Room
from tapstack.platform.clock import Clock
from tapstack.platform.errors import TooManyRequests

EPOCH = "0123456789abcdef"
FIRST = Kept(1, 1, encode(Message(by=Person(id="f" * 16, name="Somebody"), text="Hello")), "f" * 16)
"""Said in lobby:main of any game in memory."""


@dataclass
class _Room:
    epoch: str = EPOCH
    seq: int = 0
    kept: list[Kept] = field(default_factory=list)
    members: dict[tuple[str, str], None] = field(default_factory=dict)
    ops: dict[tuple[str, str], Appended] = field(default_factory=dict)
    said_ms: dict[str, list[int]] = field(default_factory=dict)
    unheard: dict[str, int] = field(default_factory=dict)


class MemoryRooms:
    """Rooms whose pushes are never used up; nobody expires before they say goodbye."""

    def __init__(self, clock: Clock, *, provide: bool = False) -> None:
        self._clock = clock
        self.there: dict[str, _Room] = {}
        self.where: dict[str, dict[str, None]] = {}
        if provide:
            self.there["lobby:main"] = _Room(seq=1, kept=[FIRST])

    def _of(self, room: str) -> _Room:
        return self.there.setdefault(room, _Room())

    def append(self, room: str, posting: Posting) -> Appended:
        of, now_ms = self._of(room), self._clock()
        op = (posting.author, posting.op.lower())
        if posting.op and op in of.ops:
            return of.ops[op]
        if posting.pace:
            said = of.said_ms.setdefault(posting.author, [])
            since_ms = now_ms - posting.pace.burst * posting.pace.every_ms
            if len([at_ms for at_ms in said if at_ms > since_ms]) >= posting.pace.burst:
                raise TooManyRequests("not so fast", retry_after_s=2)
            said.append(now_ms)
        if posting.is_unheard:
            seq = of.unheard[posting.author] = max(of.seq, of.unheard.get(posting.author, 0)) + 1
            answer = Appended(Pushing.NOBODY, of.epoch, seq, now_ms)
            if posting.op:
                of.ops[op] = answer
            return answer
        of.seq += 1
        of.kept = [*of.kept, Kept(of.seq, now_ms, posting.event, posting.author)][-rules.KEPT :]
        if posting.op:
            of.ops[op] = Appended(Pushing.NOBODY, of.epoch, of.seq, now_ms)
        if posting.author:
            self.where.setdefault(posting.author, {})[room] = None
        connections = tuple(connection for _, connection in of.members)
        return Appended(Pushing.NOW, of.epoch, of.seq, now_ms, 0, connections)

    def take(self, room: str) -> Batch | None:  # noqa: ARG002
        return None

    def look(self, room: str, epoch: str, after: int) -> Room:
        of = self._of(room)
        known = after if epoch == of.epoch else 0
        kept = tuple(each for each in of.kept if each.seq > known)
        return Room(of.epoch, of.seq, len({player for player, _ in of.members}), kept)

    def enter(self, room: str, player_id: str, connection: str, epoch: str, after: int) -> Room | None:
        members = self._of(room).members
        if (player_id, connection) not in members and len(members) >= rules.MEMBERS_MAX:
            return None
        members[player_id, connection] = None
        return self.look(room, epoch, after)

    def stay(self, room: str, player_id: str, connection: str) -> Room | None:
        of = self._of(room)
        found = self.look(room, "", 0)
        return Room(of.epoch, of.seq, found.online) if (player_id, connection) in of.members else None

    def leave(self, room: str, player_id: str, connection: str) -> None:
        self._of(room).members.pop((player_id, connection), None)

    def drop(self, room: str, connections: Iterable[str]) -> None:
        gone = set(connections)
        of = self._of(room)
        of.members = {each: None for each in of.members if each[1] not in gone}

    def evict(self, room: str, player_id: str) -> list[str]:
        of = self._of(room)
        gone = [connection for player, connection in of.members if player == player_id]
        self.drop(room, gone)
        return gone

    def remove(self, room: str, *, author: str = "", seq: int = 0) -> list[int]:
        of = self._of(room)
        removed = [e.seq for e in of.kept if e.author and author in ("", e.author) and seq in (0, e.seq)]
        of.kept = [each for each in of.kept if each.seq not in removed]
        return removed

    def spoken(self, player_id: str) -> list[str]:
        return list(self.where.get(player_id, {}))

    def forget(self, player_id: str) -> None:
        self.where.pop(player_id, None)

    def rooms_of(self, connection: str) -> list[str]:
        return [name for name, of in self.there.items() if any(each == connection for _, each in of.members)]


class MemoryConnections:
    def __init__(self, rooms: MemoryRooms) -> None:
        self._rooms = rooms
        self.players: dict[str, str] = {}
        self.used_tickets: set[tuple[str, str]] = set()

    def use_ticket(self, player_id: str, number: str) -> bool:
        is_new = (player_id, number) not in self.used_tickets
        self.used_tickets.add((player_id, number))
        return is_new

    def connect(self, player_id: str, connection: str) -> list[str]:
        self.players.pop(connection, None)
        self.players[connection] = player_id
        return self.of_player(player_id)[: -rules.CONNECTIONS_MAX]

    def player_of(self, connection: str) -> str | None:
        return self.players.get(connection)

    def rooms_of(self, connection: str) -> list[str]:
        return self._rooms.rooms_of(connection)

    def of_player(self, player_id: str) -> list[str]:
        return [connection for connection, player in self.players.items() if player == player_id]

    def disconnect(self, player_id: str, connection: str) -> None:  # noqa: ARG002
        self.players.pop(connection, None)


@dataclass
class MemorySockets:
    """What was pushed, by connection; `gone` are connections that are not there any more."""

    pushed: dict[str, list[ServerFrame]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)

    def push(self, connections: Sequence[str], frame: bytes) -> list[str]:
        for connection in connections:
            if connection not in self.gone:
                self.pushed.setdefault(connection, []).append(decode_server.decode(frame))
        return [connection for connection in connections if connection in self.gone]

    def close(self, connection: str) -> None:
        self.closed.append(connection)


@dataclass
class MemoryChatModeration:
    kept_mutes: dict[tuple[str, str], Mute] = field(default_factory=dict)
    kept_reports: dict[str, Report] = field(default_factory=dict)

    def mutes(self, player_id: str) -> list[Mute]:
        return [mute for mute in self.kept_mutes.values() if mute.player_id == player_id]

    def mute(self, mute: Mute) -> None:
        self.kept_mutes[mute.player_id, mute.room] = mute

    def unmute(self, player_id: str, room: str) -> bool:
        return self.kept_mutes.pop((player_id, room), None) is not None

    def report(self, report: Report) -> bool:
        return self.kept_reports.setdefault(report.id, report) is report

    def reports(self, limit: int) -> list[Report]:
        return sorted(self.kept_reports.values(), key=lambda report: report.at_ms)[:limit]

    def some_reports(self, limit: int) -> list[Report]:
        return list(self.kept_reports.values())[:limit]

    def dismiss(self, report_id: str) -> bool:
        return self.kept_reports.pop(report_id, None) is not None

    def forget(self, player_id: str) -> None:
        self.kept_mutes = {key: mute for key, mute in self.kept_mutes.items() if mute.player_id != player_id}
        self.kept_reports = {i: r for i, r in self.kept_reports.items() if player_id not in (r.author, r.reporter)}
