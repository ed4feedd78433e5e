"""Plays a round on a deployed game, and reports each answer."""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tapstack_build.errors import DeployError
from tapstack_local.init_data import make_init_data

from tapstack_localstack.deployment.endpoint import function_url

TIMEOUT_S = 60
STARTS = 4
"""How often a function is called that does not answer within its own time-out: cold, on a busy machine, it may not."""

_TAPS = 3
_TESTER_ID = 7_000_000_000
"""Above the ids of the sign-in page's players, and of any of Telegram's so far."""


@dataclass(frozen=True)
class Reply:
    """A call's answer: status, JSON (None without a body), and duration."""

    status: int
    body: Any
    seconds: float


def call(url: str, method: str = "GET", body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
    """One HTTP call, and again where a function has timed out; raises DeployError only if nothing answers."""
    for _ in range(STARTS):
        reply = _call(url, method, body, headers)
        if reply.status < 500 or "timed out" not in str(reply.body):  # noqa: PLR2004
            break
    return reply


def _call(url: str, method: str, body: Any, headers: Mapping[str, str] | None) -> Reply:
    data = None if body is None else json.dumps(body).encode()
    given = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(url, data, given, method=method)  # noqa: S310
    began = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
            return Reply(answer.status, _json(answer.read()), time.monotonic() - began)
    except urllib.error.HTTPError as error:
        return Reply(error.code, _json(error.read()), time.monotonic() - began)
    except OSError as error:
        raise DeployError(f"{method} {url}: nothing answers ({getattr(error, 'reason', error)})") from error


def _json(text: bytes) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text.decode("utf-8", "replace")[:200]


def play(base_url: str, bot_token: str, endpoint_url: str) -> Iterator[str]:
    """Yields a line per call (health, sign-in, taps, leaderboard); raises DeployError at the first wrong answer."""
    health = _expect("health", call(f"{base_url}/health"), 200)
    yield _line("GET /health", health, health.body["status"])
    user = {"id": _TESTER_ID + secrets.randbelow(10**6), "first_name": "Deploy check"}
    signed = make_init_data(user, bot_token, auth_date_s=int(time.time()), query_id="deploy")
    opened = _expect(
        "sign-in",
        call(f"{base_url}/sessions", "POST", {"session_id": str(uuid.uuid4())}, {"Authorization": f"tma {signed}"}),
        *(201, 200),  # 200 where the first try has opened it, and timed out
    )
    yield _line("POST /sessions", opened, f"player {opened.body['player']['id']}")
    token = {"Authorization": f"Bearer {opened.body['token']}"}
    tapped = _expect("taps", call(f"{base_url}/clicks", "POST", {"taps": _TAPS}, token), 200)
    yield _line("POST /clicks", tapped, f"{tapped.body['accepted']} of {_TAPS} taps counted")
    if tapped.body["clicks"] != _TAPS:
        raise DeployError(f"{_TAPS} taps of a new player made {tapped.body['clicks']} clicks")
    for name, body in (("clicks", {"taps": _TAPS}), ("heartbeat", {})):
        if url := opened.body.get("endpoints", {}).get(name):
            address, headers = function_url(endpoint_url, url)
            direct = _expect(f"the URL of {name}", call(address, "POST", body, {**token, **headers}), 200)
            yield _line(f"POST {name} at its URL", direct, f"{direct.body['clicks']} clicks")
    board = _expect("leaderboard", call(f"{base_url}/leaderboard"), 200)
    yield _line("GET /leaderboard", board, f"{board.body['total_clicks']} clicks of {board.body['total_players']}")
    ended = _expect("leaving", call(f"{base_url}/sessions/current", "DELETE", None, token), 204)
    yield _line("DELETE /sessions/current", ended, "session ended")


def _line(what: str, reply: Reply, said: str) -> str:
    return f"{what:<26}{reply.status}  {reply.seconds * 1000:5.0f} ms  {said}"


def _expect(what: str, reply: Reply, *statuses: int) -> Reply:
    status = statuses[0]
    if reply.status in statuses:
        return reply
    code = reply.body.get("error", {}).get("code") if isinstance(reply.body, dict) else None
    hint = ": can the functions reach Redis at REDIS_URL?" if code == "store_unavailable" else ""
    raise DeployError(f"{what} answered {reply.status} instead of {status}: {reply.body}{hint}")
