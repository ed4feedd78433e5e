"""The gateway: a WSGI application that is the template's REST API, the Mini App's files and the sign-in page.

Its own errors have the API's form: {"error": {"code", "message", "data"}}.
"""

import json
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from tapstack_local.functions.pool import Pool
from tapstack_local.functions.watchdog import InvocationTimeout
from tapstack_local.gateway.proxy import BadAnswer, Environ, EventMaker, Headers, Received, answer, of_environ
from tapstack_local.gateway.routes import Routes
from tapstack_local.template.model import App, Mock, Route

logger = logging.getLogger("tapstack_local.gateway")

# API Gateway's limit. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
BODY_LIMIT = 10 * 1024 * 1024
_BODYLESS = frozenset(("", "0"))

SAFE: Headers = [
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
]

StartResponse: TypeAlias = Callable[[str, Headers], Any]
Response: TypeAlias = tuple[int, Headers, bytes]
"""Status, headers, body."""

Wsgi: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]


class Start:
    """WSGI's start_response, which keeps what it is given."""

    __slots__ = ("headers", "status")

    def __call__(self, status: str, headers: Headers) -> None:
        self.status, self.headers = int(status[:3]), headers


class BodyTooLarge(Exception):
    """The request's body is over BODY_LIMIT."""


class ApiEndpoint:
    """A route of the REST API with the parameters of a path, apart from how its function is invoked."""

    __slots__ = ("_gateway", "_parameters", "_route", "function")

    body_limit = BODY_LIMIT

    def __init__(self, gateway: "Gateway", route: Route, parameters: dict[str, str] | None) -> None:
        self._gateway, self._route, self._parameters = gateway, route, parameters
        self.function = route.function

    def event(self, request: Received, body: bytes, request_id: str) -> dict[str, Any]:
        """Return the event of a request."""
        return self._gateway.maker.event(request, self._route, self._parameters, body, request_id)

    def entry_event(self, request: Received, body: bytes, request_id: str) -> dict[str, Any]:
        """Return the event of a request for an asynchronous entry."""
        return self._gateway.maker.entry_event(request, self._route, self._parameters, body, request_id)

    def answered(self, _request: Received, request_id: str, result: Any) -> Response:
        """Answer with what the function has returned."""
        return self._gateway.answered(self.function, request_id, result)

    def failed(self, _request: Received, request_id: str, error: BaseException) -> Response:
        """Answer for a function that has failed."""
        return self._gateway.failed(self.function, request_id, error)


