"""Every refusal the game knows, as one tree.

GameError
├── BadRequest            400  the request can't be read as what the API promises
├── Unauthenticated       401  no identity, or one that is forged, foreign or expired
├── Forbidden             403  known, but not allowed
├── NotFound              404
├── Conflict              409  a rule of the game stands against it
├── SessionEnded          410  the session is over; POST /sessions with the same id reopens it
├── BodyTooLarge          413
├── TooManyRequests       429  a flood of requests; `retry_after_s` says when to come back
└── StoreUnavailable      503  a store or Telegram is unavailable; `retry_after_s` says when to come back

A class fixes the HTTP status (http/errors.py); `code` tells refusals of one class apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class GameError(Exception):
    """A refusal that is safe to show: a stable `code`, a `message` for people, and `data`."""

    default_code: ClassVar[str] = "refused"

    def __init__(self, message: str, *, code: str | None = None, **data: Any) -> None:
        super().__init__(message)
        self.code = code or self.default_code
        self.message = message
        self.data: Mapping[str, Any] = data


class BadRequest(GameError):
    default_code = "bad_request"


class Unauthenticated(GameError):
    default_code = "unauthenticated"


class Forbidden(GameError):
    default_code = "forbidden"


class NotFound(GameError):
    default_code = "not_found"


class Conflict(GameError):
    default_code = "conflict"


class SessionEnded(GameError):
    default_code = "session_ended"


class BodyTooLarge(GameError):
    default_code = "body_too_large"


class Retryable(GameError):
    """A refusal that passes by itself; carries the Retry-After in whole seconds, and `retry_after_ms` in its data."""

    def __init__(self, message: str, *, retry_after_s: int, code: str | None = None, **data: Any) -> None:
        self.retry_after_s = max(1, retry_after_s)
        super().__init__(message, code=code, **{"retry_after_ms": self.retry_after_s * 1_000, **data})

    @property
    def retry_after_ms(self) -> int:
        return int(self.data["retry_after_ms"])


class TooManyRequests(Retryable):
    default_code = "too_many_requests"


class StoreUnavailable(Retryable):
    default_code = "store_unavailable"
