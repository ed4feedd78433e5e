"""How a function answers HTTP: identity, validation, errors and JSON, in one place for all of them."""

from __future__ import annotations

import binascii
import functools
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec
from chalice.app import Chalice, Response

from tapstack.http import function_urls, session_tokens
from tapstack.http.call import Call, Reply
from tapstack.http.errors import ErrorBody, ErrorDetail, render
from tapstack.http.operation import Answer, AnyOperation, Auth, Body, Operation
from tapstack.http.ports import AsyncHttpPorts
from tapstack.http.requests import EventRequest, Request
from tapstack.platform.clock import Clock
from tapstack.platform.errors import BadRequest, BodyTooLarge, GameError, NotFound, Unauthenticated
from tapstack.platform.logs import start_logging, use_request_id
from tapstack.platform.sampling import SampledLog
from tapstack.platform.settings import Settings
from tapstack.telegram import init_data as initdata

_HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag,Retry-After",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer. Any page may call the API: it knows callers by their tokens and keeps no cookies.

No browser may take an answer for a page, whatever a player's name in it says. Subdomains are not ours to decide for,
so HSTS comes without `includeSubDomains`.

The gateway answers preflights (template.yaml). Chalice would build its own CORS headers anew for each answer.
"""

_URL_HEADERS = {name: value for name, value in _HEADERS.items() if function_urls.stays(name)}
"""On every answer through a function URL, which adds CORS headers itself: browsers refuse two of the same."""

log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode

Ports = Callable[[], AsyncHttpPorts]
"""The container of this process, built when the first request asks for it."""

View = Callable[[Call[Body]], Answer | Reply]
AsyncView = Callable[[Call[Body]], Awaitable[Answer | Reply]]


class App(Chalice):
    """A function's Chalice app, without Chalice's own log handler.

    All answers are text, so there are no binary types: Chalice would look each answer up in its list of them thrice.
    """

    def __init__(self, name: str, container: Ports) -> None:
        super().__init__(app_name=name, configure_logs=False)
        self.api.binary_types = []
        self.container = container
        self.sampled = SampledLog(log)
        self.async_views: dict[tuple[str, str], tuple[AnyOperation, AsyncView[Any, Any]]] = {}
        start_logging()

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        use_request_id(context)
        self.sampled.flush()
        if function_urls.is_from_url(event):
            return self._answer_url(event, context)
        return super().__call__(event, context)

    async def serve(self, event: dict[str, Any], context: Any) -> dict[str, Any] | None:
        """Answers an event as a call of this app does, on an event loop. None says that only such a call can.

        A runtime that keeps one process for many requests serves them so (AsyncHandler in template.yaml).
        """
        request = EventRequest(event)
        found = self.async_views.get((request.method, request.path))
        if found is None:
            return None
        use_request_id(context)
        self.sampled.flush()
        answer = await _answer_async(*found, request, self.container, self.sampled)
        if answer is None:
            return None
        headers = {**(_URL_HEADERS if request.by_url else _HEADERS), **answer.headers}
        return {"statusCode": answer.status, "headers": headers, "body": answer.body, "isBase64Encoded": False}

    def _answer_url(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answers a request of a function URL, which passes every path and method on."""
        method, path = function_urls.target_of(event)
        methods = self.routes.get(path)
        if methods is None:
            answer = _refused(404, "not_found", "there is no such path", {})
        elif method not in methods:
            allowed = {"Allow": ", ".join(sorted(methods))}
            answer = _refused(405, "method_not_allowed", "there is no such method", allowed)
        else:
            return function_urls.url_answer(super().__call__(function_urls.rest_event(event), context))
        return function_urls.url_answer(_response(answer).to_dict(self.api.binary_types))


def create_app(name: str, container: Ports) -> App:
    """The app of a function; `container` is asked at each request, so that importing needs no environment."""
    return App(name, container)


def serves(app: App, operation: Operation[Body, Answer]) -> Callable[[View[Body, Answer]], View[Body, Answer]]:
    """Routes an operation of the API to a view, which answers the operation's type or a Reply."""

    def register(view: View[Body, Answer]) -> View[Body, Answer]:
        @functools.wraps(view)
        def handler(**_: str) -> Response:  # the parameters in the path, which the request has, too
            assert app.current_request is not None  # noqa: S101 - Chalice sets it before it routes
            return _response(_answer(operation, view, app.current_request, app.container, app.sampled))

        route = app.route(operation.path, methods=[operation.method], content_types=[])
        route(handler)
        return view

    return register


def serves_async(
    app: App, operation: Operation[Body, Answer]
) -> Callable[[AsyncView[Body, Answer]], AsyncView[Body, Answer]]:
    """Routes an operation that `serves` routes, too, to a view for App.serve; it answers the same."""

    def register(view: AsyncView[Body, Answer]) -> AsyncView[Body, Answer]:
        app.async_views[operation.method, operation.path] = operation, view
        return view

    return register


