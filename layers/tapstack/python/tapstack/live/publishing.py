"""Publishes live events: appends them to rooms and pushes them to who is connected."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Raw

from tapstack.live import frames
from tapstack.live.events import Changed, Event
from tapstack.live.events import encode as encode_event
from tapstack.live.model import Appended, Kept, Posting, Pushing
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.live.ports import PublishPorts

log = logging.getLogger(__name__)


class Publisher:
    """The way of all events to clients. A room keeps what it can't push now: nobody who catches up misses it."""

    def __init__(self, ports: PublishPorts, pause: Callable[[float], None] = time.sleep) -> None:
        self._ports, self._pause = ports, pause

    def to_room(self, room: str, event: Event, about: str = "") -> None:
        """Tells a room; where the stores are unavailable, nobody. What is `about` a player is erased with them.

        `Changed` begins no room: whoever enters one later has just read what is shown.
        """
        try:
            self.post(room, Posting(encode_event(event), author=about, begins=not isinstance(event, Changed)))
        except StoreUnavailable:
            log.warning("event lost", extra={"room": room, "kind": type(event).__name__})

    def to_player(self, player_id: str, event: Event) -> None:
        """Tells a player on all their connections; where the stores are unavailable, on none."""
        try:
            connections = self._ports.connections.of_player(player_id)
            for gone in self._push(connections, frames.encode(frames.Told(event=event))):
                self._ports.connections.disconnect(player_id, gone)
        except StoreUnavailable:
            log.warning("event lost", extra={"kind": type(event).__name__})

    def put_out(self, room: str, player_id: str) -> None:
        """Takes a player out of a room and tells them; where the stores are unavailable, their next read is refused."""
        refused = frames.Refused(code="room_closed", message="you are not in this room any more", room=room)
        try:
            self._push(self._ports.rooms.evict(room, player_id), frames.encode(refused))
        except StoreUnavailable:
            log.warning("not put out", extra={"room": room})

    def post(self, room: str, posting: Posting) -> Appended:
        """Appends to a room and pushes; raises TooManyRequests for a hasty author, and StoreUnavailable.

        Waits at most a second, and only where the room's pushes are used up and nobody else waits for it.
        """
        appended = self._ports.rooms.append(room, posting)
        if appended.pushing is Pushing.NOW:
            kept = Kept(appended.seq, appended.at_ms, posting.event, posting.author)
            self._happened(room, appended.epoch, [kept], appended.connections)
        elif appended.pushing is Pushing.SOON:
            self._pause(appended.wait_ms / 1_000)
            self._push_waiting(room)
        return appended

    def _push_waiting(self, room: str) -> None:
        try:
            batch = self._ports.rooms.take(room)
        except StoreUnavailable:
            return  # the event is in the room: who is told of the next one catches up
        if batch and batch.kept:
            self._happened(room, batch.epoch, batch.kept, batch.connections)

    def _happened(self, room: str, epoch: str, kept: Iterable[Kept], connections: Sequence[str]) -> None:
        frame = frames.RawHappened(room=room, epoch=epoch, entries=entries_of(kept))
        gone = self._push(connections, frames.encode(frame))
        if gone:
            try:
                self._ports.rooms.drop(room, gone)
            except StoreUnavailable:
                log.info("connections not dropped", extra={"room": room})

    def _push(self, connections: Sequence[str], frame: bytes) -> list[str]:
        return self._ports.sockets.push(connections, frame) if connections else []


def entries_of(kept: Iterable[Kept]) -> list[frames.RawEntry]:
    """What a room keeps as it is sent."""
    return [frames.RawEntry(seq=each.seq, at_ms=each.at_ms, event=Raw(each.event)) for each in kept]
