"""Talk in a room while sockets are cut, their server is killed and Redis is wiped: what was acknowledged is in the
room, once, and every page has it; what a wiped Redis has lost is noticed by all.

A page here does what one of the Mini App does (miniapp/src/live): it comes back at a random moment, says where it was,
and reads the room where a number is missing.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import aiohttp
import msgspec
from support.economy import op_at
from support.game import Game
from support.live import SECRET, LiveProcess, live_process
from support.waiting import DEADLINE_S
from tapstack.live import chatting, frames, sockets, tickets
from tapstack.live.events import Message
from tapstack.platform.clock import system_clock
from tapstack.platform.errors import TooManyRequests
from tapstack_local.processes.ports import free_port

PAGES = 6
EACH = 2
"""Messages of a page in one round; those of all rounds are fewer than a room keeps."""

AGAIN_S = 2.0

MakeGame = Callable[..., Game]


@dataclass
class Page:
    """A page that shows a room, and what it has seen there."""

    game: Game
    player_id: str
    room: str
    session: aiohttp.ClientSession
    epoch: str = ""
    seq: int = 0
    shown: dict[int, str] = field(default_factory=dict)
    gaps: int = 0
    connects: int = 0
    is_in: bool = False
    unanswered: dict[str, str] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    _socket: aiohttp.ClientWebSocketResponse | None = None

    async def stay(self) -> None:
        """Is in the room, and comes back each time."""
        while True:
            try:
                await self._connected()
            except (aiohttp.ClientError, ConnectionError):
                pass
            self._socket, self.is_in = None, False
            await asyncio.sleep(random.uniform(0.02, 0.2))  # noqa: S311

    async def _connected(self) -> None:
        keys = self.game.stores.settings.http.token_signing_keys
        ticket = tickets.sign(self.player_id, system_clock() // 1_000, keys[0])
        url = self.game.stores.settings.live.socket_url
        async with self.session.ws_connect(url, params={"ticket": ticket}) as socket:
            self.connects += 1
            self._socket = socket
            await self._enter()
            for op in self.unanswered:
                await self._send(op)
            async for message in socket:
                await self._received(frames.decode_server.decode(message.data))

    async def say(self, text: str) -> None:
        """Over the WebSocket, again and again under one op until it is answered."""
        op = op_at(system_clock())
        self.unanswered[op] = text
        while op in self.unanswered:
            await self._send(op)
            await self._answered(op)

    async def _answered(self, op: str) -> None:
        """Waits until it is, or for a while: answers are lost, too."""
        until_s = time.monotonic() + AGAIN_S
        while op in self.unanswered and time.monotonic() < until_s:
            await asyncio.sleep(0.02)

    async def post(self, text: str) -> None:
        """As a page without a WebSocket does."""
        op = op_at(system_clock())
        while True:
            try:
                await asyncio.to_thread(chatting.say, self.game.stores, self.player_id, self.room, op, text)
                break
            except TooManyRequests as refused:
                await asyncio.sleep((refused.retry_after_ms or 1_000) / 1_000)
        self.acknowledged.append(text)

    async def _enter(self) -> None:
        assert self._socket
        await self._socket.send_json({"type": "enter", "room": self.room, "epoch": self.epoch, "after": self.seq})

    async def _send(self, op: str) -> None:
        if self._socket is not None and not self._socket.closed:
            await self._socket.send_json({"type": "say", "room": self.room, "op": op, "text": self.unanswered[op]})

    async def _received(self, frame: frames.ServerFrame) -> None:
        match frame:
            case frames.Entered():
                self.is_in = True
                self._take(frame.view)
            case frames.Happened():
                fresh = [entry for entry in frame.entries if entry.seq > self.seq]
                if frame.epoch != self.epoch or (fresh and fresh[0].seq != self.seq + 1):
                    await self.read()
                elif fresh:
                    self.seq = fresh[-1].seq
                    self._add(fresh)
            case frames.Said():
                if frame.op in self.unanswered:
                    self.acknowledged.append(self.unanswered.pop(frame.op))
            case frames.Pong():
                if [(room.epoch, room.seq) for room in frame.rooms] != [(self.epoch, self.seq)]:
                    await self.read()

    async def read(self) -> None:
        view = await asyncio.to_thread(chatting.read, self.game.stores, self.player_id, self.room, self.epoch, self.seq)
        self._take(msgspec.convert(msgspec.json.decode(frames.encode(view)), frames.RoomView))

    def _take(self, view: frames.RoomView) -> None:
        self.gaps += view.gap
        if view.epoch != self.epoch:
            self.epoch, self.seq, self.shown = view.epoch, 0, {}
        self.seq = max(self.seq, view.seq)
        self._add(view.entries)

    def _add(self, entries: Sequence[frames.Entry]) -> None:
        for entry in entries:
            assert isinstance(entry.event, Message)
            self.shown[entry.seq] = entry.event.text

    async def poll(self) -> None:
        """What a page does from time to time: it asks where the room is, or enters it again."""
        if self._socket is None or self._socket.closed:
            return
        if self.is_in:
            await self._socket.send_json({"type": "ping", "rooms": [self.room]})
        else:
            await self._enter()


@dataclass
class Room:
    """A room with pages in it, and the server of their sockets."""

    game: Game
    process: LiveProcess
    name: str
    pages: list[Page]
    said: int = 0

    async def round(self, fault: Callable[[], Awaitable[None]]) -> list[str]:
        """All say something while a fault happens; returns what was acknowledged, once every page has caught up."""
        texts = [f"message {self.said + number}" for number in range(PAGES * EACH)]
        self.said += len(texts)
        says = []
        for number, text in enumerate(texts):
            page = self.pages[number % PAGES]
            says.append(page.say(text) if number % 3 else page.post(text))
        await asyncio.gather(fault(), *says)
        await self.caught_up()
        return texts

    async def caught_up(self) -> None:
        now = self.game.stores.rooms.look(self.name, "", 0)
        turn = 0
        while not all(page.is_in and (page.epoch, page.seq) == (now.epoch, now.seq) for page in self.pages):
            await asyncio.sleep(0.05)
            turn += 1
            if turn % 40 == 0:  # more often would be a flood
                for page in self.pages:
                    await page.poll()

    async def sockets_cut(self) -> None:
        """All of them, by the server's own doing."""
        for page in self.pages:
            for connection in self.game.stores.connections.of_player(page.player_id):
                await asyncio.to_thread(self.game.stores.sockets.close, connection)

    async def server_killed(self) -> None:
        await asyncio.to_thread(self.process.kill)
        await asyncio.to_thread(self.process.stop)
        await asyncio.to_thread(self.process.start)

    async def redis_wiped(self) -> None:
        await asyncio.to_thread(self.game.stores.redis.flushall)

    def check(self, texts: Sequence[str]) -> None:
        """What was acknowledged is in the room, once, and every page shows the room as it is."""
        kept = self.game.stores.rooms.look(self.name, "", 0).kept
        in_room = {each.seq: str(json.loads(each.event)["text"]) for each in kept}
        assert list(in_room) == list(range(1, len(in_room) + 1))
        assert len(set(in_room.values())) == len(in_room)
        assert set(texts) <= set(in_room.values())
        for page in self.pages:
            assert page.shown == in_room


