"""What a WebSocket promises, on every runtime that has it: the embedded runtime's process, and MiniStack.

Some stories are played on that process beside an emulator, too, which it reaches by Lambda's own Invoke call: so it
stands beside LocalStack, which has no WebSocket APIs.
"""

from __future__ import annotations

import asyncio
import io
import json
import uuid
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import boto3
import pytest
from support.economy import op_at
from support.game import Game
from support.live import SECRET, Client, function_server, live_beside, live_process
from support.servers import ministack
from tapstack.live import redis_keys, rules, sockets, tickets
from tapstack.live.events import Changed
from tapstack.platform.clock import system_clock
from tapstack_local.processes.ports import free_port

_FORWARD = """
import json, urllib.request
def handler(event, _):
    request = urllib.request.Request("ADDRESS", json.dumps(event).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)
"""

MakeGame = Callable[..., Game]


@dataclass
class Live:
    """A game with a WebSocket API in front of it."""

    game: Game
    session: aiohttp.ClientSession
    is_embedded: bool
    clients: list[Client] = field(default_factory=list)

    async def connect(self, player_id: str = "") -> Client:
        """A client of a player, who needs no account to listen."""
        keys = self.game.stores.settings.http.token_signing_keys
        ticket = tickets.sign(player_id or uuid.uuid4().hex[:16], system_clock() // 1_000, keys[0])
        return await self.open(ticket)

    async def open(self, ticket: str) -> Client:
        url = self.game.stores.settings.live.socket_url
        client = Client(await self.session.ws_connect(url, params={"ticket": ticket}))
        self.clients.append(client)
        return client


Story = Callable[[Live], Awaitable[None]]


@pytest.fixture(params=["embedded", "ministack"])
def play(request: pytest.FixtureRequest, make_game: MakeGame) -> Iterator[Callable[[Story], None]]:
    """Plays a story on one of the runtimes."""
    made: list[Game] = []

    def handler(event: dict[str, Any]) -> Any:
        return sockets.serve(made[0].stores, event)

    def run(story: Story) -> None:
        made[0].stores.doors = {**made[0].stores.doors, "lobby": lambda _, __: True}

        async def told() -> None:
            async with aiohttp.ClientSession() as session:
                live = Live(made[0], session, request.param != "ministack")
                try:
                    await story(live)
                finally:
                    for client in live.clients:
                        await client.socket.close()

        asyncio.run(told())

    port = free_port()
    own = f"http://127.0.0.1:{port}"
    if request.param == "embedded":
        made.append(make_game(LIVE_URL=f"{own}/live", LIVE_ENDPOINT=f"{own}/{SECRET}"))
        with live_process(handler, port):
            yield run
        return
    endpoint = request.getfixturevalue("gateway_endpoint")
    with function_server(handler) as address:
        function = _function(endpoint, address)
        if request.param == "ministack":
            url = f"{endpoint}/_aws/execute-api/{_deploy(endpoint, function)}/live"
            made.append(make_game(LIVE_URL=url, LIVE_ENDPOINT=url))
            yield run
        else:
            made.append(make_game(LIVE_URL=f"{own}/live", LIVE_ENDPOINT=f"{own}/{SECRET}"))
            invoke = f"{endpoint}/2015-03-31/functions/{{function}}/invocations"
            with live_beside(invoke, function.rpartition(":")[2], port):
                yield run


@pytest.fixture(scope="module")
def gateway_endpoint() -> Iterator[str]:
    """A MiniStack with what a WebSocket API takes: those of other tests have stores only."""
    with ministack("lambda,apigateway,apigatewayv2,iam,logs") as endpoint:
        yield endpoint


def _function(endpoint: str, address: str) -> str:
    """A function on MiniStack that hands over to the one at an address; returns its ARN."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("forward.py", _FORWARD.replace("ADDRESS", address))
    function = boto3.client("lambda", endpoint_url=endpoint).create_function(
        FunctionName=f"live-{uuid.uuid4().hex[:8]}",
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/live",
        Handler="forward.handler",
        Code={"ZipFile": code.getvalue()},
        Timeout=25,
    )
    return str(function["FunctionArn"])


def _deploy(endpoint: str, function: str) -> str:
    """A WebSocket API of a function on MiniStack; returns its id."""
    gateway = boto3.client("apigatewayv2", endpoint_url=endpoint)
    api = gateway.create_api(Name="live", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.type")
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    made = gateway.create_integration(ApiId=api["ApiId"], IntegrationType="AWS_PROXY", IntegrationUri=uri)
    for key in ("$connect", "$disconnect", "$default"):
        gateway.create_route(ApiId=api["ApiId"], RouteKey=key, Target=f"integrations/{made['IntegrationId']}")
    gateway.create_stage(ApiId=api["ApiId"], StageName="live")
    return str(api["ApiId"])


def room() -> str:
    return f"lobby:{uuid.uuid4().hex}"


def said(name: str, text: str) -> dict[str, Any]:
    return {"type": "say", "room": name, "op": op_at(system_clock()), "text": text}


EVERYWHERE = pytest.mark.parametrize("play", ["embedded", "ministack", "beside"], indirect=True)


@EVERYWHERE
def test_what_one_says_the_other_hears(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        name = room()
        ada, bob = await live.connect(live.game.sign_in(1).id), await live.connect()
        for client in (ada, bob):
            entered = await client.ask({"type": "enter", "room": name})
            assert (entered["type"], entered["view"]["seq"]) == ("entered", 0)
        await ada.socket.send_json(said(name, "Hello"))
        heard = await bob.next("happened")
        assert [(entry["seq"], entry["event"]["text"]) for entry in heard["entries"]] == [(1, "Hello")]
        assert (await ada.next("said"))["seq"] == 1
        live.game.stores.live.to_room(name, Changed(what="map"))
        assert (await bob.next("happened"))["entries"][0]["event"] == {"type": "changed", "what": "map"}

    play(story)


def test_event_for_one_player_reaches_all_their_clients_and_nobody_else(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        player = uuid.uuid4().hex[:16]
        first, second, other = await live.connect(player), await live.connect(player), await live.connect()
        live.game.stores.live.to_player(player, Changed(what="wallet"))
        for client in (first, second):
            assert await client.next() == {"type": "told", "event": {"type": "changed", "what": "wallet"}}
        assert (await other.ask({"type": "ping"})) == {"type": "pong", "rooms": []}

    play(story)


@EVERYWHERE
def test_forged_and_old_tickets_open_nothing(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        keys = live.game.stores.settings.http.token_signing_keys
        old = tickets.sign("0" * 16, system_clock() // 1_000 - 61, keys[0])
        for ticket in ("", "A" * 43, old, tickets.sign("0" * 16, system_clock() // 1_000, "another key")):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await live.open(ticket)
            assert refused.value.status == (401 if live.is_embedded else 403)

    play(story)


def test_ticket_opens_one_connection_alone(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        keys, player = live.game.stores.settings.http.token_signing_keys, uuid.uuid4().hex[:16]
        ticket = tickets.sign(player, system_clock() // 1_000, keys[0])
        ada = await live.open(ticket)
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await live.open(ticket)
        assert refused.value.status == (401 if live.is_embedded else 403)
        assert (await ada.ask({"type": "ping"}))["type"] == "pong"

    play(story)


def test_full_room_refuses_the_next_and_those_in_it_hear_on(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        name, rooms = room(), live.game.stores.rooms
        ada, late = await live.connect(), await live.connect()
        await ada.ask({"type": "enter", "room": name})
        for number in range(rules.MEMBERS_MAX - 1):
            assert rooms.enter(name, f"{number:016x}", f"gone{number}=", "", 0)
        refused = await late.ask({"type": "enter", "room": name})
        assert (refused["type"], refused["code"], refused["room"]) == ("refused", "room_full", name)
        live.game.stores.live.to_room(name, Changed(what="map"))
        assert (await ada.next("happened"))["entries"][0]["event"] == {"type": "changed", "what": "map"}

    play(story)


@pytest.mark.parametrize(
    "frame", ["", "{", "[]", '{"type":"dance"}', '{"type":"enter","room":"palace:1"}', "x" * 5_000]
)
def test_unreadable_frame_is_refused_and_the_connection_goes_on(play: Callable[[Story], None], frame: str) -> None:
    async def story(live: Live) -> None:
        ada = await live.connect()
        await ada.socket.send_str(frame)
        assert (await ada.next("refused"))["code"] == "frame_unreadable"
        assert (await ada.ask({"type": "ping"}))["type"] == "pong"

    play(story)


def test_wrong_room_is_refused(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        ada = await live.connect()
        for name in ("duel:1", "rally:1", "heist:1", f"faction:{'0' * 16}"):
            for frame in ({"type": "enter", "room": name}, said(name, "Is anybody here?")):
                refused = await ada.ask(frame)
                assert (refused["type"], refused["code"], refused["room"]) == ("refused", "room_closed", name)
            assert live.game.stores.redis.exists(*redis_keys.room(name)) == 0

    play(story)


def test_flood_cuts_who_floods_and_nobody_else(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        name = room()
        eve, ada, bob = await live.connect(), await live.connect(live.game.sign_in(1).id), await live.connect()
        await bob.ask({"type": "enter", "room": name})
        for _ in range(60):
            if eve.socket.closed:
                break
            await eve.socket.send_str('{"type":"ping"}')
        await ada.socket.send_json(said(name, "Still here"))
        assert (await bob.next("happened"))["entries"][0]["event"]["text"] == "Still here"
        await eve.closed()

    play(story)


def test_gone_client_leaves_its_rooms(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        name = room()
        ada, bob = await live.connect(), await live.connect()
        for client in (ada, bob):
            await client.ask({"type": "enter", "room": name})
        await ada.socket.close()
        while live.game.stores.rooms.look(name, "", 0).online != 1:
            live.game.stores.live.to_room(name, Changed(what="x"))  # 410 removes who has not said goodbye
            assert (await bob.next("happened"))["entries"]

    play(story)


def test_client_that_was_away_catches_up(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        name = room()
        ada = await live.connect()
        view = (await ada.ask({"type": "enter", "room": name}))["view"]
        await ada.socket.close()
        for number in range(rules.KEPT + 2):
            live.game.stores.live.to_room(name, Changed(what=str(number)))
        again = await live.connect()
        known = {"epoch": view["epoch"], "after": rules.KEPT}
        caught = (await again.ask({"type": "enter", "room": name, **known}))["view"]
        assert ([entry["seq"] for entry in caught["entries"]], caught["gap"]) == ([51, 52], False)
        missed = (await again.ask({"type": "enter", "room": name, "epoch": view["epoch"], "after": 1}))["view"]
        assert (len(missed["entries"]), missed["gap"]) == (rules.KEPT, True)

    play(story)


def test_lost_redis_is_noticed_and_mended(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        name, player = room(), uuid.uuid4().hex[:16]
        ada = await live.connect(player)
        view = (await ada.ask({"type": "enter", "room": name}))["view"]
        live.game.stores.redis.flushall()
        assert (await ada.ask({"type": "ping", "rooms": [name]}))["code"] == "connection_unknown"
        await ada.closed()
        again = await live.connect(player)
        known = {"epoch": view["epoch"], "after": view["seq"]}
        after = (await again.ask({"type": "enter", "room": name, **known}))["view"]
        assert after["gap"]
        assert after["epoch"] != view["epoch"]
        live.game.stores.live.to_room(name, Changed(what="x"))
        assert (await again.next("happened"))["epoch"] == after["epoch"]

    play(story)


def test_frame_of_bytes_is_refused(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        ada = await live.connect()
        await ada.socket.send_bytes(b"\0\xff")
        if live.is_embedded:  # as AWS does
            assert await ada.closed() == 1003
        else:
            assert (await ada.next())["code"] == "frame_unreadable"

    play(story)


@EVERYWHERE
def test_frame_too_large_is_refused_and_nobody_else_notices(play: Callable[[Story], None]) -> None:
    async def story(live: Live) -> None:
        ada, bob = await live.connect(), await live.connect()
        await ada.socket.send_str("x" * 40_000)
        if live.is_embedded:
            assert await ada.closed() == 1009
        else:
            assert (await ada.next())["code"] == "frame_unreadable"
        assert (await bob.ask({"type": "ping"}))["type"] == "pong"

    play(story)


def test_connections_are_managed_by_functions_only(make_game: MakeGame) -> None:
    async def story(address: str) -> None:
        async with aiohttp.ClientSession() as session:
            for path, status in (("x/@connections/y", 403), (f"{SECRET}/@connections/y", 410), ("live", 403)):
                async with session.post(f"{address}/{path}", data=json.dumps({})) as answer:
                    assert answer.status == status

    with live_process(lambda _: {"statusCode": 200}) as process:
        asyncio.run(story(process.address))
