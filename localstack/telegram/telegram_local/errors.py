"""Errors of the Bot API, in Telegram's own words.

    ApiError                      {"ok": false, "error_code", "description", "parameters"?}
    ├── BadRequest        400     "Bad Request: ..."
    ├── Forbidden         403     "Forbidden: ..."
    ├── Conflict          409     "Conflict: ..."
    └── TooManyRequests   429     "Too Many Requests: retry after N"

The texts follow https://github.com/tdlib/telegram-bot-api (Client::fail_query_with_error) and TDLib.
"""

from typing import Any


class ApiError(Exception):
    """A call that Telegram refuses."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class BadRequest(ApiError):
    """The call is malformed, or about something that does not exist."""

    def __init__(self, text: str, parameters: dict[str, Any] | None = None) -> None:
        # Like Telegram, lower the first letter of a sentence, but not of a CODE.
        sentence = text if text[1:2].isupper() or text[1:2] == "_" else text[:1].lower() + text[1:]
        super().__init__(400, f"Bad Request: {sentence}", parameters)


class Forbidden(ApiError):
    """The bot may not write there."""

    def __init__(self, text: str) -> None:
        super().__init__(403, f"Forbidden: {text}")


class Conflict(ApiError):
    """Updates are requested in two ways at once."""

    def __init__(self, text: str) -> None:
        super().__init__(409, f"Conflict: {text}")


class TooManyRequests(ApiError):
    """A limit is exceeded; retry after that many seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s})
