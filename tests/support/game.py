"""The functions and services over real stores, inside the test's own process."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import secrets
import uuid
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import CodeType
from typing import Any, Generic, cast

import boto3
from tapstack import composition
from tapstack.heists.redis_heists import RedisHeists
from tapstack.platform.clock import system_clock
from tapstack.platform.redis_limiter import Limiter, PipelinedLimiter
from tapstack.platform.settings import DEFAULTS, Settings
from tapstack.play.redis_pipelined_play import PipelinedPlay
from tapstack.play.redis_play import RedisPlay
from typing_extensions import TypeVar

from support.aws_calls import BotoCalls, Emulator
from support.identity import BOT_TOKEN, init_data
from support.permissions import running, use
from support.schema import tables
from support.servers import ROOT


class Context:
    """What a function needs of a Lambda context."""

    aws_request_id = "test-request"
    function_name = "test"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:test"

    def __init__(self, remaining_ms: int = 60_000) -> None:
        self._remaining_ms = remaining_ms

    def get_remaining_time_in_millis(self) -> int:
        return self._remaining_ms


class TestContainer(composition.Container):
    """A container whose scripts can go by an injected clock."""

    __test__ = False

    def __init__(self, settings: Settings, now_ms: Callable[[], int] | None = None) -> None:
        super().__init__(settings, now_ms or system_clock)
        self._script_clock = now_ms

    def __getattribute__(self, name: str) -> Any:
        if isinstance(vars(composition.Container).get(name), cached_property):
            use(name)
        return super().__getattribute__(name)

    @cached_property
    def play(self) -> RedisPlay:
        return RedisPlay(self.redis, self.settings.play, now_ms=self._script_clock)

    @cached_property
    def pipelined_play(self) -> PipelinedPlay:
        assert self.pipeline
        return PipelinedPlay(self.pipeline, self.settings.play, now_ms=self._script_clock)

    @cached_property
    def pipelined_limiter(self) -> PipelinedLimiter:
        assert self.pipeline
        return PipelinedLimiter(self.pipeline, lambda: self.settings.http.token_signing_keys, self._script_clock)

    @cached_property
    def live_heists(self) -> RedisHeists:
        return RedisHeists(self.redis, self._script_clock)

    @cached_property
    def limiter(self) -> Limiter:
        return Limiter(lambda: self.redis, lambda: self.settings.http.token_signing_keys, now_ms=self._script_clock)


def make_settings(redis_url: str, **changes: str) -> Settings:
    """Settings of a game with tables and queues of its own, which `create_aws` makes."""
    prefix = f"t{secrets.token_hex(4)}-"
    env = {
        **DEFAULTS,
        "REDIS_URL": redis_url,
        **{f"{name.upper()}_TABLE": prefix + name for name in tables()},
        "SYNC_QUEUE_URL": prefix + "sync",
        "SYNC_DEAD_LETTER_QUEUE_URL": prefix + "sync-dead",
        "OUTBOX_QUEUE_URL": prefix + "outbox",
        "OUTBOX_DEAD_LETTER_QUEUE_URL": prefix + "outbox-dead",
        "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
        "TELEGRAM_BOT_USERNAME": "tapstack_test_bot",
        "TELEGRAM_WEBHOOK_SECRET": "webhook-secret-of-the-tests",
        "TOKEN_SIGNING_KEY": "signing-key-of-the-test-suite",
        "LIVE_URL": "https://live.invalid/live",
        "LIVE_LOBBY": "1",
        **changes,
    }
    return Settings.from_env(env)


def create_aws(settings: Settings) -> Settings:
    """Makes the tables and queues that the settings name; returns them with the queues' real URLs."""
    wanted = {settings.tables.name_of(name): schema for name, schema in tables().items()}
    queues = {name: value for name, value in settings.values.items() if name.endswith("_QUEUE_URL")}
    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        with Emulator(endpoint) as emulator:
            for name, schema in wanted.items():
                emulator.call("DynamoDB_20120810.CreateTable", {"TableName": name, **schema})
            made = {name: emulator.call("AmazonSQS.CreateQueue", {"QueueName": n}) for name, n in queues.items()}
    else:
        dynamodb, sqs = BotoCalls(), boto3.client("sqs")
        for name, schema in wanted.items():
            dynamodb.call("CreateTable", {"TableName": name, **schema})
        made = {name: sqs.create_queue(QueueName=n) for name, n in queues.items()}
    return with_values(settings, **{name: answer["QueueUrl"] for name, answer in made.items()})


def with_values(settings: Settings, **changes: Any) -> Settings:
    """The same settings with other values, by the names of their variables."""
    return Settings({**settings.values, **changes})


