"""Fuzzing: the API's operations from its own document and the webhook from Telegram's types.

Hypothesis and schemathesis generate a few hundred requests, which is slow; all others are mutations of these. The
callers use many accounts and addresses, so that more than the limits of one account or address is tested.
"""

from __future__ import annotations

import json
import random
import re
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import jsonschema_rs
from hypothesis.errors import HypothesisException
from support.identity import init_data

from attack.attempt import PARSER, Attempt
from attack.line import Answer, Line, Unanswered
from attack.telegram_types import drawn, updates

SECONDS = 900.0
API_REQUESTS = 55_000
WEBHOOK_REQUESTS = 50_000
THREADS, CALLERS_EACH = 8, 24
DRAWN_API, DRAWN_UPDATES = 20, 250
DRAWN_SHORT, DRAWN_UPDATES_SHORT = 2, 25
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 1.5, 2**31, 2**40, 2**53 + 1, 2**63, 2**64, -(2**63), 10**40, 1e308, -0.0),
    *(
        "",
        "0",
        "null",
        "x" * 300,
        "\x00",
        "\u202e",
        "\ud800",
        "é",
        "\ufdfa" * 30,
        "../../x",
        "%00",
        "' OR 1=1 --",
        "{}",
    ),
    *([], {}, [[]], {"a": {"b": []}}, [None] * 50, "00000000-0000-4000-8000-000000000000"),
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")
HEADERS = (
    *(("Content-Type", kind) for kind in ("text/plain", "application/xml", "", "application/json; charset=utf-16")),
    *(("If-None-Match", tag) for tag in ("*", '"', 'W/"x",,', "x" * 3_000)),
    *(("Accept", kind) for kind in ("text/html", "*/*;q=0", "image/png")),
    *(("Accept-Encoding", "br, gzip"), ("Content-Encoding", "gzip"), ("Range", "bytes=0-1"), ("Origin", "null")),
    *(("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-For", "127.0.0.1, ::1, x"), ("Forwarded", "for=_x")),
    *(("Transfer-Encoding", "identity"), ("Prefer", "x"), ("X-Amzn-Trace-Id", "Root=x"), ("Cookie", "a=b;;=")),
)


NO_BODY: Any = object()


