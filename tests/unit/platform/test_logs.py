"""Functions log JSON with the fields of AWS, tools plain text; and no secret is logged, whoever logs it and however."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.game import Context, make_settings
from support.identity import BOT_TOKEN, init_data
from tapstack.http import session_tokens
from tapstack.platform import logs
from tapstack.platform.settings import Settings
from tapstack.players.rules.identity import session_key

ENVIRONMENT = {"PYTHONPATH": str(Path(logs.__file__).parents[2])}
KEY = "signing-key/with 'quotes\" and a \\ in it"
TOKEN = session_tokens.sign(
    session_tokens.SessionToken("00" * 8, session_key("11111111-2222-3333-4444-555555555555"), 2_000_000_000), KEY
)
PASSWORD = "password-of-redis"
LAUNCH = init_data(7, "Ada")
SECRETS = {
    "bot token": BOT_TOKEN,
    "another bot's token": "987654321:" + "Zz-_" * 9,
    "signing key": KEY,
    "session token": TOKEN,
    "launch data": LAUNCH,
}


@pytest.fixture(autouse=True)
def protected() -> Iterator[None]:
    hooks = sys.excepthook, threading.excepthook
    logs.protect([BOT_TOKEN, KEY])
    yield
    sys.excepthook, threading.excepthook = hooks


def test_secrets_of_a_function_are_those_that_it_holds() -> None:
    """A function that was not handed the bot's token starts all the same."""
    settings = make_settings(f"redis://:{PASSWORD}@127.0.0.1:1/0", EDGE_KEY="edge-key")
    kept = {name: settings.values[name] for name in ("REDIS_URL", "EDGE_KEY")}
    held = Settings(kept | {"TOKEN_SIGNING_KEY": (KEY,)})
    assert set(logs.secrets_of(held, {})) >= {KEY, PASSWORD, "edge-key"}
    assert BOT_TOKEN not in logs.secrets_of(held, {})
    assert BOT_TOKEN in logs.secrets_of(settings, {})


def logged(act: Any, formatter: logging.Formatter | None = None) -> str:
    """What a handler that knows nothing of secrets writes while `act` uses a logger."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    log = logging.Logger("somebody.else")
    log.addHandler(handler)
    act(log)
    return stream.getvalue()


def crash(log: logging.Logger, secret: str) -> None:
    try:
        raise ValueError(f"refused: {secret}")
    except ValueError:
        log.exception("failed")


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_secret_is_hidden_wherever_a_record_holds_it(secret: str) -> None:
    ways = [
        lambda log: log.info(f"key {secret}"),
        lambda log: log.info("key %s of %r", secret, {"given": secret}),
        lambda log: crash(log, secret),
    ]
    for way in ways:
        text = logged(way)
        assert logs.HIDDEN in text
        assert secret not in text
        assert repr(secret)[1:-1] not in text


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_secret_is_hidden_in_json_with_its_extra_fields(secret: str) -> None:
    def act(log: logging.Logger) -> None:
        log.info("said", extra={"given": {"deep": [secret]}})
        crash(log, secret)

    text = logged(act, logs.JsonFormatter())
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["message"] for line in lines] == ["said", "failed"]
    assert secret not in text
    assert json.dumps(secret)[1:-1] not in text


def test_json_line_has_the_fields_of_lambda() -> None:
    """As documented for LogFormat JSON: a query for lines of AWS finds those of this machine too."""
    logs.use_request_id(Context())

    def act(log: logging.Logger) -> None:
        log.info("put off %s", "sync", extra={"kind": "sync", "players": 2})
        crash(log, "no")

    said, failed = logged(act, logs.JsonFormatter()).splitlines()
    line = json.loads(said)
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("timestamp"))
    assert line == {
        "level": "INFO",
        "message": "put off sync",
        "logger": "somebody.else",
        "requestId": "test-request",
        "kind": "sync",
        "players": 2,
    }
    line = json.loads(failed)
    assert (line["errorType"], line["errorMessage"]) == ("ValueError", "refused: no")
    assert "in crash" in line["stackTrace"][0]
    assert line["location"].startswith(__file__)


def test_launch_data_and_bearer_tokens_are_hidden_in_headers() -> None:
    text = logged(
        lambda log: log.info("%s", {"authorization": f"tma {LAUNCH}", "Authorization": f"Bearer {TOKEN[:40]}"})
    )
    assert LAUNCH not in text
    assert "Ada" not in text
    assert TOKEN[:40] not in text


def test_addresses_that_hold_the_token_are_not_logged_at_info() -> None:
    text = logged(lambda log: log.warning("GET https://api.telegram.org/bot%s/getMe", SECRETS["another bot's token"]))
    assert text == f"GET https://api.telegram.org/bot{logs.HIDDEN}/getMe\n"
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpcore.http11").isEnabledFor(logging.DEBUG)


def test_ordinary_lines_stay_as_they_are() -> None:
    line = "put off: sync of {b03}, 12345678 players, hash=short, request 0b6f1c2e-7c1d-4e0b-9d0e-2f6c0a7b1c55"
    assert logged(lambda log: log.info(line)) == f"{line}\n"


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, done."""
    command = [sys.executable, "-c", code, *arguments]
    env = ENVIRONMENT | environment
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def test_uncaught_exceptions_are_told_without_secrets() -> None:
    code = f"""
import threading
from tapstack.platform import logs
logs.protect([{KEY!r}])
def fall():
    raise ValueError({KEY!r} + " in a thread")
thread = threading.Thread(target=fall)
thread.start(); thread.join()
raise ValueError({BOT_TOKEN!r} + " in main")
"""
    done = run(code)
    assert done.returncode == 1
    assert f"{logs.HIDDEN} in a thread" in done.stderr
    assert f"{logs.HIDDEN} in main" in done.stderr
    assert BOT_TOKEN not in done.stderr