class Gateway:
    """Answers requests; `mounts` maps prefixes ("/app/") to WSGI applications, `redirects` paths to paths."""

    def __init__(
        self, app: App, pools: Mapping[str, Pool], mounts: Mapping[str, Wsgi], redirects: Mapping[str, str]
    ) -> None:
        self._api = app.api
        self.maker = EventMaker(app.api, app.account)
        self._routes: Routes[Route | Mock] = Routes()
        targets: list[Route | Mock] = [*app.api.routes, *app.api.mocks]
        for target in targets:
            self._routes.add(target.method, target.path, target)
        self._endpoints = {
            (route.method, route.path): ApiEndpoint(self, route, None)
            for route in app.api.routes
            if "{" not in route.path and route.method not in ("ANY", "HEAD")
        }
        self._pools = pools
        self._mounts = list(mounts.items())
        self._redirects = {prefix[:-1]: prefix for prefix in mounts} | dict(redirects)

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"]
        if not path.isascii():
            # WSGI gives the path's bytes as Latin-1.
            path = environ["PATH_INFO"] = path.encode("latin-1", "replace").decode("utf-8", "replace")
        found = self._routes.find(path)
        if found is None:
            return self._elsewhere(path, environ, start)
        methods, parameters = found
        target = methods.find(environ["REQUEST_METHOD"])
        if target is None:
            message = f"{environ['REQUEST_METHOD']} is not allowed here"
            return self._error(start, 405, "method_not_allowed", message, [("Allow", methods.allowed())])
        if isinstance(target, Mock):
            start(_status(target.status), list(target.headers.items()))
            return [b""]
        return self._invoke(target, parameters, environ, start)

    def endpoint(self, method: str, path: str) -> ApiEndpoint | None:
        """Return what answers such a request if it is a function; None for HEAD, whose answer loses its body here."""
        if endpoint := self._endpoints.get((method, path)):
            return endpoint
        found = self._routes.find(path)
        target = found and found[0].find(method)
        if not found or not isinstance(target, Route) or method == "HEAD":
            return None
        return ApiEndpoint(self, target, found[1])

    def _invoke(
        self, route: Route, parameters: dict[str, str] | None, environ: Environ, start: StartResponse
    ) -> Iterable[bytes]:
        head = environ["REQUEST_METHOD"] == "HEAD"
        if head and route.method == "GET":
            environ["REQUEST_METHOD"] = "GET"
        request_id = str(uuid.uuid4())
        try:
            body = _read_body(environ)
            event = self.maker.event(of_environ(environ), route, parameters, body, request_id)
            result = self._pools[route.function].invoke(event, request_id)
        except BodyTooLarge:
            message = f"a body has at most {BODY_LIMIT} bytes"
            return self._error(start, 413, "body_too_large", message, [("Connection", "close")])
        except BaseException as error:
            # Nothing a handler raises, not even SystemExit, may end this thread without a response.
            return respond(start, self.failed(route.function, request_id, error))
        status, headers, content = self.answered(route.function, request_id, result)
        return respond(start, (status, headers, b"" if head else content))

    def answered(self, function: str, request_id: str, result: Any) -> Response:
        """Answer with what a function has returned."""
        try:
            found = answer(result)
        except BadAnswer as error:
            return self.failed(function, request_id, error)
        found[1].append(("x-amzn-RequestId", request_id))
        return found

    def failed(self, function: str, request_id: str, error: BaseException) -> Response:
        """Answer for a function that has failed."""
        own = self._api.headers_5xx
        if isinstance(error, InvocationTimeout):
            message = f"the function took too long (request {request_id})"
            return error_response(504, "timeout", message, list(own.items()))
        log_failure(function, request_id, error)
        return error_response(502, "internal_error", "internal error", list(own.items()), request_id=request_id)

    def _elsewhere(self, path: str, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        for prefix, mounted in self._mounts:
            if path.startswith(prefix):
                return mounted(environ, start)
        if path in self._redirects:
            start(_status(302), [("Location", self._redirects[path]), ("Cache-Control", "no-store")])
            return [b""]
        return self._error(start, 404, "not_found", "there is nothing at this path")

    def _error(
        self, start: StartResponse, status: int, code: str, message: str, headers: Headers | None = None
    ) -> list[bytes]:
        own = self._api.headers_4xx if status < 500 else self._api.headers_5xx
        return error_answer(start, status, code, message, [*(headers or []), *own.items()])


def log_failure(function: str, request_id: str, error: BaseException) -> None:
    """Log that a function has failed, with its traceback unless only its answer is wrong."""
    if isinstance(error, BadAnswer):
        logger.error("request %s: %s: malformed answer: %s", request_id, function, error)
    else:
        logger.error("request %s: %s failed", request_id, function, exc_info=error)


def error_response(status: int, code: str, message: str, headers: Headers, **data: str) -> Response:
    """Return an error in the API's form."""
    error = {"code": code, "message": message, "data": data}
    return status, [("Content-Type", "application/json"), *_safe(headers)], json.dumps({"error": error}).encode()


def error_answer(start: StartResponse, status: int, code: str, message: str, headers: Headers) -> list[bytes]:
    """Answer with an error in the API's form."""
    return respond(start, error_response(status, code, message, headers))


def respond(start: StartResponse, response: Response) -> list[bytes]:
    """Answer as a WSGI application does."""
    status, headers, content = response
    start(_status(status), headers)
    return [content]


def _safe(headers: Headers) -> Headers:
    """The headers, plus those that every response needs: no browser may take one for a page."""
    given = {name.lower() for name, _ in headers}
    return [*headers, *((name, value) for name, value in SAFE if name.lower() not in given)]


def _status(status: int) -> str:
    # The server uses the number only.
    return f"{status} -"


def _read_body(environ: Environ) -> bytes:
    length = environ.get("CONTENT_LENGTH") or ""
    if length in _BODYLESS and "HTTP_TRANSFER_ENCODING" not in environ:
        return b""
    if length and int(length) > BODY_LIMIT:
        raise BodyTooLarge
    # A chunked body has no length: read one byte more than allowed to know.
    body: bytes = environ["wsgi.input"].read(BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        raise BodyTooLarge
    return body
