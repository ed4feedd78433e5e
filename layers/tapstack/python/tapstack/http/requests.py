"""A request as an operation reads it, made from the events of API Gateway and of function URLs."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Protocol

from tapstack.http import function_urls


class Request(Protocol):
    """What identity, limits and validation need. Chalice's own Request has it, too."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By names in lower case."""

    @property
    def raw_body(self) -> Any:
        """Bytes or text; raises ValueError where it can't be read."""

    @property
    def query_params(self) -> Any:
        """A mapping of texts, or None."""

    @property
    def uri_params(self) -> Any:
        """The parameters in the path: a mapping of texts, or None."""

    @property
    def context(self) -> Mapping[str, Any]: ...


class EventRequest:
    """A request read from an event, of either kind; what a function URL's event lacks is absent here."""

    __slots__ = ("_event", "by_url", "context", "headers", "method", "path", "query_params", "uri_params")

    def __init__(self, event: Mapping[str, Any]) -> None:
        self.by_url = function_urls.is_from_url(event)
        self.context: Mapping[str, Any]
        if self.by_url:
            self.method, self.path = function_urls.target_of(event)
            self.headers = function_urls.headers_of(event)
            self.query_params = function_urls.query_of(event)
            self.uri_params = None
            self.context = function_urls.rest_context(event)
        else:
            self.context = event["requestContext"]
            self.method, self.path = self.context["httpMethod"], self.context["resourcePath"]
            headers = event["headers"] or {}
            is_lower = "".join(headers).islower()  # they are where an event loop serves it
            self.headers = headers if is_lower else {name.lower(): value for name, value in headers.items()}
            self.query_params = event["queryStringParameters"]
            self.uri_params = event.get("pathParameters")
        self._event = event

    @property
    def raw_body(self) -> str | bytes:
        body = self._event.get("body") or ""
        return base64.b64decode(body) if self._event["isBase64Encoded"] else str(body)
