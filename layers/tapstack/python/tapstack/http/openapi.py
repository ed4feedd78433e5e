"""The OpenAPI 3.1 document of the API, made from the types that validate its requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from tapstack.http.errors import ErrorBody
from tapstack.http.operation import AnyOperation, Auth, Operation

VERSION = "1.0.0"

MAX_AGE_S = 300
"""How long browsers and the CDN cache the document: only another version of the game changes it."""

OPENAPI: Operation[None, dict[str, Any]] = Operation(
    "getOpenapi", "GET", "/openapi.json", "This document", answer=dict[str, Any]
)

_JSON = "application/json"
_SCHEMES: dict[Auth, dict[str, str]] = {
    Auth.INIT_DATA: {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`tma <initData>`: the launch data that Telegram has signed",
    },
    Auth.SESSION_TOKEN: {"type": "http", "scheme": "bearer", "description": "The token of POST /sessions"},
    Auth.WEBHOOK_SECRET: {"type": "apiKey", "in": "header", "name": "X-Telegram-Bot-Api-Secret-Token"},
}
_MEANING = {
    200: "Success",
    201: "Created",
    202: "Accepted; completed shortly",
    204: "Success",
    304: "Unchanged since the given ETag",
    400: "The request does not match this description",
    401: "Identity missing, forged, foreign or expired",
    403: "Not allowed for this player",
    404: "Not found",
    409: "Conflicts with a rule of the game",
    410: "The session has ended; reopen it with POST /sessions and the same id",
    413: "The body is too large",
    429: "Too many requests: retry after Retry-After seconds",
    503: "A store or Telegram is unavailable: retry after Retry-After seconds",
}
_ANYWHERE = 400
"""What any request may be answered that is not HTTP/1.1, before an operation sees it."""


def document(operations: Sequence[AnyOperation]) -> dict[str, Any]:
    """The whole document, as a JSON value."""
    types = [t for o in operations for t in (o.request, o.answer) if t not in (None, bytes)]
    types.append(ErrorBody)
    refs, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    schema = dict(zip((_name(t) for t in types), refs, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _describe(operation, schema)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tapstack",
            "version": VERSION,
            "description": "A tap game: every tap counts once.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {auth.value: scheme for auth, scheme in _SCHEMES.items()},
        },
    }


def _name(type_: Any) -> str:
    return getattr(type_, "__name__", str(type_))


def _describe(operation: AnyOperation, schema: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "security": [] if operation.auth is Auth.NONE else [{operation.auth.value: []}],
        "responses": {},
    }
    parameters = _parameters(operation)
    if parameters:
        described["parameters"] = parameters
    if operation.request is not None:
        content = {_JSON: {"schema": schema[_name(operation.request)]}}
        described["requestBody"] = {"required": True, "content": content}
    for status in (operation.status, *operation.other_statuses):
        answer: dict[str, Any] = {"description": _MEANING[status]}
        if operation.answer is not None and status != 304:
            known = {} if operation.answer is bytes else {"schema": schema[_name(operation.answer)]}
            answer["content"] = {operation.media_type: known}
        described["responses"][str(status)] = answer
    for status in sorted({_ANYWHERE, *operation.errors}):
        described["responses"][str(status)] = {
            "description": _MEANING[status],
            "content": {_JSON: {"schema": schema[_name(ErrorBody)]}},
        }
    return described


def _parameters(operation: AnyOperation) -> list[dict[str, Any]]:
    schemas: dict[str, dict[str, Any]] = {
        **{name: {"type": "string", "enum": list(allowed)} for name, allowed in operation.query.items()},
        **{name: {"type": "string", "pattern": f"^({text})$"} for name, text in operation.texts.items()},
    }
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": f"^({text})$"}}
        for name, text in operation.places.items()
    ]
    return places + [{"name": name, "in": "query", "schema": schema} for name, schema in schemas.items()]
