"""Pages of another origin and DNS names that resolve here: what a local browser can be made to send."""

from __future__ import annotations

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from attack.attempt import Attempt
from attack.line import Answer

EVIL = "http://evil.example"
FORM = "application/x-www-form-urlencoded"
FOREIGN = (
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Host": "evil.example"},
    {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
    {"Host": "127.0.0.1.evil.example"},
    {"Origin": EVIL, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
)
RESET = "/_ministack/reset"


def emulator(attempt: Attempt) -> None:
    """A web page reads the AWS emulator's tables, writes scores into them, and empties them with a form."""
    port = attempt.target.aws_port
    dear = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"}
    signed = (
        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
    )
    open_door = False
    with attempt.line(port) as line:
        for foreign in _foreign(port):
            for what, headers in (("lists tables", dear), ("lists tables, signed", {**dear, "Authorization": signed})):
                answer = attempt.ask(line, "POST", "/", b"{}", {**headers, **foreign})
                open_door |= _let_in(attempt, answer, f"the emulator {what} for {foreign}")
            given = {"Content-Type": "text/plain", **foreign}
            answer = attempt.ask(line, "POST", "/?Action=ListQueues", b"", given)
            open_door |= _let_in(attempt, answer, f"the emulator lists queues for {foreign}")
            asked = {
                **foreign,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "x-amz-target",
            }
            answer = attempt.ask(line, "OPTIONS", "/", None, asked)
            allowed = answer.headers.get("access-control-allow-origin") if answer else None
            attempt.expect(allowed in (None, ""), f"the emulator's preflight lets {allowed} in for {foreign}")
        if open_door:
            return attempt.problem(f"so POST {RESET} would empty all tables: not tried, honest players use them")
        for given in [*_foreign(port), {"Content-Type": FORM}, {}]:
            answer = attempt.ask(line, "POST", RESET, b"init=1", given)
            attempt.expect(answer is None or answer.status >= 400, f"{RESET} is accepted for {given}")
    _tables_stand(attempt)


def telegram(attempt: Attempt) -> None:
    """An attacker's DNS name resolves to the local Telegram: users, chats, and correctly signed launch data."""
    port = attempt.target.telegram_port
    if not port:
        return
    bot = f"/bot{attempt.target.bot_token}"
    calls = [
        ("POST", "/api/users", {}),
        ("POST", "/api/make_user", {"id": 1, "first_name": "Eve"}),
        ("POST", "/api/launch", {"user": 1, "kind": "main"}),
        ("POST", "/api/state", {"user": 1}),
        ("GET", "/api/wait?user=1&timeout=0", None),
        ("GET", "/stats", None),
        ("GET", "/", None),
        ("POST", f"{bot}/getMe", {}),
    ]
    with attempt.line(port) as line:
        for foreign in _foreign(port):
            if foreign.get("Origin") == "null" and "Host" not in foreign:
                continue  # the chat page's own frame has no origin
            for method, path, body in calls:
                if "Host" not in foreign and (method == "GET" or path.startswith("/bot")):
                    continue  # without a foreign name the browser hides the answer from the page
                answer = attempt.ask(line, method, path, body, foreign)
                shown = path.replace(attempt.target.bot_token, "<token>")
                _let_in(attempt, answer, f"the local Telegram answers {shown} for {foreign}")


def sign_in(attempt: Attempt) -> None:
    """Test players' sign-in is called from another origin, under another name, and through proxies."""
    foreign = [
        *_foreign(attempt.target.port),
        *({name: "10.0.0.1"} for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP")),
    ]
    with attempt.line() as line:
        for given in foreign:
            for kind in ("application/json", "text/plain", FORM):
                body = b'{"id": 1, "first_name": "Eve"}'
                answer = attempt.ask(line, "POST", "/dev/init-data", body, {"Content-Type": kind, **given})
                _let_in(attempt, answer, f"/dev/init-data signs Eve in for {given}")


def _foreign(port: int) -> list[dict[str, str]]:
    return [{name: value.format(port=port) for name, value in given.items()} for given in FOREIGN]


def _let_in(attempt: Attempt, answer: Answer | None, what: str) -> bool:
    """Whether it was answered like a local request, which is a problem."""
    done = answer is not None and answer.status < 400
    attempt.expect(not done, what)
    return done


def _tables_stand(attempt: Attempt) -> None:
    try:
        limits = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1})
        client = boto3.client("dynamodb", config=limits, **attempt.target.game.client_arguments())
        tables = client.list_tables()["TableNames"]
    except (BotoCoreError, ClientError, OSError) as error:
        return attempt.problem(f"the emulator does not answer its own game: {error!r}")
    attempt.expect("tapstack-CountersTable" in tables, f"tables are missing: {tables} are left")
