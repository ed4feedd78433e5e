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
from pathlib import Path

import tapstack
from tapstack.composition import OperatorContainer
from tapstack.platform.logs import protect, secrets_of
from tapstack.platform.settings import DEFAULTS, Settings, TableSettings

QUEUES = {
    "SYNC_QUEUE_URL": "SyncQueue",
    "SYNC_DEAD_LETTER_QUEUE_URL": "SyncDeadLetterQueue",
    "OUTBOX_QUEUE_URL": "OutboxQueue",
    "OUTBOX_DEAD_LETTER_QUEUE_URL": "OutboxDeadLetterQueue",
}
STATE = ".local"
"""Where an embedded game keeps run.json, in the folder that it runs in."""


class NoGame(Exception):
    """There is no game to be found, or more than one; the message says what to do."""


def state_folder(env: Mapping[str, str]) -> Path:
    """The state of the embedded game that runs in this folder, else in the checkout that this package lies in.

    STATE_DIR names another, as it does for the game itself.
    """
    if given := env.get("STATE_DIR"):
        return Path(given)
    here, checkout = Path(STATE), Path(tapstack.__file__).resolve().parents[4] / STATE
    return here if (here / "run.json").exists() or not (checkout / "run.json").exists() else checkout


def find(env: Mapping[str, str], *, state: Path | None, stack: str) -> OperatorContainer:
    """The container of a game; raises NoGame. `state` is where an embedded game keeps run.json.

    Sets the AWS_ variables of this process: boto3 reads them there.
    """
    found = dict(env)
    if "REDIS_URL" not in found:
        found |= _running_here(state or state_folder(env), found)
    found.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    os.environ.update({name: value for name, value in found.items() if name.startswith("AWS_")})
    found |= _names(found, stack)
    settings = Settings.from_env({**DEFAULTS, **found})
    protect(secrets_of(settings, found))
    game = OperatorContainer(settings)
    if game.live_admin.highest_bucket() >= settings.play.buckets:
        raise NoGame(f"this game has more than {settings.play.buckets} buckets: set BUCKETS as it is deployed")
    return game


def _running_here(state: Path, env: dict[str, str]) -> dict[str, str]:
    """The variables that lead to the embedded game. Its emulator takes its own key alone: any other is removed."""
    running = state / "run.json"
    if not running.exists():
        raise NoGame("no game runs here: start one with `make up`, or set REDIS_URL (and AWS_ENDPOINT_URL)")
    ours = json.loads(running.read_text())
    found = {"REDIS_URL": ours["redis_url"]}
    if "LIVE_ENDPOINT" not in env and ours.get("live_endpoint"):
        found["LIVE_ENDPOINT"] = ours["live_endpoint"]
    if not ours["aws_endpoint_url"]:
        # On AWS itself, with whatever key or role boto3 finds.
        return found | {"AWS_DEFAULT_REGION": env.get("AWS_REGION") or ours["aws_region"]}
    found["AWS_ENDPOINT_URL"] = ours["aws_endpoint_url"]
    if own := ours.get("aws_credentials"):
        secrets = json.loads((state / own).read_text())
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            env.pop(name, None)
            os.environ.pop(name, None)
        return found | {name: secrets[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    keys = {name: env.get(name, "test") for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    return found | keys


def _names(env: Mapping[str, str], stack: str) -> dict[str, str]:
    from tapstack.platform import discovery

    names: dict[str, str] = {}
    missing = {name: table.variable for name, table in TableSettings.settings() if table.variable not in env}
    if missing:
        there = discovery.table_names()
        names |= {variable: one_of(f"{name.title()}Table", there, stack) for name, variable in missing.items()}
    if not all(variable in env for variable in QUEUES):
        urls = discovery.queue_urls()
        names |= {variable: one_of(logical_id, urls, stack) for variable, logical_id in QUEUES.items()}
    return names


def one_of(logical_id: str, there: list[str], stack: str) -> str:
    """The name or URL of a resource; raises NoGame where none or several fit."""
    before = f"(^|/){re.escape(stack)}-" if stack else "(^|/|-)"
    fitting = [name for name in there if re.search(f"{before}{logical_id}($|-)", name)]
    if len(fitting) != 1:
        what = f"{len(fitting)} fit: {', '.join(fitting)}; say which with --stack" if fitting else "there is none"
        raise NoGame(f"{logical_id}: {what}")
    return fitting[0]
