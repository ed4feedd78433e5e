"""Lambda function URLs, below /_url/<logical id>/ at the game's own address.

https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
"""

import base64
import json
import time
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from tapstack_local.functions.pool import Pool
from tapstack_local.gateway.application import (
    Response,
    StartResponse,
    error_answer,
    error_response,
    log_failure,
    respond,
)
from tapstack_local.gateway.proxy import BadAnswer, Environ, Headers, Received, answer, clf_time, of_environ
from tapstack_local.template.model import URL_PREFIX, App, Cors, FunctionUrl

BODY_LIMIT = 6 * 1024 * 1024
"""What an invocation may carry. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""

_TEXT = ("application/json", "application/xml", "application/javascript", "text/")


class FunctionUrls:
    """All function URLs of the template as a WSGI application."""

    def __init__(self, app: App, pools: Mapping[str, Pool]) -> None:
        self._urls = {url.id: url for url in app.urls}
        self._pools = pools

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; preflights are answered here, all else by the function."""
        found = self._find(environ["PATH_INFO"])
        if found is None:
            return error_answer(start, 404, "not_found", "there is nothing at this path", [])
        url, request = found.url, of_environ(environ)
        if request.method == "OPTIONS" and url.cors:
            start("200 -", found.cors(request))
            return [b""]
        body: bytes = environ["wsgi.input"].read(BODY_LIMIT + 1)
        if len(body) > BODY_LIMIT:
            headers = [("Connection", "close"), *found.cors(request)]
            return error_answer(start, 413, "body_too_large", f"a body has at most {BODY_LIMIT} bytes", headers)
        request_id = str(uuid.uuid4())
        try:
            result = self._pools[url.function].invoke(found.event(request, body, request_id), request_id)
        except BaseException as error:
            # Whatever a handler raises, even SystemExit, must not end this thread without an answer.
            return respond(start, found.failed(request, request_id, error))
        return respond(start, found.answered(request, request_id, result))

    def endpoint(self, method: str, path: str) -> "UrlEndpoint | None":
        """Return the URL that such a request is for; None where it is answered without its function."""
        return None if method == "OPTIONS" else self._find(path)

    def _find(self, path: str) -> "UrlEndpoint | None":
        id_, _, rest = path.removeprefix(URL_PREFIX).partition("/")
        url = self._urls.get(id_)
        return UrlEndpoint(url, f"/{rest}") if url else None


class UrlEndpoint:
    """A path of a function URL, apart from how its function is invoked."""

    __slots__ = ("_path", "function", "url")

    body_limit = BODY_LIMIT

    def __init__(self, url: FunctionUrl, path: str) -> None:
        self.url, self._path = url, path
        self.function = url.function

    def cors(self, request: Received) -> Headers:
        """Return the headers that allow the page of a request to read the answer."""
        return cors_headers(self.url.cors, request.headers.get("origin", "")) if self.url.cors else []

    def event(self, request: Received, body: bytes, request_id: str) -> dict[str, Any]:
        """Return the event of a request."""
        return event(request, self.url, self._path, body, request_id)

    def entry_event(self, request: Received, body: bytes, request_id: str) -> dict[str, Any]:
        """Return the event of a request for an asynchronous entry."""
        return entry_event(request, self._path, body, request_id)

    def answered(self, request: Received, request_id: str, result: Any) -> Response:
        """Answer with what the function has returned."""
        try:
            status, headers, content = _answer(result)
        except BadAnswer as error:
            return self.failed(request, request_id, error)
        # As on AWS, a header that the function sends too is sent twice.
        return status, [*headers, *self.cors(request), ("x-amzn-RequestId", request_id)], content

    def failed(self, request: Received, request_id: str, error: BaseException) -> Response:
        """Answer for a function that has failed."""
        log_failure(self.function, request_id, error)
        return error_response(502, "internal_error", "internal error", self.cors(request))


def event(request: Received, url: FunctionUrl, path: str, body: bytes, request_id: str) -> dict[str, Any]:
    """Return a request in payload format 2.0."""
    headers, now_s = request.headers, time.time()
    made: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": request.query,
        "headers": {
            "x-forwarded-proto": request.scheme,
            "x-forwarded-port": request.port,
            **headers,
            "x-forwarded-for": request.source,
        },
        "requestContext": {
            "accountId": "anonymous",
            "apiId": url.id,
            "domainName": headers.get("host", ""),
            "domainPrefix": url.id,
            "http": {
                "method": request.method,
                "path": path,
                "protocol": request.protocol,
                "sourceIp": request.source,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": request_id,
            "routeKey": "$default",
            "stage": "$default",
            "time": clf_time(int(now_s)),
            "timeEpoch": int(now_s * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookie := headers.get("cookie"):
        made["cookies"] = [part.strip() for part in cookie.split(";")]
    if body:
        made["body"], made["isBase64Encoded"] = _body(body, headers.get("content-type", ""))
    return made


def entry_event(request: Received, path: str, body: bytes, request_id: str) -> dict[str, Any]:
    """Return the event for an asynchronous entry (functions/pool.py)."""
    text, encoded = _body(body, request.headers.get("content-type", "")) if body else (None, False)
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": request.query,
        "headers": {
            "x-forwarded-proto": request.scheme,
            "x-forwarded-port": request.port,
            **request.headers,
            "x-forwarded-for": request.source,
        },
        "requestContext": {
            "http": {"method": request.method, "path": path, "sourceIp": request.source},
            "requestId": request_id,
        },
        "body": text,
        "isBase64Encoded": encoded,
    }


def _body(body: bytes, content_type: str) -> tuple[str, bool]:
    if content_type.lower().startswith(_TEXT):
        return body.decode("utf-8", "replace"), False
    return base64.b64encode(body).decode(), True


def _answer(result: Any) -> tuple[int, Headers, bytes]:
    """Read an answer; what has no status is a body of its own."""
    if not isinstance(result, dict) or "statusCode" not in result:
        return 200, [("Content-Type", "application/json")], json.dumps(result).encode()
    status, headers, content = answer({name: result[name] for name in result if name != "multiValueHeaders"})
    return status, [*headers, *(("Set-Cookie", str(each)) for each in result.get("cookies") or [])], content


def cors_headers(cors: Cors, origin: str) -> Headers:
    """Return the headers by which a page of `origin` may call; none where it may not."""
    if "*" not in cors.origins and origin not in cors.origins:
        return []
    found = [("Access-Control-Allow-Origin", "*" if "*" in cors.origins else origin)]
    if "*" not in cors.origins:
        found.append(("Vary", "Origin"))
    lists = {"Allow-Methods": cors.methods, "Allow-Headers": cors.headers, "Expose-Headers": cors.exposed}
    found += [(f"Access-Control-{name}", ",".join(values)) for name, values in lists.items() if values]
    if cors.credentials:
        found.append(("Access-Control-Allow-Credentials", "true"))
    return [*found, ("Access-Control-Max-Age", str(cors.max_age_s))]
