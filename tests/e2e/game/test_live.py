"""Live events over WebSockets, on every runtime; a stack of an emulator has the process `live` beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from e2e.game.places import Player, Target
from support.economy import op_at
from support.live import Client, live_beside
from support.waiting import DEADLINE_S
from tapstack.platform.clock import system_clock
from tapstack_localstack.deployment.endpoint import Endpoint
from tapstack_localstack.deployment.stack import Stack

ROOM = "lobby:main"


@pytest.fixture
def sockets(target: Target) -> Iterator[None]:
    """Whatever serves WebSockets for the target."""
    if target.name == "embedded":
        yield
        return
    _, function = Stack(Endpoint(target.endpoint_url), "tapstack").resources()["LiveFunction"]
    invoke = f"{target.endpoint_url}/2015-03-31/functions/{{function}}/invocations"
    with live_beside(invoke, function, target.live_port, "live"):
        yield


@pytest.mark.usefixtures("sockets")
def test_what_one_player_says_another_hears_and_a_third_one_reads(target: Target) -> None:
    ada, bob, cat = (target.sign_in() for _ in range(3))

    async def talk() -> dict[str, Any]:
        async with aiohttp.ClientSession() as session:
            speaker, listener = await _enter(session, ada), await _enter(session, bob)
            said = {"type": "say", "room": ROOM, "op": op_at(system_clock()), "text": f"I am {ada.id}"}
            await speaker.socket.send_json(said)
            heard = await listener.next("happened")
            assert (await speaker.next("said"))["seq"] == heard["entries"][0]["seq"]
            await speaker.socket.close()
            await listener.socket.close()
            return heard

    entry = asyncio.run(talk())["entries"][0]
    assert (entry["event"]["by"]["id"], entry["event"]["text"]) == (ada.id, f"I am {ada.id}")
    read = target.call("GET", f"/live/rooms/{ROOM}", headers=cat.token)
    assert entry in read.body["entries"]


async def _enter(session: aiohttp.ClientSession, player: Player) -> Client:
    """A player's client in the room: with a cold function behind it, that takes a while."""
    live = player.opened["live"]
    timeout = aiohttp.ClientWSTimeout(ws_close=DEADLINE_S)
    client = Client(await session.ws_connect(live["url"], params={"ticket": live["ticket"]}, timeout=timeout))
    entered = await client.ask({"type": "enter", "room": ROOM})
    assert entered["type"] == "entered", entered
    return client
