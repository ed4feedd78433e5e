"""The frames of WebSockets: what API Gateway's three routes hand over, and what is answered on the connection.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from tapstack.live import chatting, frames, rules, tickets
from tapstack.live.disconnecting import disconnect
from tapstack.platform.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    GameError,
    NotFound,
    Retryable,
    StoreUnavailable,
    TooManyRequests,
    Unauthenticated,
)
from tapstack.platform.limits import COOLDOWNS

if TYPE_CHECKING:
    from tapstack.live.ports import SocketPorts

log = logging.getLogger(__name__)

MAX_FRAME = 4_096
"""Characters of a frame: the longest honest one has half of them."""

Event = Mapping[str, Any]


def is_from_socket(event: Event) -> bool:
    """Whether an event is one of a WebSocket API."""
    return "connectionId" in (event.get("requestContext") or {})


def serve(ports: SocketPorts, event: Event) -> dict[str, Any]:
    """Answers an event; a status other than 200 refuses a connection, and means nothing to a message."""
    context = event["requestContext"]
    connection = str(context["connectionId"])
    kind = context.get("eventType")
    try:
        if kind == "CONNECT":
            _connect(ports, connection, event.get("queryStringParameters") or {})
        elif kind == "DISCONNECT":
            _disconnect(ports, connection)
        else:
            _take(ports, connection, event)
    except GameError as error:
        log.info("refused", extra={"operation": f"live {kind}", "code": error.code})
        return {"statusCode": 503 if isinstance(error, Retryable) else 401}
    return {"statusCode": 200}


def _connect(ports: SocketPorts, connection: str, query: Mapping[str, str]) -> None:
    keys, now_s = ports.settings.http.token_signing_keys, ports.clock() // 1_000
    player_id, number = tickets.verify(query.get("ticket") or "", keys, now_s)
    ports.limiter.spend("live_connect", player_id, COOLDOWNS["live_connect"])
    if not ports.connections.use_ticket(player_id, number):
        raise Unauthenticated("this ticket has been used: ask for another", code="ticket_used")
    for other in ports.connections.connect(player_id, connection):
        ports.sockets.close(other)


def _disconnect(ports: SocketPorts, connection: str) -> None:
    player_id = ports.connections.player_of(connection)
    if player_id is not None:
        disconnect(ports, player_id, connection)


def _take(ports: SocketPorts, connection: str, event: Event) -> None:
    """Does what a frame asks for and answers on its connection."""
    frame: frames.ClientFrame | None = None
    try:
        player_id = ports.connections.player_of(connection)
        if player_id is None:
            raise Unauthenticated("this connection is not known any more: connect again", code="connection_unknown")
        ports.limiter.spend("live_frame", player_id, COOLDOWNS["live_frame"])
        frame = _decoded(event)
        answer = _answer(ports, connection, player_id, frame)
    except GameError as error:
        _send(ports, connection, _refused(error, frame))
        if isinstance(error, Unauthenticated) or (frame is None and isinstance(error, TooManyRequests)):
            ports.sockets.close(connection)  # it has forgotten who it is, or does not wait when it is told to
    else:
        if answer is not None:
            _send(ports, connection, answer)


def _decoded(event: Event) -> frames.ClientFrame:
    text = event.get("body") or ""
    if event.get("isBase64Encoded") or len(text) > MAX_FRAME:
        raise BadRequest(f"a frame is a text of at most {MAX_FRAME} characters", code="frame_unreadable")
    try:
        return frames.decode_client.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:  # a ValidationError is a DecodeError
        raise BadRequest(str(error), code="frame_unreadable") from error


def _answer(ports: SocketPorts, connection: str, player_id: str, frame: frames.ClientFrame) -> Any:
    match frame:
        case frames.Enter():
            return _enter(ports, connection, player_id, frame)
        case frames.Leave():
            ports.rooms.leave(rules.room_of(frame.room), player_id, connection)
            return None
        case frames.Say():
            room = rules.room_of(frame.room)
            seq = chatting.say(ports, player_id, room, frame.op, frame.text)
            return frames.Said(room=room, op=frame.op, seq=seq)
        case frames.Ping():
            return _pong(ports, connection, player_id, frame)


def _enter(ports: SocketPorts, connection: str, player_id: str, frame: frames.Enter) -> frames.RawEntered:
    room = rules.room_of(frame.room)
    chatting.admit(ports, player_id, room)
    if len({room, *ports.connections.rooms_of(connection)}) > rules.ROOMS_MAX:
        raise Conflict("leave another room first", code="too_many_rooms")
    found = ports.rooms.enter(room, player_id, connection, frame.epoch, frame.after)
    if found is None:
        raise Conflict("this room is full", code="room_full")
    return frames.RawEntered(view=chatting.view_of(room, found, frame.epoch, frame.after))


def _pong(ports: SocketPorts, connection: str, player_id: str, frame: frames.Ping) -> frames.Pong:
    for other in ports.connections.connect(player_id, connection):
        ports.sockets.close(other)
    at = []
    for room in dict.fromkeys(map(rules.room_of, frame.rooms)):
        found = ports.rooms.stay(room, player_id, connection)
        if found is None:
            continue
        if _may_stay(ports, player_id, room):
            at.append(frames.RoomAt(room=room, epoch=found.epoch, seq=found.seq, online=found.online))
        else:
            ports.rooms.leave(room, player_id, connection)
    return frames.Pong(rooms=at)


def _may_stay(ports: SocketPorts, player_id: str, room: str) -> bool:
    """Whether the door still lets a player in: who was removed while they entered was not yet there to be put out."""
    try:
        chatting.admit(ports, player_id, room)
    except StoreUnavailable:
        return True  # until the next ping
    except (Forbidden, NotFound):
        return False
    return True


def _refused(error: GameError, frame: frames.ClientFrame | None) -> frames.Refused:
    return frames.Refused(
        code=error.code,
        message=error.message,
        room=rules.room_of(getattr(frame, "room", "")),
        op=getattr(frame, "op", ""),
        retry_after_ms=int(error.data.get("retry_after_ms", 0)),
    )


def _send(ports: SocketPorts, connection: str, frame: Any) -> None:
    ports.sockets.push([connection], frames.encode(frame))
