"""The Lambda proxy format of API Gateway's REST APIs: from a WSGI request to an event, and back.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import base64
import binascii
import os
import time
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from tapstack_local.template.model import Api, Route

# A WSGI key's name as a header, "" if it is not a header. The server copies the process environment into each
# request's: none of its variables is a header.
_NAMES = dict.fromkeys(os.environ, "") | {"CONTENT_TYPE": "content-type", "CONTENT_LENGTH": "content-length"}
_TITLES: dict[str, str] = {}
# Names come from clients: cache only so many.
_NAMES_KEPT = len(_NAMES) + 500

Environ = dict[str, Any]
Headers = list[tuple[str, str]]


class BadAnswer(Exception):
    """The function returned something API Gateway would not accept."""


class Received(NamedTuple):
    """A request as events are made of it; names of headers are in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    source: str
    protocol: str
    scheme: str
    port: str


def of_environ(environ: Environ) -> Received:
    """Return a WSGI request whose path has been decoded."""
    return Received(
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        _headers_of(environ),
        environ.get("REMOTE_ADDR", ""),
        environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
        environ.get("wsgi.url_scheme", "http"),
        str(environ.get("SERVER_PORT", "")),
    )


def _headers_of(environ: Environ) -> dict[str, str]:
    known = _NAMES.get
    headers: dict[str, str] = {}
    for key, value in environ.items():
        name = known(key)
        if name is None:
            name = _header_name(key)
        if name and value:
            headers[name] = value
    return headers


def _header_name(key: str) -> str:
    name = key[5:].replace("_", "-").lower() if key.startswith("HTTP_") else ""
    if len(_NAMES) < _NAMES_KEPT:
        _NAMES[key] = name
    return name


def _title(name: str) -> str:
    title = _TITLES.get(name)
    if title is None:
        title = name.title()
        if len(_TITLES) < _NAMES_KEPT:
            _TITLES[name] = title
    return title


def _rest_headers(request: Received) -> dict[str, str]:
    """Return the headers as the function sees them, with the ones API Gateway adds."""
    known = _TITLES.get
    headers = {"X-Forwarded-Proto": request.scheme, "X-Forwarded-Port": request.port}
    for name, value in request.headers.items():
        headers[known(name) or _title(name)] = value
    earlier = headers.get("X-Forwarded-For")
    headers["X-Forwarded-For"] = f"{earlier}, {request.source}" if earlier else request.source
    return headers


class EventMaker:
    """Makes events for one API; parts that never change are made once."""

    def __init__(self, api: Api, account: str) -> None:
        self._variables = api.variables or None
        self._constant = {
            "accountId": account,
            "apiId": api.id,
            "authorizer": None,
            "stage": api.stage,
            "domainPrefix": api.id,
        }

    def event(
        self, request: Received, route: Route, parameters: dict[str, str] | None, body: bytes, request_id: str
    ) -> dict[str, Any]:
        """Return the event; `parameters` are the path's, decoded."""
        headers = _rest_headers(request)
        single, multiple = _query(request.query)
        text, encoded = _body(body)
        return {
            "resource": route.path,
            "path": request.path,
            "httpMethod": request.method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": single,
            "multiValueQueryStringParameters": multiple,
            "pathParameters": parameters,
            "stageVariables": self._variables,
            "requestContext": self._context(request, route, headers, request_id),
            "body": text,
            "isBase64Encoded": encoded,
        }

    def entry_event(
        self, request: Received, route: Route, parameters: dict[str, str] | None, body: bytes, request_id: str
    ) -> dict[str, Any]:
        """Return the event for an asynchronous entry (functions/pool.py)."""
        given = request.headers
        earlier, source = given.get("x-forwarded-for"), request.source
        text, encoded = _body(body)
        return {
            "resource": route.path,
            "path": request.path,
            "httpMethod": request.method,
            "headers": {
                "x-forwarded-proto": request.scheme,
                "x-forwarded-port": request.port,
                **given,
                "x-forwarded-for": f"{earlier}, {source}" if earlier else source,
            },
            "queryStringParameters": _query(request.query)[0] if request.query else None,
            "pathParameters": parameters,
            "requestContext": {
                "resourcePath": route.path,
                "httpMethod": request.method,
                "requestId": request_id,
                "identity": {"sourceIp": source},
            },
            "body": text,
            "isBase64Encoded": encoded,
        }

    def _context(
        self, request: Received, route: Route, headers: dict[str, str], request_id: str
    ) -> dict[str, Any]:  # fmt: skip
        now_s = time.time()
        return {
            **self._constant,
            "resourceId": route.path,
            "resourcePath": route.path,
            "httpMethod": request.method,
            "path": request.path,
            "protocol": request.protocol,
            "requestId": request_id,
            "extendedRequestId": request_id,
            "requestTime": clf_time(int(now_s)),
            "requestTimeEpoch": int(now_s * 1000),
            "domainName": headers.get("Host", ""),
            "identity": {
                "sourceIp": request.source,
                "userAgent": headers.get("User-Agent"),
                "accessKey": None,
                "accountId": None,
                "apiKey": None,
                "caller": None,
                "cognitoIdentityId": None,
                "user": None,
                "userArn": None,
            },
        }


