"""How functions log, and one place that keeps secrets out of all that a process logs.

Modules log with `logging.getLogger(__name__)`; what belongs in a field of its own goes into `extra`, with values that
JSON knows. On AWS the runtime formats records as JSON (LogFormat in template.yaml); everywhere else functions print
the same fields, and tools plain text.
https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html#python-logging-advanced

`protect` puts itself where every record passes, whoever made it and whoever handles it: the formatting of
`logging.Handler`. So message, arguments, extra fields and tracebacks are covered alike, in plain lines and in JSON,
for python-telegram-bot, botocore and whatever else logs.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from tapstack.platform.settings import Settings

log = logging.getLogger(__name__)

HIDDEN = "[redacted]"
SHORTEST = 8
"""Characters of the shortest value that is hidden wherever it stands: of less, parts of ordinary words would be."""

_PATTERNS = (
    r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}",  # a bot's token, as in https://api.telegram.org/bot<token>/getMe
    r"(?<=\btma )\S{16,}",  # launch data, which signs its owner in
    r"(?<=\bbearer )\S{16,}",
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{59}(?![A-Za-z0-9_-])",  # a session token (http/session_tokens.py)
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


_request_id: ContextVar[str | None] = ContextVar("_request_id", default=None)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"taskName", "message", "asctime"}
"""What every record has; all else came as `extra`."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line, with the fields of Lambda's own JSON log format."""

    def format(self, record: logging.LogRecord) -> str:
        kind, error, trace = record.exc_info or (None, None, None)
        line = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:23] + "Z",
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if trace else None,
            "errorType": kind.__name__ if kind else None,
            "errorMessage": str(error) if error else None,
            "requestId": _request_id.get(),
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}" if error else None,
        }
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD and name not in line}
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)


def start_logging() -> None:
    """Makes a function's log lines JSON, once per process.

    Does nothing where the runtime formats them (Lambda's JSON log format), or where the game's logger has a handler
    already, from a test or from another thread.
    """
    game = logging.getLogger("tapstack")
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON":
        return
    with _lock:
        if not game.handlers:
            handler = logging.StreamHandler(sys.stdout)
            handler.setFormatter(JsonFormatter())
            game.setLevel(os.environ.get("LOG_LEVEL", "INFO").upper())
            game.propagate = False
            game.addHandler(handler)


def use_request_id(context: Any) -> None:
    """From here on this thread's lines bear the id of an invocation, by its Lambda context."""
    _request_id.set(getattr(context, "aws_request_id", None))


def protect(secrets: Iterable[str] = ()) -> None:
    """From now on this process logs no secret: these values, nor what looks like a token or like launch data.

    Doing it again adds values. Covers uncaught exceptions, too.
    """
    with _lock:
        for secret in secrets:
            if len(secret) >= SHORTEST:
                as_json = {json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
                _values.update(as_json | {secret, quote(secret, safe=""), repr(secret)[1:-1]})
        _pattern.cache_clear()
        if logging.Handler.format is _format:
            logging.Handler.format = _redacted  # type: ignore[method-assign, assignment]
            sys.excepthook = _uncaught
            threading.excepthook = _uncaught_in_thread
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def secrets_of(settings: Settings, env: dict[str, str] | Any) -> list[str]:
    """Every value of a game's settings and of its environment that must not be known."""
    found = [*settings.secrets, urlsplit(settings.redis.url).password or ""]
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

    start_logging()

    @functools.wraps(handler)
    def run(event: dict[str, Any], context: Any) -> dict[str, Any]:
        use_request_id(context)
        try:
            return handler(event, context)
        except Exception as error:
            log.exception("failed")
            failure = Failed(redact(f"{type(error).__name__}: {error}"))
        raise failure

    return run
