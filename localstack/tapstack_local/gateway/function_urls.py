"""Lambda function URLs, below /_url/<logical id>/ at the game's own address.

https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
"""

import base64
import json
import logging
import time
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from tapstack_local.functions.pool import Pool
from tapstack_local.gateway.application import StartResponse, error_answer
from tapstack_local.gateway.proxy import BadAnswer, Environ, Headers, answer, request_headers
from tapstack_local.template.model import URL_PREFIX, App, Cors, FunctionUrl

logger = logging.getLogger("tapstack_local.gateway")

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
        id_, _, rest = environ["PATH_INFO"].removeprefix(URL_PREFIX).partition("/")
        url = self._urls.get(id_)
        if url is None:
            return error_answer(start, 404, "not_found", "there is nothing at this path", [])
        cors = cors_headers(url.cors, environ.get("HTTP_ORIGIN", "")) if url.cors else []
        if environ["REQUEST_METHOD"] == "OPTIONS" and url.cors:
            start("200 -", cors)
            return [b""]
        body: bytes = environ["wsgi.input"].read(BODY_LIMIT + 1)
        if len(body) > BODY_LIMIT:
            message = f"a body has at most {BODY_LIMIT} bytes"
            return error_answer(start, 413, "body_too_large", message, [("Connection", "close"), *cors])
        return self._invoke(url, event(environ, url, f"/{rest}", body), cors, start)

    def _invoke(self, url: FunctionUrl, request: dict[str, Any], cors: Headers, start: StartResponse) -> list[bytes]:
        request_id = request["requestContext"]["requestId"]
        try:
            status, headers, content = _answer(self._pools[url.function].invoke(request, request_id))
        except BadAnswer as error:
            logger.error("request %s: %s: malformed answer: %s", request_id, url.function, error)
            return error_answer(start, 502, "internal_error", "internal error", cors)
        except BaseException:
            # Whatever a handler raises, even SystemExit, must not end this thread without an answer.
            logger.exception("request %s: %s failed", request_id, url.function)
            return error_answer(start, 502, "internal_error", "internal error", cors)
        # As on AWS, a header that the function sends too is sent twice.
        start(f"{status} -", [*headers, *cors, ("x-amzn-RequestId", request_id)])
        return [content]


def event(environ: Environ, url: FunctionUrl, path: str, body: bytes) -> dict[str, Any]:
    """Return a request in payload format 2.0."""
    headers = {name.lower(): value for name, value in request_headers(environ).items()}
    source, query, now_s = environ.get("REMOTE_ADDR", ""), environ.get("QUERY_STRING", ""), time.time()
    method = environ["REQUEST_METHOD"]
    made: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers | {"x-forwarded-for": source},
        "requestContext": {
            "accountId": "anonymous",
            "apiId": url.id,
            "domainName": headers.get("host", ""),
            "domainPrefix": url.id,
            "http": {
                "method": method,
                "path": path,
                "protocol": environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
                "sourceIp": source,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": "$default",
            "stage": "$default",
            "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now_s)),
            "timeEpoch": int(now_s * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookie := headers.get("cookie"):
        made["cookies"] = [part.strip() for part in cookie.split(";")]
    if body:
        made["body"], made["isBase64Encoded"] = _body(body, headers.get("content-type", ""))
    return made


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
