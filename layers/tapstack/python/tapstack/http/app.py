"""How a function answers HTTP: identity, validation, errors and JSON, in one place for all of them."""

from __future__ import annotations

import binascii
import functools
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from chalice.app import Chalice, Request, Response

from tapstack import composition
from tapstack.http import session_tokens
from tapstack.http.api import Auth, Operation
from tapstack.http.errors import ErrorBody, ErrorDetail, render
from tapstack.platform.clock import Clock
from tapstack.platform.errors import BadRequest, BodyTooLarge, GameError, Unauthenticated
from tapstack.platform.logs import logger
from tapstack.platform.settings import Settings
from tapstack.telegram import init_data as initdata

_HEADERS: dict[str, str | list[str]] = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag,Retry-After",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}
"""Of all answers. Any page may call the API: it knows callers by their tokens and keeps no cookies.

No browser is to take an answer for a page, whatever a player's name in it says. Hosts below this one are not ours to
speak for, so HTTPS is asked for without `includeSubDomains`.

The preflight is the gateway's (template.yaml). Chalice's own CORS headers would be put together anew for each answer.
"""

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Call:
    """A request that has been found good: the validated body, and who makes it."""

    body: Any = None
    session: session_tokens.SessionToken | None = None
    init_data: initdata.InitData | None = None
    headers: Any = field(default_factory=dict)
    query: Any = field(default_factory=dict)

    @property
    def player_id(self) -> str:
        """The player that the session token names."""
        return self._token.player_id

    @property
    def session_key(self) -> str:
        """The session that the token names."""
        return self._token.session_key

    @property
    def signed_in(self) -> initdata.InitData:
        """What Telegram has signed."""
        if self.init_data is None:
            raise Unauthenticated("initData is needed")
        return self.init_data

    @property
    def _token(self) -> session_tokens.SessionToken:
        if self.session is None:
            raise Unauthenticated("a session token is needed")
        return self.session


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with a status or headers of its own; `body` is a msgspec value, or JSON as text."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


View = Callable[[Call], Any]


def create_app(name: str) -> Chalice:
    """A function's Chalice app, without Chalice's own log handler: Powertools logs.

    All answers are text, so there are no binary types: Chalice would look each answer up in its list of them thrice.
    """
    app = Chalice(app_name=name, configure_logs=False)
    app.api.binary_types = []
    return app


def serves(app: Chalice, operation: Operation) -> Callable[[View], View]:
    """Routes an operation of the API to a view, which gets a Call and returns the answer's type or a Reply."""

    def register(view: View) -> View:
        @functools.wraps(view)
        def handler() -> Response:
            assert app.current_request is not None  # noqa: S101 - Chalice sets it before it routes
            return _answer(operation, view, app.current_request)

        route = app.route(operation.path, methods=[operation.method], content_types=[])
        route(handler)
        return view

    return register


def _answer(operation: Operation, view: View, request: Request) -> Response:
    try:
        container = composition.container()
        call = _read(operation, request, container)
        outcome = view(call)
        reply = outcome if isinstance(outcome, Reply) else Reply(outcome, operation.status)
        return _json(reply.status, reply.body, reply.headers)
    except GameError as error:
        logger().info("refused", operation=operation.id, code=error.code, request_id=_request_id(request))
        status, body, headers = render(error)
        return _json(status, body, headers)
    except Exception:
        logger().exception("failed", operation=operation.id, request_id=_request_id(request))
        detail = ErrorDetail("internal_error", "internal error", {"request_id": _request_id(request)})
        return _json(500, ErrorBody(detail), {})


def _json(status: int, body: Any, headers: dict[str, str]) -> Response:
    text = "" if body is None else body if isinstance(body, str) else _encode(body).decode()
    return Response(body=text, status_code=status, headers={**_HEADERS, **headers})


def _request_id(request: Request) -> str:
    return str(request.context.get("requestId", ""))


def _read(operation: Operation, request: Request, container: composition.Container) -> Call:
    """The call behind a request: who makes it, whether they may just now, and only then what they have sent."""
    session, init = _identify(operation, request, container.settings, container.clock)
    if operation.limit or operation.by_address:
        from tapstack.http import limits  # a click and a heartbeat count in their scripts, and start without

        limits.enforce(operation, session or init, request, container)
    body = _body(operation, request) if operation.request else None
    return Call(body, session, init, request.headers, _query(operation, request))


def _identify(
    operation: Operation, request: Request, settings: Settings, clock: Clock
) -> tuple[session_tokens.SessionToken | None, initdata.InitData | None]:
    session = init = None
    if operation.auth is Auth.SESSION_TOKEN:
        token = _credentials(request, "Bearer")
        session = session_tokens.verify(token, settings.token_signing_keys, clock() // 1_000)
    elif operation.auth is Auth.INIT_DATA:
        init = initdata.verify(
            _credentials(request, "tma"),
            settings.telegram_bot_tokens,
            now_s=clock() // 1_000,
            max_age_s=settings.init_data_max_age_s,
        )
    elif operation.auth is Auth.WEBHOOK_SECRET:
        _check_webhook_secret(request, settings.telegram_webhook_secret)
    return session, init


def _credentials(request: Request, scheme: str) -> str:
    given: str = request.headers.get("authorization", "")
    found, _, credentials = given.partition(" ")
    if found.lower() != scheme.lower() or not credentials:
        raise Unauthenticated(f"send the header Authorization: {scheme} ...")
    return credentials.strip()


def _check_webhook_secret(request: Request, secret: str) -> None:
    given = request.headers.get("x-telegram-bot-api-secret-token", "")
    if not hmac.compare_digest(given.encode(errors="replace"), secret.encode()):
        raise Unauthenticated("this is not Telegram", code="webhook_secret_invalid")


def _body(operation: Operation, request: Request) -> Any:
    try:
        raw = request.raw_body
    except (binascii.Error, ValueError) as error:
        raise BadRequest("the body can't be read") from error
    if len(raw) > operation.body_limit:
        raise BodyTooLarge(f"a body has at most {operation.body_limit} bytes", limit=operation.body_limit)
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw  # msgspec lets bytes pass that it skips
        return msgspec.json.decode(text, type=operation.request)
    except msgspec.ValidationError as error:
        raise BadRequest(str(error), code="validation_failed") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest("the body is not JSON") from error


def _query(operation: Operation, request: Request) -> dict[str, str]:
    given: Any = request.query_params or {}
    query = {}
    for name, allowed in operation.query.items():
        query[name] = given.get(name, allowed[0])
        if query[name] not in allowed:
            message = f"{name} is one of {', '.join(allowed)}"
            raise BadRequest(message, code="validation_failed", field=name)
    for name, pattern in operation.texts.items():
        query[name] = given.get(name, "")
        if name in given and not re.fullmatch(pattern, query[name]):
            raise BadRequest(f"{name} can't be read", code="validation_failed", field=name)
    return query
