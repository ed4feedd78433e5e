"""What children print is kept and shown without the secrets of their environment."""

import sys
import time
from pathlib import Path

from tapstack_local.processes.child import Child
from tapstack_local.processes.redaction import REDACTED, redactor

TOKEN = "1234567890:" + "Ab-_" * 9
ENVIRONMENT = {"TELEGRAM_BOT_TOKEN": f"{TOKEN}, 22:short", "SIGNING_KEY": "a+key (with) signs", "TOKEN_TTL_S": "3600"}


def test_values_are_redacted_by_the_names_of_their_settings() -> None:
    redact = redactor(ENVIRONMENT)
    assert redact(f"bot{TOKEN}/getMe") == f"bot{REDACTED}/getMe"
    assert redact("key: a+key (with) signs, 3600 s") == f"key: {REDACTED}, 3600 s"
    assert redact("bot987654321:" + "Zz-_" * 9) == f"bot{REDACTED}"
    assert redact("WARNING asyncio: nothing secret at 12:30:00") == "WARNING asyncio: nothing secret at 12:30:00"


def test_logs_and_terminal_get_no_secret_of_a_child(tmp_path: Path) -> None:
    shown: list[str] = []
    code = "import os, sys; print('ERROR', os.environ['TELEGRAM_BOT_TOKEN']); print('@@ready', flush=True)"
    child = Child("toy", [sys.executable, "-c", code], ENVIRONMENT, tmp_path / "toy.log", show=shown.append)
    child.start()
    assert child.ready.wait(30)
    deadline = time.monotonic() + 30
    while child.running() and time.monotonic() < deadline:
        time.sleep(0.01)
    tail = child.tail()
    child.stop(5)
    log = (tmp_path / "toy.log").read_text()
    for text in (tail, log, "".join(shown)):
        assert REDACTED in text
        assert TOKEN not in text
