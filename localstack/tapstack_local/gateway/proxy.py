"""The Lambda proxy format of API Gateway's REST APIs: from a WSGI request to an event, and back.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

import base64
import binascii
import os
import time
from typing import Any
from urllib.parse import parse_qsl

from tapstack_local.template.model import Api, Route

# A WSGI key's name as a header, "" if it is not a header. The server copies the process environment into each
# request's: none of its variables is a header.
_NAMES = dict.fromkeys(os.environ, "") | {"CONTENT_TYPE": "Content-Type", "CONTENT_LENGTH": "Content-Length"}
_NAMES_KEPT = len(_NAMES) + 500

Environ = dict[str, Any]
Headers = list[tuple[str, str]]


class BadAnswer(Exception):
    """The function returned something API Gateway would not accept."""


def header_name(key: str) -> str:
    """Return the header that a WSGI key stands for, "" for other keys."""
    name = _NAMES.get(key)
    if name is None:
        name = key[5:].replace("_", "-").title() if key.startswith("HTTP_") else ""
        # Names come from clients: cache only so many.
        if len(_NAMES) < _NAMES_KEPT:
            _NAMES[key] = name
    return name


def request_headers(environ: Environ) -> dict[str, str]:
    """Return the headers as the function sees them, with the ones API Gateway adds."""
    known = _NAMES.get
    headers: dict[str, str] = {}
    for key, value in environ.items():
        name = known(key)
        if name is None:
            name = header_name(key)
        if name and value:
            headers[name] = value
    source = environ.get("REMOTE_ADDR", "")
    earlier = headers.get("X-Forwarded-For")
    headers["X-Forwarded-For"] = f"{earlier}, {source}" if earlier else source
    headers.setdefault("X-Forwarded-Proto", environ.get("wsgi.url_scheme", "http"))
    headers.setdefault("X-Forwarded-Port", str(environ.get("SERVER_PORT", "")))
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
        self, environ: Environ, route: Route, parameters: dict[str, str] | None, body: bytes, request_id: str
    ) -> dict[str, Any]:
        """Return the event; `parameters` are the path's, decoded."""
        headers = request_headers(environ)
        single, multiple = _query(environ.get("QUERY_STRING", ""))
        text, encoded = _body(body)
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        return {
            "resource": route.path,
            "path": path,
            "httpMethod": method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": single,
            "multiValueQueryStringParameters": multiple,
            "pathParameters": parameters,
            "stageVariables": self._variables,
            "requestContext": self._context(environ, route, headers, request_id),
            "body": text,
            "isBase64Encoded": encoded,
        }

    def _context(
        self, environ: Environ, route: Route, headers: dict[str, str], request_id: str
    ) -> dict[str, Any]:  # fmt: skip
        now_s = time.time()
        return {
            **self._constant,
            "resourceId": route.path,
            "resourcePath": route.path,
            "httpMethod": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"],
            "protocol": environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
            "requestId": request_id,
            "extendedRequestId": request_id,
            "requestTime": _clf_time(int(now_s)),
            "requestTimeEpoch": int(now_s * 1000),
            "domainName": headers.get("Host", ""),
            "identity": {
                "sourceIp": environ.get("REMOTE_ADDR", ""),
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


def _clf_time(second: int) -> str:
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
