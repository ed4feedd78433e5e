"""The one table from refusals to HTTP statuses, and the one form of an error's body."""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.platform import errors

STATUS: dict[type[errors.GameError], int] = {
    errors.BadRequest: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.SessionEnded: 410,
    errors.BodyTooLarge: 413,
    errors.TooManyRequests: 429,
    errors.StoreUnavailable: 503,
}


class ErrorDetail(msgspec.Struct, frozen=True):
    """A stable `code` for programs, a `message` for people, and further `data`."""

    code: str
    message: str
    data: dict[str, Any]


class ErrorBody(msgspec.Struct, frozen=True):
    error: ErrorDetail


def render(error: errors.GameError) -> tuple[int, ErrorBody, dict[str, str]]:
    """The status, body and headers that a refusal is answered with."""
    headers = {}
    if isinstance(error, errors.Retryable):
        headers["Retry-After"] = str(error.retry_after_s)
    detail = ErrorDetail(error.code, error.message, dict(error.data))
    return STATUS[type(error)], ErrorBody(detail), headers