def load_function(name: str) -> Any:
    """A fresh copy of a function's module, as a new execution environment would load it."""
    spec = importlib.util.spec_from_file_location(f"fn_{name}_{uuid.uuid4().hex}", ROOT / f"functions/{name}/app.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    exec(_code_of(name), module.__dict__)  # noqa: S102
    return module


@cache
def _code_of(function: str) -> CodeType:
    """A function's compiled code, read once: thousands of tests load it."""
    path = ROOT / f"functions/{function}/app.py"
    return compile(path.read_bytes(), path, "exec", dont_inherit=True)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: Any


OPENED_OP = "01a20180-0000-7000-8000-000000000000"
"""The op of the crates that everybody has opened in a game in memory (fakes/economy.py)."""

REROLLED, CHECKED_IN = "-8000-000000000001", "-8000-000000000002"
"""How the ops end by which everybody has exchanged a mission there, and checked in."""

RAIDED, RAIDED_TARGET = "-8000-000000000004", "d" * 16
"""How the ops end by which everybody has raided somebody there, and whom."""

RALLY = "f" * 16
"""A rally that everybody may look at and join there, and has claimed the reward of."""

DUEL, DECLINED = "a" * 16, "b" * 16
"""A duel that anybody may accept there, and one that was taken back."""

REROLLED_CAUSE = "c#mis#2026-01-01#day_taps"

FRIEND_ID = "e" * 16
HEIST_ID = "g20261122-" + "a" * 13
"""A friend of the first player there is, in a game in memory (fakes/players.py)."""


FACTION_ID, FOUNDED = "f" * 12, "-8000-000000000003"
"""The faction that the first player there leads, and how the op ends by which everybody has founded it."""

TERRITORY = "harbour"


def _places(path: str) -> dict[str, str]:
    """Parameters in a path that are there in any game in memory."""
    from tapstack.economy.catalogue.built_in import built_in

    known = {"version": built_in().version, "entry": OPENED_OP, "player": FRIEND_ID, "faction": FACTION_ID}
    known |= {"territory": TERRITORY, "heist": HEIST_ID, "rally": RALLY, "room": "lobby:main"}
    known["duel"] = DECLINED if path.endswith("decline") else DUEL
    return {name: known[name] for name in re.findall(r"{(\w+)}", path)}


def api_event(
    method: str,
    path: str,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """An API Gateway REST proxy event; a `body` that is no text is sent as JSON.

    `path` is a route's; `places` are its parameters.
    """
    text = body if body is None or isinstance(body, str) else json.dumps(body)
    given = dict(headers or {})
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": given,
        "multiValueHeaders": {name: [value] for name, value in given.items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": {k: [v] for k, v in query.items()} if query else None,
        "pathParameters": {**_places(path), **(places or {})} or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": path,
            "httpMethod": method,
            "requestId": "test-request",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "body": text,
        "isBase64Encoded": False,
    }


Ports = TypeVar("Ports", default=TestContainer, covariant=True)


@dataclass
class Game(Generic[Ports]):
    """All functions of one game, called as API Gateway would call them: over real stores unless it says otherwise."""

    stores: Ports
    functions: dict[str, Any] = field(default_factory=dict)

    def function(self, name: str) -> Any:
        if name not in self.functions:
            self.functions[name] = load_function(name)
        return self.functions[name]

    def call(self, function: str, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        """One HTTP request to a function."""
        return self.send(function, api_event(method, path, body, **options))

    def send(self, function: str, event: Mapping[str, Any]) -> Answer:
        """One invocation of an HTTP function with an event of API Gateway's."""
        raw = self._invoke(function, "app", event)
        text = raw["body"]
        body = b64decode(text) if raw.get("isBase64Encoded") else json.loads(text) if text else None
        return Answer(raw["statusCode"], raw["headers"], body)

    def sign_in(
        self, user_id: int, session_id: str | None = None, first_name: str = "Ada", start_param: str = ""
    ) -> Player:
        """A player with an open session, who came by a link with a start parameter where one is given."""
        session_id = session_id or str(uuid.uuid4())
        auth_date_s = cast(Any, self.stores).clock() // 1_000  # a test's own time may be long ago
        proof = init_data(user_id, first_name, auth_date_s=auth_date_s, start_param=start_param)
        headers = {"Authorization": f"tma {proof}"}
        answer = self.call("sessions", "POST", "/sessions", {"session_id": session_id}, headers=headers)
        assert answer.status in (200, 201), answer
        return Player(self, user_id, session_id, answer.body)

    def run(self, function: str, event: Mapping[str, Any] | None = None) -> Any:
        """One invocation of a scheduled or queue function."""
        return self._invoke(function, "handler", event or {"source": "aws.events"})

    def _invoke(self, function: str, handler: str, event: Mapping[str, Any]) -> Any:
        composition.use(cast(composition.Container, self.stores))  # fakes/ports.py proves that the fakes suffice
        with running(function):
            return getattr(self.function(function), handler)(dict(event), Context())


AnyGame = Game[Any]
MakeGame = Callable[..., Game]


@dataclass
class Player:
    """A signed-in player; `opened` is the answer of POST /sessions."""

    game: AnyGame
    user_id: int
    session_id: str
    opened: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.opened["player"]["id"])

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.opened['token']}"}

    def tap(self, total: int, **also: Any) -> Answer:
        return self.game.call("click", "POST", "/clicks", {"taps": total, **also}, headers=self.headers)

    def beat(self, **body: Any) -> Answer:
        return self.game.call("heartbeat", "POST", "/heartbeat", body, headers=self.headers)

    def leave(self) -> Answer:
        return self.game.call("sessions", "DELETE", "/sessions/current", headers=self.headers)

    def reopen(self) -> Player:
        return self.game.sign_in(self.user_id, self.session_id)