_clf_last: tuple[int, str] = (0, "")


def clf_time(second: int) -> str:
    """Return a time in seconds in the Common Log Format, the last one from a cache."""
    global _clf_last
    last = _clf_last
    if last[0] != second:
        last = _clf_last = (second, time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(second)))
    return last[1]


def _query(text: str) -> tuple[dict[str, str] | None, dict[str, list[str]] | None]:
    if not text:
        return None, None
    multiple: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        pairs = []
    for name, value in pairs:
        multiple.setdefault(name, []).append(value)
    if not multiple:
        return None, None
    # Of a repeated parameter API Gateway gives the last value in the single-value map.
    return {name: values[-1] for name, values in multiple.items()}, multiple


def _body(body: bytes) -> tuple[str | None, bool]:
    if not body:
        return None, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True


def answer(result: Any) -> tuple[int, Headers, bytes]:
    """Turn what the function returned into status, headers and body; raises BadAnswer for a malformed one."""
    if not isinstance(result, dict):
        raise BadAnswer(f"the function returned {type(result).__name__}, not an object")
    status = result.get("statusCode")
    if isinstance(status, str) and status.isdigit():
        status = int(status)
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise BadAnswer(f"statusCode is {status!r}")
    return status, _headers(result), _answer_body(result)


def _headers(result: dict[str, Any]) -> Headers:
    single, multiple = result.get("headers") or {}, result.get("multiValueHeaders") or {}
    if not isinstance(single, dict) or not isinstance(multiple, dict):
        raise BadAnswer("headers are not an object")
    if not multiple and "Content-Type" in single and _is_plain(single):
        return list(single.items())
    headers: Headers = []
    has_type = False
    if not all(isinstance(name, str) for name in (*single, *multiple)):
        raise BadAnswer("a header's name is not a string")
    for name, values in multiple.items():
        if not isinstance(values, list):
            raise BadAnswer(f"multiValueHeaders has no list for {name}")
        has_type = has_type or name.lower() == "content-type"
        headers.extend((name, _header_value(value)) for value in values)
    taken = {name.lower() for name in multiple} if multiple else ()
    for name, value in single.items():
        low = name.lower()
        if low in taken:
            continue
        has_type = has_type or low == "content-type"
        headers.append((name, _header_value(value)))
    if not has_type:
        headers.append(("Content-Type", "application/json"))
    return headers


def _is_plain(headers: dict[str, str]) -> bool:
    """Whether all names and values are texts, without a line break: what most answers have, told in one step."""
    try:
        text = "".join(headers) + "".join(headers.values())
    except TypeError:
        return False
    return "\n" not in text and "\r" not in text


def _header_value(value: Any) -> str:
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    if "\n" in text or "\r" in text:
        raise BadAnswer("a header has a line break")
    return text


def _answer_body(result: dict[str, Any]) -> bytes:
    body = result.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise BadAnswer(f"body is {type(body).__name__}, not a string")
    if not result.get("isBase64Encoded"):
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise BadAnswer(f"body is not base64: {error}") from error
