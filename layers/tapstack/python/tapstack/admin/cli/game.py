"""Finds the game to work on: the one that the environment names, or the one that runs here.

Wherever it is, its tables and queues carry the names of template.yaml's resources: `PlayersTable` embedded,
`<stack>-PlayersTable-<suffix>` from CloudFormation on LocalStack and AWS. So the names are looked up, and an
environment that names them wins.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from tapstack.composition import Container
from tapstack.platform.bounds import MAX_SEARCH
from tapstack.platform.logs import protect, secrets_of
from tapstack.platform.settings import DEFAULTS, Settings

TABLES = (
    *("players", "uniques", "counters", "sessions", "boards", "messages", "metrics", "audit", "chats"),
    *("broadcasts", "deliveries"),
)
QUEUES = {
    "SYNC_QUEUE_URL": "SyncQueue",
    "SYNC_DEAD_LETTER_QUEUE_URL": "SyncDeadLetterQueue",
    "OUTBOX_QUEUE_URL": "OutboxQueue",
    "OUTBOX_DEAD_LETTER_QUEUE_URL": "OutboxDeadLetterQueue",
}
UNUSED = "not-needed-by-the-command-line"
"""Stands for secrets that only functions need."""


class NoGame(Exception):
    """There is no game to be found, or more than one; the message says what to do."""


def find(env: Mapping[str, str], *, state: Path, stack: str) -> Container:
    """The container of a game; raises NoGame. `state` is where an embedded game keeps run.json."""
    found = dict(env)
    running = state / "run.json"
    if "REDIS_URL" not in found:
        if not running.exists():
            raise NoGame("no game runs here: start one with `make up`, or set REDIS_URL (and AWS_ENDPOINT_URL)")
        ours = json.loads(running.read_text())
        found |= {"REDIS_URL": ours["redis_url"], "AWS_ENDPOINT_URL": ours["aws_endpoint_url"]}
        if own := ours.get("aws_credentials"):
            # Its emulator takes no others: those of the environment are for somewhere else.
            secrets = json.loads((state / own).read_text())
            for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
                found.pop(name, None)
                os.environ.pop(name, None)
            found |= {name: secrets[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        else:
            found = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", **found}
    found.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    os.environ.update({name: value for name, value in found.items() if name.startswith("AWS_")})
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY"):
        found.setdefault(name, UNUSED)
    found |= _names(found, stack)
    settings = Settings.from_env({**DEFAULTS, **found})
    protect(secrets_of(settings, found))
    container = Container(settings)
    if container.live_admin.highest_bucket() >= container.settings.buckets:
        raise NoGame(f"this game has more than {container.settings.buckets} buckets: set BUCKETS as it is deployed")
    return container


def _names(env: Mapping[str, str], stack: str) -> dict[str, str]:
    from tapstack.platform import discovery

    names: dict[str, str] = {}
    missing = [name for name in TABLES if f"{name.upper()}_TABLE" not in env]
    if missing:
        there = discovery.table_names()
        names |= {f"{name.upper()}_TABLE": _one(f"{name.title()}Table", there, stack) for name in missing}
    if not all(variable in env for variable in QUEUES):
        urls = discovery.queue_urls()
        names |= {variable: _one(logical_id, urls, stack) for variable, logical_id in QUEUES.items()}
    return names


def _one(logical_id: str, there: list[str], stack: str) -> str:
    before = f"(^|/){re.escape(stack)}-" if stack else "(^|/|-)"
    fitting = [name for name in there if re.search(f"{before}{logical_id}($|-)", name)]
    if len(fitting) != 1:
        what = f"{len(fitting)} fit: {', '.join(fitting)}; say which with --stack" if fitting else "there is none"
        raise NoGame(f"{logical_id}: {what}")
    return fitting[0]


class Desk:
    """What all commands share: the game, found when it is first needed, and how to answer."""

    def __init__(self, *, state: Path, stack: str, as_json: bool, yes: bool) -> None:
        self._state = state
        self._stack = stack
        self.as_json = as_json
        self.yes = yes

    @cached_property
    def game(self) -> Container:
        return find(os.environ, state=self._state, stack=self._stack)

    @property
    def operator(self) -> str:
        """Who is named in the books."""
        return (os.environ.get("TAPSTACK_OPERATOR") or os.environ.get("USER") or "operator")[:MAX_SEARCH]

    @property
    def tables(self) -> Any:
        return self.game.tables
