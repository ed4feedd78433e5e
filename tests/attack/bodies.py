"""Bodies and headers that are too large, too deep, or not what they claim to be."""

from __future__ import annotations

from attack.attempt import Attempt
from attack.line import Answer

DEEP = 100_000
HUGE = 11 * 1024 * 1024


def bad_bodies(attempt: Attempt) -> None:
    """Deep, huge, broken and ambiguous JSON for every operation that takes a body, with valid credentials."""
    account = attempt.account()
    sign_in = {"Authorization": f"tma {account.init_data}"}
    secret = {"X-Telegram-Bot-Api-Secret-Token": attempt.target.webhook_secret}
    doors = [
        ("POST", "/clicks", "taps", account.bearer),
        ("POST", "/heartbeat", "taps", account.bearer),
        ("POST", "/sessions", "session_id", sign_in),
        ("PATCH", "/players/me", "username", account.bearer),
        ("POST", "/telegram/webhook", "update_id", secret),
        ("POST", "/_url/ClickFunctionUrl/clicks", "taps", account.bearer),
        ("POST", "/dev/init-data", "id", {}),
    ]
    for method, path, name, identity in doors[: 3 if attempt.short else None] + doors[-1:]:
        for what, body in _bodies(name, short=attempt.short).items():
            with attempt.line() as line:
                answer = attempt.ask(line, method, path, body, identity)
            harmless = path == "/heartbeat" or what == "doubled names" or path == "/telegram/webhook"
            if answer and not (harmless and answer.status == 200):
                attempt.refused(answer, f"{what} at {path}", 400, 401, 403, 404, 409, 410, 413, 429)
    _chunks(attempt, account.bearer)


def _bodies(name: str, *, short: bool) -> dict[str, bytes]:
    key = name.encode()
    bodies = {
        "deep lists": b"[" * DEEP,
        "deep lists that end": b"[" * DEEP + b"]" * DEEP,
        "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        "deep below the field": b'{"%b":' % key + b"[" * 3_000 + b"]" * 3_000 + b"}",
        "nothing": b"",
        "bad UTF-8": b'{"%b": "\xff\xfe\xc3("}' % key,
        "lone surrogate": b'{"%b": "\\ud800"}' % key,
        "UTF-16": '{"a": 1}'.encode("utf-16"),
        "not a number": b'{"%b": NaN}' % key,
        "number of 5,000 digits": b'{"%b": %b}' % (key, b"9" * 5_000),
        "negative number": b'{"%b": -9223372036854775809}' % key,
        "exponent": b'{"%b": 1e400}' % key,
        "fraction": b'{"%b": 1.5}' % key,
        "doubled names": b'{"%b": 1, "%b": 2}' % (key, key),
        "list": b"[1, 2]",
        "null": b"null",
        "just over the limit": b'{"a": "' + b"x" * 8_200 + b'", "%b": []}' % key,
    }
    if not short:
        bodies["eleven megabytes"] = b'{"a": "' + b"x" * HUGE + b'"}'
    return bodies


def _chunks(attempt: Attempt, identity: dict[str, str]) -> None:
    """A body in 2,000 chunks of one byte, and a chunked body that is too large."""
    given = {**identity, "Transfer-Encoding": "chunked"}
    for what, body, size in (("small chunks", b"[" + b" " * 2_000 + b"]", 1), ("large chunks", b"x" * 200_000, 4_096)):
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        sent = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        with attempt.line() as line:
            answer = attempt.ask(line, "POST", "/clicks", sent, given)
        attempt.refused(answer, what, 400, 413, 429)


def huge_headers(attempt: Attempt) -> None:
    """Headers of 8 KB to 1 MB, and thousands of them: rejected or closed, without effect on anybody else."""
    for size in (8_000, 60_000, 1_000_000):
        for name in ("Authorization", "X-Anything", "Cookie", "If-None-Match"):
            with attempt.line() as line:
                answer: Answer | None = attempt.ask(line, "GET", "/leaderboard", None, {name: "x" * size})
            if answer and answer.status not in (200, 304, 431):  # the parser answers 431, without a body
                attempt.refused(answer, f"a header of {size} bytes", 400, 413, 429)
    with attempt.line() as line:
        attempt.ask(line, "GET", "/leaderboard", None, {f"X-{n}": "1" for n in range(5_000)})
