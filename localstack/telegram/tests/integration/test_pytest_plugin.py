"""The fixtures in a bot project of somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import telegram_local

CONFTEST = "from telegram_local.pytest_plugin import local_telegram, local_telegram_options, telegram_webhook\n"
TESTS = """
import pytest
from telegram_local.testing import Limits, answering

@pytest.fixture
def local_telegram_options():
    return {"username": "somebodys_bot", "limits": Limits(private_burst=1)}

def test_webhook_answers_a_user(local_telegram, telegram_webhook):
    ada = local_telegram.user(first_name="Ada")
    receiver = telegram_webhook(lambda update: answering("sendMessage", chat_id=ada.id, text="Hello"))
    ada.start("ref_abc")
    assert ada.wait_for_text("Hello")
    assert receiver.updates[0]["message"]["text"] == "/start ref_abc"

def test_every_test_gets_a_server_of_its_own(local_telegram):
    assert local_telegram.call("getMe")["result"]["username"] == "somebodys_bot"
    assert local_telegram.stats()["users"] == 0 and local_telegram.settings.limits.private_burst == 1
"""


def test_fixtures_work_in_another_project(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_bot.py").write_text(TESTS)
    environment = os.environ | {"PYTHONPATH": str(Path(telegram_local.__file__).parents[1])}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "test_bot.py",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)  # noqa: S603
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout + done.stderr


def test_plugin_imports_the_package_when_a_fixture_is_used() -> None:
    """It is loaded in every pytest run of an environment that has it."""
    code = "import sys, telegram_local.pytest_plugin; sys.exit('telegram_local.testing' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(Path(telegram_local.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)  # noqa: S603
