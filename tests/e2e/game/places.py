"""The runtimes that the game's suite uses, with one interface: the API, the stores behind it, players."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import boto3
from botocore.config import Config
from support.http import Answer, request
from support.identity import BOT_TOKEN, init_data
from support.servers import ROOT, redis_server, running
from support.waiting import DEADLINE_S
from tapstack_local.emulator import PROGRAM
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.readiness import wait_until_ready
from tapstack_local.testing import Game
from tapstack_localstack.deployment.deploy import api_url
from tapstack_localstack.deployment.endpoint import Endpoint, function_url
from tapstack_localstack.deployment.stack import Stack

SESSION_IDLE_S = 15
"""Short, so that the first run of cleanup finds idle sessions; longer than any request takes."""

WEBHOOK_SECRET = "webhook-secret-of-the-suite"
SETTINGS = {
    "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
    "TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET,
    "TOKEN_SIGNING_KEY": "signing-key-of-the-suite",
    "SESSION_IDLE_S": str(SESSION_IDLE_S),
    "LIVE_LOBBY": "1",
}
_user_ids = itertools.count(40_000)


@dataclass(frozen=True)
class Target:
    """A running game: the addresses of its API, stores and queues."""

    name: str
    base_url: str
    redis_url: str
    endpoint_url: str
    access_key: tuple[str, str] = ("test", "test")
    live_port: int = 0
    """Where clients of a stack look for the process that serves WebSockets beside it."""

    def client(self, service: str) -> Any:
        """A boto3 client of the AWS services behind the game."""
        return _client(service, self.endpoint_url, self.access_key)

    def table(self, logical_id: str) -> str:
        """The real name of a table of the template."""
        names: list[str] = self.client("dynamodb").list_tables()["TableNames"]
        return next(name for name in names if logical_id in name)

    def queue(self, logical_id: str) -> str:
        """The URL of a queue of the template."""
        urls: list[str] = self.client("sqs").list_queues()["QueueUrls"]
        return next(url for url in urls if f"-{logical_id}" in url)

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One HTTP request to the API; a function's cold start may take long."""
        return request(method, self.base_url + path, body, headers, timeout_s=60)

    def endpoint(self, url: str) -> tuple[str, dict[str, str]]:
        """Where this machine reaches an address that POST /sessions has named, and the headers that it needs."""
        return (urljoin(self.base_url, url), {}) if url.startswith("/") else function_url(self.endpoint_url, url)

    def sign_in(self, user_id: int | None = None, session_id: str | None = None, bot_token: str = BOT_TOKEN) -> Player:
        """A player with an open session; without a user id, a new one."""
        player = Player(self, user_id or next(_user_ids), session_id or str(uuid.uuid4()), bot_token)
        player.open()
        return player

    def saved(self, player: Player) -> int:
        """The player's score in DynamoDB; 0 if there is none."""
        row = self.client("dynamodb").get_item(
            TableName=self.table("CountersTable"), Key={"id": {"S": player.id}}, ConsistentRead=True
        )
        return int(row["Item"]["clicks"]["N"]) if "Item" in row else 0


@cache
def _client(service: str, endpoint_url: str, access_key: tuple[str, str]) -> Any:
    """Made once: that takes longer than many of its calls."""
    return boto3.client(
        service,
        endpoint_url=endpoint_url,
        region_name="us-east-1",
        aws_access_key_id=access_key[0],
        aws_secret_access_key=access_key[1],
        config=Config(connect_timeout=5, read_timeout=30),
    )