def test_failure_of_a_handler_reaches_its_platform_without_secrets() -> None:
    def handler(_: dict[str, Any], __: Any) -> dict[str, Any]:
        raise ValueError(f"bot{BOT_TOKEN}")

    with pytest.raises(logs.Failed) as failed:
        logs.guarded(handler)({}, None)
    assert BOT_TOKEN not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


MANY_AT_ONCE = """
import json, logging, sys, threading, time

slow = logging.Logger.addHandler
def add_handler(self, handler):  # as a thread that is interrupted between two steps
    slow(self, handler)
    time.sleep(0.05)
logging.Logger.addHandler = add_handler

from tapstack.http.openapi import OPENAPI
from tapstack.http.app import create_app, serves
from tapstack.platform.errors import NotFound

class Ports:
    settings = clock = None

def refuse(call):
    raise NotFound("no")

event, context = json.loads(sys.argv[1]), type("Context", (), {"aws_request_id": "r"})()
answers, barrier = [], threading.Barrier(8)
def ask():
    barrier.wait()
    app = create_app("test", Ports)
    serves(app, OPENAPI)(refuse)
    answers.append(app(dict(event), context)["statusCode"])
threads = [threading.Thread(target=ask) for _ in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(json.dumps([sorted(answers), len(logging.getLogger("tapstack").handlers)]), file=sys.stderr)
"""


def test_first_refusals_at_once_are_all_answered_and_logged_once() -> None:
    from support.game import api_event

    done = run(MANY_AT_ONCE, json.dumps(api_event("GET", "/openapi.json")))
    assert json.loads(done.stderr.splitlines()[-1]) == [[404] * 8, 1], done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["message"] for line in lines] == ["refused"] * 8
    assert {line["requestId"] for line in lines} == {"r"}


def test_lambda_formats_the_lines_itself_where_it_is_told_to() -> None:
    code = """
import logging
from tapstack.platform import logs
logs.start_logging()
print(logging.getLogger("tapstack").handlers)
"""
    assert run(code, AWS_LAMBDA_LOG_FORMAT="JSON").stdout == "[]\n"
    assert "StreamHandler" in run(code).stdout


def test_importing_a_library_leaves_the_lines_of_tools_plain() -> None:
    code = """
import logging
import tapstack.cli, tapstack.bot.botctl
logging.getLogger("tapstack.play.saving").warning("put off")
"""
    assert run(code).stderr == "put off\n"