def test_what_was_acknowledged_is_in_the_room_and_what_is_lost_is_noticed(make_game: MakeGame) -> None:
    port = free_port()
    own = f"http://127.0.0.1:{port}"
    game = make_game(LIVE_URL=f"{own}/live", LIVE_ENDPOINT=f"{own}/{SECRET}")
    name = f"lobby:{uuid.uuid4().hex}"
    game.stores.doors = {"lobby": lambda _, __: True}
    players = [game.sign_in(number).id for number in range(1, PAGES + 1)]

    async def story(process: LiveProcess) -> None:
        async with aiohttp.ClientSession() as session:
            pages = [Page(game, player_id, name, session) for player_id in players]
            room = Room(game, process, name, pages)
            staying = [asyncio.ensure_future(page.stay()) for page in pages]
            try:
                await asyncio.wait_for(told(room), 2 * DEADLINE_S)
            finally:
                for each in staying:
                    each.cancel()
                await asyncio.gather(*staying, return_exceptions=True)

    async def told(room: Room) -> None:
        while not all(page.epoch for page in room.pages):
            await asyncio.sleep(0.02)
        before = {page.epoch for page in room.pages}
        since: list[str] = []
        for fault in (room.sockets_cut, room.server_killed):
            since += await room.round(fault)
            room.check(since)
        assert {page.gaps for page in room.pages} == {0}
        assert all(page.connects >= 3 for page in room.pages)

        await room.round(room.redis_wiped)
        room.check([])  # what was under way may have been in what is lost
        after = {page.epoch for page in room.pages}
        assert len(before) == len(after) == 1
        assert before != after
        assert {page.gaps for page in room.pages} == {1}

        texts = await room.round(room.server_killed)
        room.check(texts)
        assert {page.gaps for page in room.pages} == {1}
        assert sorted(text for page in room.pages for text in page.acknowledged) == sorted(
            f"message {number}" for number in range(room.said)
        )

    with live_process(lambda event: sockets.serve(game.stores, event), port) as process:
        asyncio.run(story(process))
