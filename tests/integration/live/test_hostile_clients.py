"""Clients that say nothing, too much or what is not theirs to the embedded runtime's process `live`: it ends them, and
the others notice nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import WSMsgType
from support.live import SECRET, Client, function_server
from support.waiting import DEADLINE_S
from tapstack_local.live.integration import Integration
from tapstack_local.live.limits import Limits
from tapstack_local.live.process import listen
from tapstack_local.live.server import LiveServer

HEAD = b"GET /live?ticket=x HTTP/1.1\r\nHost: x\r\n"
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def function(event: dict[str, Any]) -> dict[str, Any]:
    """Lets in who has a ticket; answers nothing."""
    is_connect = event["requestContext"]["eventType"] == "CONNECT"
    return {"statusCode": 401 if is_connect and not event["queryStringParameters"] else 200}


class Running:
    """A process `live` in this one."""

    def __init__(self, port: int, session: aiohttp.ClientSession) -> None:
        self.port, self.session = port, session
        self.url = f"http://127.0.0.1:{port}"

    async def connect(self) -> Client:
        return Client(await self.session.ws_connect(f"{self.url}/live?ticket=x"))

    async def push(self, id_: str, text: str) -> int:
        async with self.session.post(f"{self.url}/{SECRET}/@connections/{id_}", data=text) as answer:
            return answer.status

    async def connections(self) -> int:
        async with self.session.get(f"{self.url}/health") as answer:
            return int((await answer.json())["connections"])

    def raw(self, first: bytes = b"") -> socket.socket:
        """A connection that sends so much and no more."""
        opened = socket.create_connection(("127.0.0.1", self.port), DEADLINE_S)
        opened.sendall(first)
        return opened


Story = Callable[[Running], Awaitable[None]]


@asynccontextmanager
async def running(limits: Limits, address: str) -> AsyncIterator[Running]:
    listener = listen("127.0.0.1", 0)
    stopping = asyncio.Event()
    integration = Integration(address, dict.fromkeys(("$connect", "$disconnect", "$default"), "live"), "", 20.0)
    serving = asyncio.ensure_future(LiveServer(integration, SECRET, limits).serve(listener, stopping))
    try:
        async with aiohttp.ClientSession() as session:
            yield Running(listener.getsockname()[1], session)
    finally:
        stopping.set()
        await serving


def play(story: Story, limits: Limits, handler: Callable[[dict[str, Any]], Any] = function) -> None:
    async def told(address: str) -> None:
        async with running(limits, address) as live:
            await asyncio.wait_for(story(live), DEADLINE_S)

    with function_server(handler) as address:
        asyncio.run(told(address))


async def ended(opened: socket.socket) -> None:
    """Waits until the other side has closed."""
    opened.setblocking(False)
    with contextlib.suppress(ConnectionError):
        while await asyncio.get_running_loop().sock_recv(opened, 1_000):
            pass
    opened.close()


def test_silent_connections_are_ended_however_they_began() -> None:
    async def story(live: Running) -> None:
        ada = await live.connect()
        half_open = [live.raw(HEAD if number % 2 else b"") for number in range(200)]
        await asyncio.gather(*map(ended, half_open))
        assert await live.connections() == 1
        await ada.socket.close()

    play(story, Limits(handshake_s=2.0))


def test_silent_connections_are_ended_even_where_another_was_greeted_there() -> None:
    """A connection that asks late is known no more than others, also to those that come after it at its address."""

    async def story(live: Running) -> None:
        for _ in range(20):
            asked = [live.raw(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(5)]
            await asyncio.sleep(0.06)
            for each in asked:
                with contextlib.suppress(ConnectionError):  # on a busy machine its first request has come too late
                    each.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(0.01)
            for each in asked:
                each.close()
        await asyncio.gather(*(ended(live.raw()) for _ in range(50)))

    play(story, Limits(handshake_s=0.05))


def test_more_silent_connections_than_there_is_place_for_keep_nobody_out() -> None:
    async def story(live: Running) -> None:
        half_open = [live.raw() for _ in range(60)]
        await asyncio.gather(*map(ended, half_open[:10]))  # long before their time
        ada = await live.connect()
        assert await live.connections() == 1
        await ada.socket.close()
        for each in half_open[10:]:
            each.close()

    play(story, Limits(handshake_s=10 * DEADLINE_S, handshakes=50))


def test_who_connects_without_a_ticket_takes_no_frame_from_others() -> None:
    heard: list[str] = []

    def handler(event: dict[str, Any]) -> dict[str, Any]:
        heard.append(event.get("body", ""))
        return function(event)

    async def story(live: Running) -> None:
        ada = await live.connect()
        refused = 0
        while refused < 10:
            async with live.session.get(f"{live.url}/live", headers=UPGRADE) as answer:
                assert answer.status in (401, 429)
                refused += answer.status == 429
        await ada.socket.send_str("still here")
        while "still here" not in heard:
            await asyncio.sleep(0.01)
        await ada.socket.close()

    play(story, Limits(rate_per_s=5.0), handler)


def test_client_that_reads_nothing_is_cut_and_the_others_are_told() -> None:
    ids: list[str] = []

    def handler(event: dict[str, Any]) -> dict[str, Any]:
        if event["requestContext"]["eventType"] == "CONNECT":
            ids.append(event["requestContext"]["connectionId"])
        return function(event)

    async def story(live: Running) -> None:
        headers = "".join(f"{name}: {value}\r\n" for name, value in UPGRADE.items())
        eve = live.raw(HEAD + headers.encode() + b"\r\n")
        while await live.connections() != 1:
            await asyncio.sleep(0.01)
        ada = await live.connect()
        frame = "x" * 100_000
        while await live.push(ids[0], frame) == 200:
            pass
        assert await live.push(ids[1], "hello") == 200
        assert (await ada.socket.receive(DEADLINE_S)).data == "hello"
        assert await live.connections() == 1
        eve.close()
        await ada.socket.close()

    play(story, Limits(), handler)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(b"\x01\x82\0\0\0\0hi" * 2, 1002, id="a message begun within another"),
        pytest.param(b"\x00\x82\0\0\0\0hi", 1002, id="the rest of no message"),
        pytest.param(b"\xf1\x82\0\0\0\0hi", 1002, id="reserved bits"),
        pytest.param(b"\x83\x82\0\0\0\0hi", 1002, id="unknown opcode"),
        pytest.param(b"\x89\xfe\x00\x7e\0\0\0\0" + b"x" * 126, 1002, id="ping of 126 bytes"),
        pytest.param(b"\x81\x82\0\0\0\0\xff\xfe", 1007, id="not UTF-8"),
        pytest.param(b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 1009, id="2^64 bytes announced"),
        pytest.param(b"\x81\xff\0\0\0\0\0\0\x9c\x40\0\0\0\0" + b"x" * 40_000, 1009, id="40,000 bytes"),
        pytest.param(b"\x01\xfe\x40\0\0\0\0\0" + b"x" * 16_384 + b"\x00\xfe\x40\0\0\0\0\0" + b"x" * 16_384
                     + b"\x80\xfe\x40\0\0\0\0\0" + b"x" * 16_384, 1009, id="48 KB in parts"),
    ],
)  # fmt: skip
def test_broken_frames_close_with_a_code(sent: bytes, code: int) -> None:
    async def story(live: Running) -> None:
        ada, eve = await live.connect(), await live.connect()
        transport = eve.socket._writer.transport
        assert transport is not None
        transport.write(sent)
        while (message := await eve.socket.receive(DEADLINE_S)).type is WSMsgType.TEXT:
            pass
        assert message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED), message
        assert eve.socket.close_code == code
        assert not ada.socket.closed
        await ada.socket.close()
        assert await live.connections() == 0

    play(story, Limits())
