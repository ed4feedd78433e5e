"""The game's logger, and one place that keeps secrets out of all that a process logs.

`protect` puts itself where every record passes, whoever made it and whoever handles it: the formatting of
`logging.Handler`. So message, arguments, extra fields and tracebacks are covered alike, in plain lines and in
Powertools' JSON, for python-telegram-bot, botocore and whatever else logs. Importing this module loads neither
Powertools nor a pattern: a click that is well says nothing.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from aws_lambda_powertools.logging import Logger

    from tapstack.platform.settings import Settings

HIDDEN = "[redacted]"
SHORTEST = 8
"""Characters of the shortest value that is hidden wherever it stands: of less, parts of ordinary words would be."""

_PATTERNS = (
    r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}",  # a bot's token, as in https://api.telegram.org/bot<token>/getMe
    r"(?<=\btma )\S{16,}",  # launch data, which signs its owner in
    r"(?<=\bbearer )\S{16,}",
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{59}(?![A-Za-z0-9_-])",  # a session token (domain/tokens.py)
    r"(?<=\bhash=)[A-Za-z0-9%_-]{16,}",  # launch data is worth nothing without these two
    r"(?<=\bhash%3D)[A-Za-z0-9%_-]{16,}",
    r"(?<=\bsignature=)[A-Za-z0-9%_-]{16,}",
    r"(?<=\bsignature%3D)[A-Za-z0-9%_-]{16,}",
)
_TALKATIVE = ("httpx", "httpcore")
"""They log the address of every request at INFO, and Telegram's addresses hold the bot's token."""

_lock = threading.RLock()
_values: set[str] = set()
_format = logging.Handler.format


def logger() -> Logger:
    """The structured logger of functions, made when there is something to say.

    Under a lock: Powertools sets a logger up in steps, and of two threads that do so at once one finds it half done.
    """
    with _lock:
        return _logger()


@functools.cache
def _logger() -> Logger:
    from aws_lambda_powertools.logging import Logger

    return Logger(service="tapstack")


def protect(secrets: Iterable[str] = ()) -> None:
    """From now on this process logs no secret: these values, nor what looks like a token or like launch data.

    Doing it again adds values. Covers uncaught exceptions, too.
    """
    with _lock:
        for secret in secrets:
            if len(secret) >= SHORTEST:
                _values.update((secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]))
        _pattern.cache_clear()
        if logging.Handler.format is _format:
            logging.Handler.format = _redacted  # type: ignore[method-assign, assignment]
            sys.excepthook = _uncaught
            threading.excepthook = _uncaught_in_thread
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def secrets_of(settings: Settings, env: dict[str, str] | Any) -> list[str]:
    """Every value of a game's settings and of its environment that must not be known."""
    found = [*settings.secrets, urlsplit(settings.redis_url).password or ""]
    return found + [env.get(name, "") for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]


def redact(text: str) -> str:
    """A text without secrets."""
    return _pattern().sub(HIDDEN, text)


@functools.cache
def _pattern() -> re.Pattern[str]:
    exact = [re.escape(value) for value in sorted(_values, key=len, reverse=True)]
    return re.compile("|".join((*exact, *(f"(?i:{pattern})" for pattern in _PATTERNS))))


def _redacted(handler: logging.Handler, record: logging.LogRecord) -> str:
    return redact(_format(handler, record))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return sys.__excepthook__(kind, error, trace)
    sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))
    return None


def _uncaught_in_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None and not issubclass(given.exc_type, SystemExit):
        _uncaught(given.exc_type, given.exc_value, given.exc_traceback)


class Failed(Exception):
    """An invocation that has failed, in words that its platform may log."""


Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


def guarded(handler: Handler) -> Handler:
    """A handler of a queue or a schedule whose failure is logged here, and told to its platform without secrets.

    Lambda writes an exception that leaves a handler into the log by itself, past everything above.
    """

    @functools.wraps(handler)
    def run(event: dict[str, Any], context: Any) -> dict[str, Any]:
        try:
            return handler(event, context)
        except Exception as error:
            logger().exception("failed")
            failure = Failed(redact(f"{type(error).__name__}: {error}"))
        raise failure

    return run