class _Answer(NamedTuple):
    """What is answered, besides the headers that every answer has."""

    status: int
    body: str
    headers: dict[str, str]


def _answer(
    operation: AnyOperation, view: View[Any, Any], request: Request, container: Ports, sampled: SampledLog
) -> _Answer:
    try:
        ports = container()
        who = _identify(operation, request, ports.settings, ports.clock)
        if operation.limit or operation.by_address:
            from tapstack.http import limits  # clicks and heartbeats are counted by their scripts and start without it

            limits.enforce(operation, who[0] or who[1], request, ports)
        return _reply(operation, view(_call(operation, request, who)))
    except Exception as error:
        return _failure(operation, request, error, sampled)


async def _answer_async(
    operation: AnyOperation, view: AsyncView[Any, Any], request: Request, container: Ports, sampled: SampledLog
) -> _Answer | None:
    """As _answer; None where Redis can't be asked on an event loop."""
    try:
        ports = container()
        if ports.pipeline is None:
            return None
        who = _identify(operation, request, ports.settings, ports.clock)
        if operation.limit or operation.by_address:
            from tapstack.http import limits

            await limits.enforce_async(operation, who[0] or who[1], request, ports)
        return _reply(operation, await view(_call(operation, request, who)))
    except Exception as error:
        return _failure(operation, request, error, sampled)


def _reply(operation: AnyOperation, outcome: Any) -> _Answer:
    if isinstance(outcome, Reply):
        return _json(outcome.status, outcome.body, outcome.headers)
    return _json(operation.status, outcome, {})


def _failure(operation: AnyOperation, request: Request, error: Exception, sampled: SampledLog) -> _Answer:
    """The answer to a refusal, or to a failure, which is logged with its traceback."""
    request_id = str(request.context.get("requestId", ""))
    if isinstance(error, GameError):
        refusal = {"operation": operation.id, "code": error.code}
        sampled.write(logging.INFO, "refused", refusal, {"request_id": request_id})
        status, body, headers = render(error)
        return _json(status, body, headers)
    kind = {"operation": operation.id, "error": type(error).__name__}
    sampled.write(logging.ERROR, "failed", kind, {"request_id": request_id}, exc_info=True)
    detail = ErrorDetail("internal_error", "internal error", {"request_id": request_id})
    return _json(500, ErrorBody(detail), {})


def _refused(status: int, code: str, message: str, headers: dict[str, str]) -> _Answer:
    return _json(status, ErrorBody(ErrorDetail(code, message, {})), headers)


def _json(status: int, body: Any, headers: dict[str, str]) -> _Answer:
    text = "" if body is None else body if isinstance(body, str) else _encode(body).decode()
    return _Answer(status, text, headers)


def _response(answer: _Answer) -> Response:
    return Response(body=answer.body, status_code=answer.status, headers={**_HEADERS, **answer.headers})


Identity = tuple[session_tokens.SessionToken | None, initdata.InitData | None]


def _call(operation: AnyOperation, request: Request, who: Identity) -> Call[Any]:
    """The call behind a request, once it is known who makes it and that they may make it now: only then its body."""
    body = _body(operation, request) if operation.request else None
    query = _query(operation, request) if operation.query or operation.texts else {}
    places = _places(operation, request) if operation.places else {}
    return Call(body, *who, request.headers, query, places)


def _identify(operation: AnyOperation, request: Request, settings: Settings, clock: Clock) -> Identity:
    session = init = None
    if operation.auth is Auth.SESSION_TOKEN:
        token = _credentials(request, "Bearer")
        session = session_tokens.verify(token, settings.http.token_signing_keys, clock() // 1_000)
    elif operation.auth is Auth.INIT_DATA:
        init = initdata.verify(
            _credentials(request, "tma"),
            settings.telegram.bot_tokens,
            now_s=clock() // 1_000,
            max_age_s=settings.telegram.init_data_max_age_s,
        )
    elif operation.auth is Auth.WEBHOOK_SECRET:
        _check_webhook_secret(request, settings.telegram.webhook_secret)
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


def _body(operation: AnyOperation, request: Request) -> Any:
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
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadRequest("the body is not JSON") from error


def _places(operation: AnyOperation, request: Request) -> dict[str, str]:
    given: Any = request.uri_params or {}
    places = {name: str(given.get(name, "")) for name in operation.places}
    if not all(re.fullmatch(pattern, places[name]) for name, pattern in operation.places.items()):
        raise NotFound("there is nothing of this name")
    return places


def _query(operation: AnyOperation, request: Request) -> dict[str, str]:
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