@dataclass(eq=False)
class Player:
    """A player with one session."""

    target: Target
    user_id: int
    session_id: str
    bot_token: str = BOT_TOKEN
    opened: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.opened["player"]["id"])

    @property
    def token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.opened['token']}"}

    def open(self) -> Answer:
        headers = {"Authorization": f"tma {init_data(self.user_id, token=self.bot_token)}"}
        answer = self.target.call("POST", "/sessions", {"session_id": self.session_id}, headers)
        assert answer.status in (200, 201), answer
        self.opened = answer.body
        return answer

    def tap(self, total: int) -> Answer:
        return self._direct("clicks", {"taps": total})

    def beat(self) -> Answer:
        return self._direct("heartbeat", {})

    def _direct(self, name: str, body: Any) -> Answer:
        """A request to a function's own address, as clients send it; to the API where a release knows none."""
        if "endpoints" not in self.opened:
            return self.target.call("POST", f"/{name}", body, self.token)
        url, headers = self.target.endpoint(self.opened["endpoints"][name])
        return request("POST", url, body, {**self.token, **headers}, timeout_s=60)

    def leave(self) -> Answer:
        return self.target.call("DELETE", "/sessions/current", None, self.token)


@contextmanager
def embedded(folder: Path) -> Iterator[Target]:
    """The embedded runtime, as `make up` starts it."""
    with Game(ROOT, folder, SETTINGS) as game:
        key = (game.secret("AWS_ACCESS_KEY_ID"), game.secret("AWS_SECRET_ACCESS_KEY"))
        yield Target("embedded", game.url, game.redis_url, game.aws_endpoint_url, key)


@contextmanager
def ministack(folder: Path, changes: Mapping[str, str] | None = None) -> Iterator[Target]:
    """MiniStack's own CloudFormation, API Gateway, Lambda, EventBridge, SQS and DynamoDB."""
    python = os.environ.get("MINISTACK_PYTHON") or str(ROOT / ".venv-ministack/bin/python")
    port = free_port()
    environment = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0"}
    environment |= {"SFTP_ENABLED": "0", "LOG_LEVEL": "WARNING", "PYTHONPATH": ""}
    endpoint = f"http://127.0.0.1:{port}"
    environment |= {"AWS_ENDPOINT_URL": endpoint}  # functions inherit it; another suite may have set it
    with ExitStack() as stack:
        redis_url = stack.enter_context(redis_server())
        process = stack.enter_context(running([python, str(PROGRAM)], environment, name="ministack"))
        wait_until_ready(process, lambda: _answers(f"{endpoint}/_ministack/health"), DEADLINE_S)
        yield deploy("ministack", folder, endpoint, redis_url, changes or {})


@contextmanager
def localstack(folder: Path) -> Iterator[Target]:
    """Real LocalStack, its functions as processes of this machine."""
    endpoint = f"http://127.0.0.1:{(port := free_port())}"
    environment = {"LOCALSTACK_PORT": str(port), "STATE_DIR": str(folder)}
    _run("tapstack_localstack", ["start"], environment)
    try:
        known = json.loads((folder / "localstack" / "running.json").read_text())
        yield deploy("localstack", folder, endpoint, known["environment"]["REDIS_URL"], {})
    finally:
        _run("tapstack_localstack", ["stop"], environment)


PLACES = {"embedded": embedded, "ministack": ministack, "localstack": localstack}


def deploy(name: str, folder: Path, endpoint: str, redis_url: str, changes: Mapping[str, str]) -> Target:
    """Deploys to an emulator, or updates the deployment, with changed settings."""
    environment = {"AWS_ENDPOINT_URL": endpoint, "REDIS_URL": redis_url, "STATE_DIR": str(folder)}
    environment["LIVE_SERVER"] = f"http://127.0.0.1:{(live_port := free_port())}/live"
    _run("tapstack_localstack", ["deploy"], {**environment, **SETTINGS, **changes})
    at = Endpoint(endpoint)
    return Target(name, api_url(at, Stack(at, "tapstack").outputs()), redis_url, endpoint, live_port=live_port)


def _run(module: str, arguments: list[str], environment: Mapping[str, str]) -> None:
    path = {"PYTHONPATH": f"{ROOT / 'localstack'}:{ROOT / 'infra'}:{ROOT / 'layers/tapstack/python'}"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "ENV_FILE": os.devnull, **path, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, f"python -m {module} {arguments} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


def _answers(url: str) -> bool:
    try:
        return request("GET", url, timeout_s=2).status == 200
    except OSError:
        return False
