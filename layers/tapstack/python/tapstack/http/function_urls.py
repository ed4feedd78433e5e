"""Lambda function URLs: their requests as the REST events that Chalice takes, and Chalice's answers as theirs.

A function URL sends payload format 2.0 and has no routes, so paths and methods are checked here. It is public and
stands behind nothing: no proxy's header is believed.
https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

_MAX_PARAMETERS = 100
_NOT_BELIEVED = frozenset(("x-forwarded-for", "x-edge", "cookie"))
"""What a trusted proxy would have said: the address of the client is the one that connected."""

_CORS = "access-control-"

_OF_PAGES = frozenset(("content-security-policy", "referrer-policy", "strict-transport-security"))
"""They protect pages and plain HTTP, and a function URL has neither: it answers JSON that no browser may take for
anything else (`X-Content-Type-Options` stays), on a host that listens for TLS alone. They would be a quarter of what is
paid for the data of a click's answer.
"""


def is_from_url(event: Mapping[str, Any]) -> bool:
    """Whether an event came by a function URL; API Gateway's REST events have no version."""
    return event.get("version") == "2.0" and "httpMethod" not in event


def target_of(event: Mapping[str, Any]) -> tuple[str, str]:
    """The method and the path that a request asks for; empty where the event names none."""
    method, path = _mapping(_context(event).get("http")).get("method"), event.get("rawPath")
    return method if isinstance(method, str) else "", path if isinstance(path, str) else ""


def headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """The headers that are believed, by names in lower case."""
    return {
        low: value
        for name, value in _mapping(event.get("headers")).items()
        if isinstance(name, str) and isinstance(value, str) and (low := name.lower()) not in _NOT_BELIEVED
    }


def query_of(event: Mapping[str, Any]) -> dict[str, str] | None:
    """The query parameters, of each the last value; None where there are none."""
    query = _query(event.get("rawQueryString"))
    return {name: values[-1] for name, values in query.items()} if query else None


def rest_context(event: Mapping[str, Any]) -> dict[str, Any]:
    """The request context as REST events have it."""
    method, path = target_of(event)
    context = _context(event)
    http = _mapping(context.get("http"))
    return {
        "resourcePath": path,
        "path": path,
        "httpMethod": method,
        "requestId": _text(context.get("requestId")),
        "identity": {"sourceIp": _text(http.get("sourceIp")), "userAgent": _text(http.get("userAgent"))},
    }


def rest_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """The same request as a REST proxy event: whatever is missing or malformed is absent there."""
    method, path = target_of(event)
    headers, body = headers_of(event), event.get("body")
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query_of(event),
        "multiValueQueryStringParameters": _query(event.get("rawQueryString")),
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": rest_context(event),
        "body": body if isinstance(body, str) else None,
        "isBase64Encoded": event.get("isBase64Encoded") is True,
    }


def url_answer(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A REST proxy answer as a function URL takes it.

    Without CORS headers: the URL adds its own to each answer, and browsers refuse two of the same. And without those
    of pages.
    """
    joined = {name: ", ".join(map(str, values)) for name, values in _mapping(answer.get("multiValueHeaders")).items()}
    headers = {**joined, **_mapping(answer.get("headers"))}
    return {
        "statusCode": answer["statusCode"],
        "headers": {name: value for name, value in headers.items() if stays(name)},
        "body": answer["body"],
        "isBase64Encoded": bool(answer.get("isBase64Encoded")),
    }


def stays(name: str) -> bool:
    """Whether an answer of a function URL has a header of that name."""
    lower = name.lower()
    return not lower.startswith(_CORS) and lower not in _OF_PAGES


def _context(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(event.get("requestContext"))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _query(text: Any) -> dict[str, list[str]] | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=_MAX_PARAMETERS) or None
    except ValueError:
        return None