@dataclass(frozen=True)
class Request:
    """One request of an operation, without credentials yet."""

    operation: str
    method: str
    path: str
    auth: str = ""
    query: tuple[tuple[str, Any], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = NO_BODY
    raw: bytes | None = None

    def target(self) -> str:
        pairs = [
            f"{quote(name, errors='replace')}={quote(_text(value), errors='replace')}" for name, value in self.query
        ]
        return self.path + ("?" + "&".join(pairs) if pairs else "")

    def content(self) -> bytes | None:
        return self.raw if self.raw is not None else None if self.body is NO_BODY else json.dumps(self.body).encode()


@dataclass
class Caller:
    """An account with its own address, signed in again when its session has ended."""

    attempt: Attempt
    number: int
    line: Line = field(init=False)
    token: str = ""
    launch: str = ""

    def __post_init__(self) -> None:
        self.line = Line(self.attempt.target.port, f"127.67.{self.attempt.number}.{self.number + 1}")
        user = 840_000_000_000 + self.attempt.number * 1_000 + self.number
        self.launch = init_data(user, f"Fuzz {self.number}", token=self.attempt.target.bot_token)

    def sign_in(self) -> None:
        """Opens a session; stays without one if the game rejects it for now."""
        given = {"Authorization": f"tma {self.launch}"}
        answer = self.attempt.ask(self.line, "POST", "/sessions", {"session_id": str(uuid.uuid4())}, given)
        self.token = answer.json()["token"] if answer and answer.status in (200, 201) else self.token

    def identity(self, auth: str, chance: random.Random) -> dict[str, str]:
        """Credentials of the kind that an operation requires; sometimes others, forged ones, or none."""
        good = {
            "init_data": ("Authorization", f"tma {self.launch}"),
            "session_token": ("Authorization", f"Bearer {self.token}"),
            "webhook_secret": ("X-Telegram-Bot-Api-Secret-Token", self.attempt.target.webhook_secret),
        }
        kind = auth if chance.random() < 0.85 else chance.choice([*good, ""])
        if kind not in good:
            return {}
        name, value = good[kind]
        if chance.random() < 0.06:
            at = chance.randrange(len(value))
            value = chance.choice([value[:at], value[:at] + "x" + value[at + 1 :], value * 3, value.upper()])
        return {name: value}


class Document:
    """The game's /openapi.json, and whether its answers conform to it."""

    def __init__(self, attempt: Attempt) -> None:
        with attempt.line() as line:
            answer = attempt.patiently(line, "GET", "/openapi.json", None, {})
        assert answer and answer.status == 200, "there is no /openapi.json"
        self.content: dict[str, Any] = answer.json()
        self._validators: dict[tuple[str, int], Any] = {}

    def requests(self, count: int) -> list[Request]:
        """Valid and invalid requests of every operation, generated by schemathesis."""
        import schemathesis  # only here: it takes half a second
        from schemathesis import GenerationMode

        schema = schemathesis.openapi.from_dict(self.content)
        found = []
        result: Any  # Ok or Err: our document has no operation that schemathesis can't read
        for result in schema.get_all_operations():
            operation: Any = result.ok()
            described = self.content["paths"][operation.path][operation.method.lower()]
            auth = next((name for scheme in described.get("security", []) for name in scheme), "")
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try:
                    cases = drawn(operation.as_strategy(generation_mode=mode), count)
                except HypothesisException:
                    continue  # nothing about it can be wrong
                found += [_request(described["operationId"], auth, case) for case in cases]
        return found

    def fault(self, request: Request, answer: Answer) -> str:
        """How an answer violates the document; empty if it conforms."""
        if answer.status >= 400 and not _in_form(answer):
            return "" if answer.status in PARSER and not answer.body else "an error in another form"
        described = self._described(request.path).get(request.method.lower())
        if described is None:
            return "" if answer.status >= 400 or request.method in ("HEAD", "OPTIONS") else "an undescribed success"
        if str(answer.status) not in described["responses"]:
            return "an undescribed status"
        validator = self._validator(request, described, answer.status)
        if validator is None:
            return "an undescribed body" if answer.body else ""
        return "" if validator.is_valid(answer.json()) else "a body that violates its schema"

    def _described(self, path: str) -> dict[str, Any]:
        """What the document says of a path, as it stands there or with places in it."""
        paths: dict[str, dict[str, Any]] = self.content["paths"]
        fitting = (name for name in paths if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(name)), path))
        return paths.get(path) or paths.get(next(fitting, "")) or {}

    def _validator(self, request: Request, described: Any, status: int) -> Any:
        key = (request.operation, status)
        if key not in self._validators:
            content = described["responses"][str(status)].get("content")
            schema = content and {**content["application/json"]["schema"], "components": self.content["components"]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(schema) if schema else None
        return self._validators[key]


def api(attempt: Attempt) -> None:
    """Every operation of /openapi.json with valid and invalid requests and credentials: no 5xx, no hang."""
    document = Document(attempt)
    seeds = document.requests(DRAWN_SHORT if attempt.short else DRAWN_API)
    operations = {request.operation for request in seeds}
    attempt.expect(len(operations) >= 15, f"only {len(operations)} operations are described")
    _shoot(attempt, document, lambda chance: _turned(chance.choice(seeds), chance), API_REQUESTS)


def webhook(attempt: Attempt) -> None:
    """Updates of Telegram's types with Telegram's secret, intact and mutated: no 5xx, no hang."""
    document = Document(attempt)
    seeds = drawn(updates(), DRAWN_UPDATES_SHORT if attempt.short else DRAWN_UPDATES)
    plain = Request("telegramUpdate", "POST", "/telegram/webhook", "webhook_secret")

    def one(chance: random.Random) -> Request:
        update = chance.choice(seeds)
        if chance.random() < 0.7:
            update = _spoiled(update, chance, times=chance.choice((1, 1, 2, 4)))
        return replace(plain, body=update)

    _shoot(attempt, document, one, WEBHOOK_REQUESTS)


def _shoot(attempt: Attempt, document: Document, make: Callable[[random.Random], Request], wanted: int) -> None:
    """Sends generated requests until there are enough or the time is over."""
    attempt.begin()
    before = attempt.requests

    def one(thread: int) -> None:
        chance = random.Random(thread)  # noqa: S311
        callers = [Caller(attempt, thread * CALLERS_EACH + n) for n in range(1 if attempt.short else CALLERS_EACH)]
        for caller in callers:
            caller.sign_in()
        while not attempt.over and attempt.requests - before < wanted:
            caller = chance.choice(callers)
            _try(attempt, document, caller, make(chance), chance)
        for caller in callers:
            caller.line.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(THREADS)))
    done = attempt.requests - before
    attempt.expect(attempt.short or done >= wanted, f"only {done} of {wanted} requests within {attempt.seconds:.0f} s")


