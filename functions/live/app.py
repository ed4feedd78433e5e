"""Live events: /live and what is below it, GET /asyncapi.json, and the WebSocket's three routes."""

import json
from functools import cache
from typing import Any

from tapstack.composition import container
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call, Reply
from tapstack.http.openapi import MAX_AGE_S
from tapstack.live import asyncapi, chatting, operations, reporting, sockets
from tapstack.live.rules import room_of

app = create_app("live", container)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Serves both APIs. Chalice would make each route of a WebSocket an entry of its own."""
    return sockets.serve(container(), event) if sockets.is_from_socket(event) else app(event, context)


@serves(app, operations.TICKET)
def get_ticket(call: Call[None]) -> operations.LiveTicket:
    return operations.required_ticket(container(), call.player_id)


@serves(app, operations.READ_ROOM)
def read_room(call: Call[None]) -> Reply:
    epoch, after = call.query["epoch"], int(call.query["after"] or 0)
    return Reply(chatting.read(container(), call.player_id, room_of(call.places["room"]), epoch, after))


@serves(app, operations.SAY)
def say_in_room(call: Call[operations.SayRequest]) -> operations.SaidView:
    room = room_of(call.places["room"])
    return operations.SaidView(chatting.say(container(), call.player_id, room, call.body.op, call.body.text))


@serves(app, operations.REPORT)
def report_message(call: Call[operations.ReportRequest]) -> None:
    asked = call.body
    room = room_of(call.places["room"])
    reporting.report(container(), call.player_id, room, asked.epoch, asked.seq, asked.reason)


@serves(app, operations.ASYNCAPI)
def get_asyncapi(_: Call[None]) -> dict[str, Any] | Reply:
    return Reply(_asyncapi(), headers={"Cache-Control": f"public, max-age={MAX_AGE_S}"})


@cache
def _asyncapi() -> str:
    return json.dumps(asyncapi.document())
