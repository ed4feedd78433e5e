"""What one call of the API is: its route, its identity, and the types that it takes and answers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Generic, TypeVar

import msgspec

from tapstack.platform.bounds import MAX_CURSOR
from tapstack.platform.limits import COOLDOWNS, Limit

Body = TypeVar("Body")
"""The type of a request's body; None where a call has none."""

Answer = TypeVar("Answer")

BODY_LIMIT = 8_192
"""Bytes: no honest request of a client comes near it."""

LIMIT = "[1-9][0-9]?|100"
"""The pattern of a `limit` parameter: the size of a page."""

CURSOR = f"[A-Za-z0-9_-]{{1,{MAX_CURSOR}}}"
"""The pattern of a `cursor` parameter: where the next page begins."""

READ_ERRORS = (400, 401, 403, 404, 429, 503)
COMMAND_ERRORS = (400, 401, 403, 404, 409, 413, 429, 503)
"""What a player may hear who asks for something of their own, or does something."""

READS = COOLDOWNS["reads"]
CHANGES = COOLDOWNS["changes"]


class Auth(Enum):
    """How callers prove who they are."""

    NONE = "none"
    INIT_DATA = "init_data"
    SESSION_TOKEN = "session_token"  # noqa: S105 - a way to prove identity, no secret
    WEBHOOK_SECRET = "webhook_secret"  # noqa: S105


class Operation(msgspec.Struct, Generic[Body, Answer], frozen=True):
    """One call of the API. Routing, validation and the OpenAPI document follow from it.

    `request` and `answer` are msgspec types, None where there is no body; `errors` lists the statuses of its refusals.
    """

    id: str
    method: str
    path: str
    summary: str
    auth: Auth = Auth.NONE
    request: type[Body] | None = None
    answer: type[Answer] | None = None
    media_type: str = "application/json"
    """Of the answer; a refusal is always JSON."""
    status: int = 200
    other_statuses: tuple[int, ...] = ()
    errors: tuple[int, ...] = ()
    body_limit: int = BODY_LIMIT
    limit: Limit | None = None
    """How often one player may call it; None where it counts calls by itself, or nobody has signed in."""
    by_address: bool = False
    """Whether addresses are limited too, to what the settings say: for calls without an account."""
    query: Mapping[str, tuple[str, ...]] = {}
    """Query parameters that take one of several values; the first is the default."""
    texts: Mapping[str, str] = {}
    """Query parameters of free text, each with the pattern that it has to match whole; "" where absent."""
    places: Mapping[str, str] = {}
    """Parameters in the path, each with the pattern that it has to match whole: nothing else is there."""


AnyOperation = Operation[Any, Any]
