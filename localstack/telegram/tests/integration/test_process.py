"""The server as a process with settings from the environment."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

import telegram_local
from telegram_local.testing import LocalTelegram, wait_until

TOKEN = "99:token-of-this-test"
PACKAGE = Path(telegram_local.__file__).parent.parent
COMMAND = [sys.executable, "-m", "telegram_local"]


def _environment(port: int, state: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(PACKAGE),
        "TELEGRAM_LOCAL_PORT": str(port),
        "TELEGRAM_LOCAL_STATE": str(state),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BOT_USERNAME": "my_bot",
    }


@contextmanager
def _running(state: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process and its address, on a port that the system chooses."""
    with subprocess.Popen(  # noqa: S603
        COMMAND, env=_environment(0, state), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout
            started = re.fullmatch(r"The local Telegram is at (http://127\.0\.0\.1:\d+)/\n", process.stdout.readline())
            assert started
            yield process, started[1]
        finally:
            process.kill()


def test_chats_survive_a_kill_a_moment_after_and_sigterm_at_once(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with _running(state) as (process, url), LocalTelegram.connect(url, TOKEN) as telegram:
        telegram.user(1, first_name="Ada").send("one")
        saved = state / "telegram.json"
        wait_until("the message is saved", lambda: saved.exists() and "one" in saved.read_text())
        process.kill()
    with _running(state) as (process, url), LocalTelegram.connect(url, TOKEN) as telegram:
        ada = telegram.user(1, first_name="Ada")
        ada.send("two")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    kept = json.loads(saved.read_text())
    assert [message["text"] for message in kept["chats"]["1"]["messages"].values()] == ["one", "two"]


def test_health_stats_and_page_are_served_with_a_strict_policy(tmp_path: Path) -> None:
    with _running(tmp_path) as (_, url), httpx.Client(base_url=url) as client:
        assert client.get("/health").json() == {"ok": True, "bot": "my_bot"}
        assert client.get(f"/bot{TOKEN}/getMe").json()["result"]["id"] == 99
        assert client.get("/bot1:x/getMe").status_code == 401
        unknown = client.post(f"/bot{TOKEN}/sendNothing")
        assert (unknown.status_code, unknown.json()["description"]) == (404, "Not Found")
        assert client.get("/stats").json()["served"] == {"getMe": 1}
        assert client.post("/stats/reset").json()["served"] == {}
        page = client.get("/")
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert 'src="/' not in page.text and 'href="/' not in page.text, "addresses must be relative"
        style = client.get("/static/css/base.css")
        assert client.get("/static/css/base.css", headers={"If-None-Match": style.headers["etag"]}).status_code == 304
        for path in ("/static/../core.py", "/static/%2e%2e/core.py", "/nothing"):
            assert client.get(path).status_code == 404
        form = client.post("/api/users", data={"a": "b"})
        assert form.status_code == 415, "a form of another site must not act"


def test_taken_port_and_wrong_settings_end_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = _environment(taken.getsockname()[1], tmp_path)
        ended = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, timeout=60)  # noqa: S603
        assert ended.returncode == 1 and "Address already in use" in ended.stderr
        environment["TELEGRAM_LOCAL_PORT"] = "many"
        ended = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, timeout=60)  # noqa: S603
        assert ended.returncode == 2
        assert ended.stderr == "telegram_local: TELEGRAM_LOCAL_PORT must be a number, not 'many'\n"


def test_live_events_end_when_the_page_goes(tmp_path: Path) -> None:
    with _running(tmp_path) as (_, url), LocalTelegram.connect(url, TOKEN) as telegram:
        ada = telegram.user(1, first_name="Ada")
        with telegram.http.stream("GET", "/api/events?user=1&after=0") as events:
            ada.send("hello")
            for line in events.iter_lines():
                if line.startswith("data:") and '"hello"' in line:
                    break
