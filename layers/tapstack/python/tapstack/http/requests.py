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
    def context(self) -> Mapping[str, Any]: ...


class EventRequest:
    """A request read from an event, of either kind; what is missing or malformed there is absent here."""

    __slots__ = ("by_url", "context", "event", "headers", "method", "path", "query_params")

    def __init__(self, event: Mapping[str, Any]) -> None:
        self.by_url = function_urls.is_from_url(event)
        self.event = function_urls.rest_event(event) if self.by_url else event
        self.context: Mapping[str, Any] = self.event["requestContext"]
        self.method, self.path = self.context["httpMethod"], self.context["resourcePath"]
        self.headers = {name.lower(): value for name, value in (self.event["headers"] or {}).items()}
        self.query_params = self.event["queryStringParameters"]

    @property
    def raw_body(self) -> str | bytes:
        body: str = self.event["body"] or ""
        return base64.b64decode(body) if self.event["isBase64Encoded"] else body