def _try(attempt: Attempt, document: Document, caller: Caller, request: Request, chance: random.Random) -> None:
    headers = {**dict(request.headers), **caller.identity(request.auth, chance)}
    attempt.pace()
    began_s = time.monotonic()
    try:
        answer = caller.line.ask(request.method, request.target(), request.content(), headers)
    except Unanswered as failure:
        attempt.note("hung" if failure.hung else "closed")
        if failure.hung:
            attempt.problem(f"hangs: {_shown(request)}")
        return
    attempt.note(str(answer.status))
    attempt.slowest_s = max(attempt.slowest_s, time.monotonic() - began_s)
    if fault := "" if request.method == "HEAD" else document.fault(request, answer):
        attempt.problem(f"{answer.status}, {fault}: {_shown(request)} -> {answer.body[:120]!r}")
    elif answer.status >= 500:
        attempt.problem(f"{answer.status}: {_shown(request)} -> {answer.body[:120]!r}")
    if answer.status in (401, 404, 410) and request.auth == "session_token" and chance.random() < 0.3:
        caller.sign_in()


def _request(operation: str, auth: str, case: Any) -> Request:
    query = tuple((name, value) for name, value in (case.query or {}).items())
    headers = tuple((name, str(value)) for name, value in (case.headers or {}).items() if _sendable(name, str(value)))
    return Request(operation, case.method.upper(), case.formatted_path, auth, query, headers, _plain(case.body))


def _plain(body: Any) -> Any:
    """A body that can be sent as JSON; NO_BODY if there is none."""
    from schemathesis.core import NotSet

    if isinstance(body, NotSet) or body is NotSet:
        return NO_BODY
    try:
        json.dumps(body)
    except (TypeError, ValueError):
        return str(body)
    return body


def _sendable(name: str, value: str) -> bool:
    """Whether HTTP allows the header; credentials are added later."""
    return name.lower() not in ("authorization", "x-telegram-bot-api-secret-token") and (name + value).isprintable()


def _turned(request: Request, chance: random.Random) -> Request:
    """A request with up to three of its parts mutated."""
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        part = chance.random()
        if part < 0.45:
            request = _body_turned(request, chance)
        elif part < 0.75:
            request = replace(request, query=_query_turned(request.query, chance))
        elif part < 0.95:
            request = replace(request, headers=(*request.headers, chance.choice(HEADERS)))
        else:
            request = replace(request, method=chance.choice(METHODS))
    return request


def _body_turned(request: Request, chance: random.Random) -> Request:
    content = request.content()
    if content is None:
        return replace(request, body=chance.choice(VALUES)) if chance.random() < 0.3 else request
    if chance.random() < 0.25:
        at = chance.randrange(len(content) + 1)
        spoiled = [content[:at], content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :], content * 2, b""]
        return replace(request, raw=chance.choice(spoiled))
    if request.raw is not None:
        return request
    return replace(request, body=_spoiled(request.body, chance))


def _query_turned(query: tuple[tuple[str, Any], ...], chance: random.Random) -> tuple[tuple[str, Any], ...]:
    names = ["period", "name", "limit", "cursor", "of", "x"]
    kept = [pair for pair in query if chance.random() < 0.7]
    good = ["day", "week", "all", "tree", "100", "0", "-1", "2026-11-21", "2026-W99", "9999-99-99", "IiI", "W10"]
    return (*kept, (chance.choice(names), chance.choice([*good, *VALUES])))


def _spoiled(value: Any, chance: random.Random, times: int = 1) -> Any:
    """A JSON value with a part of it changed, dropped, duplicated or extended."""
    for _ in range(times):
        value = _spoil(value, chance)
    return value


def _spoil(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(list(value))
        way = chance.random()
        if way < 0.08:
            return {n: v for n, v in value.items() if n != name}
        if way < 0.14:
            return {**value, chance.choice(["x", "id", "from", "text", "__proto__", ""]): chance.choice(VALUES)}
        return {**value, name: _spoil(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], _spoil(value[at], chance), *value[at + 1 :]]
    return chance.choice(VALUES)


def _in_form(answer: Answer) -> bool:
    body = answer.json()
    error = body.get("error") if isinstance(body, dict) else None
    return isinstance(error, dict) and bool(answer.code) and isinstance(error.get("message"), str) and "data" in error


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _shown(request: Request) -> str:
    return f"{request.method} {request.target()[:150]} {dict(request.headers)} {(request.content() or b'')[:250]!r}"
