"""What live events need, and what those who publish them see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from tapstack.http.ports import CallLimiter
from tapstack.live.events import Event
from tapstack.live.model import Appended, Batch, Mute, Posting, Report, Room
from tapstack.platform.clock import Clock
from tapstack.platform.settings import Settings
from tapstack.players.ports import Accounts


class LiveEvents(Protocol):
    """Tells players who are connected, as soon as it can: never raises, and waits for no client.

    Events of a room are kept (the last 50) for who catches up; those to one player are not, so the game must work
    without them. Rooms are named `faction:<id>`, `heist:<id>`, `rally:<id>`, `duel:<id>`.
    """

    def to_room(self, room: str, event: Event, about: str = "") -> None: ...
    def to_player(self, player_id: str, event: Event) -> None: ...
    def put_out(self, room: str, player_id: str) -> None:
        """Takes a player out of a room that they may not be in any more."""


Door = Callable[[str, str], bool]
"""Whether a player (the first) may be in the room of a key (the second): asked at each entry, message and read."""

TextLimit = Callable[[str], int]
"""How many characters a message may have in the room of a key."""


# -- stores --


class Rooms(Protocol):
    def append(self, room: str, posting: Posting) -> Appended: ...
    def take(self, room: str) -> Batch | None: ...
    def look(self, room: str, epoch: str, after: int) -> Room: ...
    def enter(self, room: str, player_id: str, connection: str, epoch: str, after: int) -> Room | None: ...
    def stay(self, room: str, player_id: str, connection: str) -> Room | None: ...
    def leave(self, room: str, player_id: str, connection: str) -> None: ...
    def drop(self, room: str, connections: Iterable[str]) -> None: ...
    def evict(self, room: str, player_id: str) -> list[str]: ...
    def remove(self, room: str, *, author: str = "", seq: int = 0) -> list[int]: ...
    def spoken(self, player_id: str) -> list[str]: ...
    def forget(self, player_id: str) -> None: ...


class Connections(Protocol):
    def use_ticket(self, player_id: str, number: str) -> bool: ...
    def connect(self, player_id: str, connection: str) -> list[str]: ...
    def player_of(self, connection: str) -> str | None: ...
    def rooms_of(self, connection: str) -> list[str]: ...
    def of_player(self, player_id: str) -> list[str]: ...
    def disconnect(self, player_id: str, connection: str) -> None: ...


class Sockets(Protocol):
    """The way to clients that are connected: raises nothing, and what can't be sent is not sent."""

    def push(self, connections: Sequence[str], frame: bytes) -> list[str]:
        """Sends a frame to connections; returns those that are gone."""

    def close(self, connection: str) -> None:
        """Cuts a connection."""


class Mutes(Protocol):
    def mutes(self, player_id: str) -> list[Mute]: ...
    def mute(self, mute: Mute) -> None: ...
    def unmute(self, player_id: str, room: str) -> bool: ...


class Reports(Protocol):
    def report(self, report: Report) -> bool: ...
    def reports(self, limit: int) -> list[Report]: ...
    def dismiss(self, report_id: str) -> bool: ...


class ExportedModeration(Mutes, Protocol):
    def some_reports(self, limit: int) -> list[Report]: ...


class ForgettingChat(Protocol):
    def forget(self, player_id: str) -> None: ...


# -- bundles --


class LivePorts(Protocol):
    @property
    def live(self) -> LiveEvents: ...


class PublishPorts(Protocol):
    @property
    def rooms(self) -> Rooms: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def sockets(self) -> Sockets: ...


class ReadRoomPorts(Protocol):
    @property
    def rooms(self) -> Rooms: ...
    @property
    def doors(self) -> Mapping[str, Door]: ...


class SayPorts(ReadRoomPorts, Protocol):
    @property
    def text_limits(self) -> Mapping[str, TextLimit]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def players(self) -> Accounts: ...
    @property
    def chat_moderation(self) -> Mutes: ...
    @property
    def live(self) -> Posts: ...


class Posts(Protocol):
    """Appends to rooms and pushes what was appended."""

    def post(self, room: str, posting: Posting) -> Appended: ...


class ReportPorts(ReadRoomPorts, Protocol):
    @property
    def clock(self) -> Clock: ...
    @property
    def chat_moderation(self) -> Reports: ...


class SocketPorts(SayPorts, PublishPorts, Protocol):
    """What the frames of a WebSocket need."""

    @property
    def settings(self) -> Settings: ...
    @property
    def limiter(self) -> CallLimiter: ...


class TicketPorts(Protocol):
    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...


class SilencePorts(LivePorts, Protocol):
    """To take what somebody has said out of all rooms."""

    @property
    def rooms(self) -> Rooms: ...


class ExportRoomPorts(Protocol):
    """To give a player what rooms keep of them."""

    @property
    def rooms(self) -> Rooms: ...
    @property
    def chat_moderation(self) -> ExportedModeration: ...
