"""What goes over a WebSocket: frames of JSON, told apart by their `type`. `asyncapi.py` describes them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Raw, Struct

from tapstack.live import rules
from tapstack.live.events import Event

UUID7 = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
MAX_SEQ = 2**53 - 1

RoomName = Annotated[str, Meta(pattern=f"^({rules.ROOM})$", max_length=64)]
Epoch = Annotated[str, Meta(pattern="^[0-9a-f]{0,16}$", description="The epoch that the client knows, empty for none")]
After = Annotated[int, Meta(ge=0, le=MAX_SEQ, description="The latest event that the client knows, 0 for none")]
Op = Annotated[str, Meta(pattern=f"^({UUID7})$", description="A UUIDv7 of the client's, kept until it is answered")]
Text = Annotated[str, Meta(min_length=1, max_length=rules.MAX_TEXT)]

# -- from the client --


class Enter(Struct, frozen=True, kw_only=True, tag_field="type", tag="enter"):
    """Be in a room from now on; answered by `entered` or `refused`."""

    room: RoomName
    epoch: Epoch = ""
    after: After = 0


class Leave(Struct, frozen=True, kw_only=True, tag_field="type", tag="leave"):
    """Be in a room no more; not answered."""

    room: RoomName


class Say(Struct, frozen=True, kw_only=True, tag_field="type", tag="say"):
    """Say something in a room; answered by `said` or `refused`, and again so where the op is repeated."""

    room: RoomName
    op: Op
    text: Text


class Ping(Struct, frozen=True, kw_only=True, tag_field="type", tag="ping"):
    """Still here, in these rooms; answered by `pong`."""

    rooms: Annotated[list[RoomName], Meta(max_length=rules.ROOMS_MAX)] = []


ClientFrame = Enter | Leave | Say | Ping

# -- from the game --


class Entry(Struct, frozen=True, kw_only=True):
    """An event of a room: its number there, and when it came about."""

    seq: int
    at_ms: int
    event: Event


class RoomAt(Struct, frozen=True, kw_only=True):
    """Where a room is: a client that knows less catches up."""

    room: str
    epoch: str
    seq: int
    online: int


class RoomView(RoomAt, frozen=True, kw_only=True):
    """What happened in a room after what the client knows, at most the last 50 events.

    With `gap`, something between the two is missing: it is not kept any more, or the room has begun again under
    another epoch, and what the client shows of it may be out of date.
    """

    gap: bool
    entries: list[Entry]


class Entered(Struct, frozen=True, kw_only=True, tag_field="type", tag="entered"):
    """The client is in a room, which looks like this."""

    view: RoomView


class Happened(Struct, frozen=True, kw_only=True, tag_field="type", tag="happened"):
    """New events of a room. A client that lacks one before them catches up by `GET /live/rooms/{room}`."""

    room: str
    epoch: str
    entries: list[Entry]


class Told(Struct, frozen=True, kw_only=True, tag_field="type", tag="told"):
    """An event for this player alone; it is not kept."""

    event: Event


class Said(Struct, frozen=True, kw_only=True, tag_field="type", tag="said"):
    """What was said under `op` stands in the room with this number."""

    room: str
    op: str
    seq: int


class Refused(Struct, frozen=True, kw_only=True, tag_field="type", tag="refused", omit_defaults=True):
    """A frame of the client's was refused, for the reason that `code` names; the codes are those of the API."""

    code: str
    message: str
    room: str = ""
    op: str = ""
    retry_after_ms: int = 0


class Pong(Struct, frozen=True, kw_only=True, tag_field="type", tag="pong"):
    """The rooms that the client is in; it has to enter again what is missing here."""

    rooms: list[RoomAt]


ServerFrame = Entered | Happened | Told | Said | Refused | Pong


# The same with events that are JSON already: nothing is decoded only to be encoded again.


class RawEntry(Struct, frozen=True, kw_only=True):
    seq: int
    at_ms: int
    event: Raw


class RawRoomView(RoomAt, frozen=True, kw_only=True):
    gap: bool
    entries: list[RawEntry]


class RawEntered(Struct, frozen=True, kw_only=True, tag_field="type", tag="entered"):
    view: RawRoomView


class RawHappened(Struct, frozen=True, kw_only=True, tag_field="type", tag="happened"):
    room: str
    epoch: str
    entries: list[RawEntry]


encode = msgspec.json.Encoder().encode
decode_client: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
decode_server: msgspec.json.Decoder[ServerFrame] = msgspec.json.Decoder(ServerFrame)
