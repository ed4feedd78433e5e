"""The API of live events: tickets for a WebSocket, and rooms for who has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from tapstack.http.operation import Auth, Operation
from tapstack.live import rules, tickets
from tapstack.live.frames import MAX_SEQ, Op, RoomView, Text
from tapstack.platform.errors import NotFound
from tapstack.platform.limits import COOLDOWNS

if TYPE_CHECKING:
    from tapstack.live.ports import TicketPorts

LIVE = COOLDOWNS["live"]

EPOCH = "[0-9a-f]{16}"
SEQ = "0|[1-9][0-9]{0,14}"

MAX_REASON = 200


class LiveTicket(msgspec.Struct, frozen=True):
    """Where to open a WebSocket: `url`, with `?ticket=` and the ticket, within a minute."""

    url: str
    ticket: str


class SayRequest(msgspec.Struct, frozen=True):
    """What to say; with the op of an earlier request, what that has said stands."""

    op: Op
    text: Text


class SaidView(msgspec.Struct, frozen=True):
    """The number of a message in its room."""

    seq: int


class ReportRequest(msgspec.Struct, frozen=True):
    """A message that should not be there."""

    epoch: Annotated[str, Meta(pattern=f"^{EPOCH}$")]
    seq: Annotated[int, Meta(ge=1, le=MAX_SEQ)]
    reason: Annotated[str, Meta(max_length=MAX_REASON)] = ""


TICKET: Operation[None, LiveTicket] = Operation(
    "getLiveTicket",
    "POST",
    "/live/tickets",
    "A fresh ticket for a WebSocket; `POST /sessions` brings one, too",
    Auth.SESSION_TOKEN,
    answer=LiveTicket,
    errors=(401, 404, 429, 503),
    limit=LIVE,
)
READ_ROOM: Operation[None, RoomView] = Operation(
    "readRoom",
    "GET",
    "/live/rooms/{room}",
    "What happened in a room after what the client knows",
    Auth.SESSION_TOKEN,
    answer=RoomView,
    errors=(400, 401, 403, 404, 429, 503),
    limit=LIVE,
    places={"room": rules.ROOM},
    texts={"epoch": EPOCH, "after": SEQ},
)
SAY: Operation[SayRequest, SaidView] = Operation(
    "sayInRoom",
    "POST",
    "/live/rooms/{room}/messages",
    "Say something in a room, once for its op",
    Auth.SESSION_TOKEN,
    SayRequest,
    SaidView,
    errors=(400, 401, 403, 404, 409, 413, 429, 503),
    limit=LIVE,
    places={"room": rules.ROOM},
)
REPORT: Operation[ReportRequest, None] = Operation(
    "reportMessage",
    "POST",
    "/live/rooms/{room}/reports",
    "Tell the operators of a message that should not be there",
    Auth.SESSION_TOKEN,
    ReportRequest,
    status=204,
    errors=(400, 401, 403, 404, 413, 429, 503),
    limit=COOLDOWNS["reports"],
    places={"room": rules.ROOM},
)
ASYNCAPI: Operation[None, dict[str, Any]] = Operation(
    "getAsyncapi", "GET", "/asyncapi.json", "What goes over the WebSocket, as AsyncAPI 3.0", answer=dict[str, Any]
)

OPERATIONS = (TICKET, READ_ROOM, SAY, REPORT, ASYNCAPI)


def live_ticket(ports: TicketPorts, player_id: str) -> LiveTicket | None:
    """Where and by what a player opens a WebSocket; None where this deployment has none."""
    settings = ports.settings
    if not settings.live.socket_url:
        return None
    ticket = tickets.sign(player_id, ports.clock() // 1_000, settings.http.token_signing_keys[0])
    url = settings.live.socket_url
    return LiveTicket(f"ws{url.removeprefix('http')}" if url.startswith("http") else url, ticket)


def required_ticket(ports: TicketPorts, player_id: str) -> LiveTicket:
    """The same; raises NotFound (`live_unknown`) where there is no WebSocket."""
    found = live_ticket(ports, player_id)
    if found is None:
        raise NotFound("there is no WebSocket here", code="live_unknown")
    return found
