"""After `sam deploy`: the Mini App is uploaded, and Telegram told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from support.aws_account import GOOD, Account
from tapstack_aws.publish import IMMUTABLE, publish
from tapstack_build.errors import DeployError


def test_publishing_puts_assets_before_pages_and_tells_telegram(tmp_path: Path) -> None:
    for name in ("index.html", "assets/a-1.js", ".stamp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    account, told = Account(status="CREATE_COMPLETE"), dict[str, str]()

    def set_up(arguments: list[str], environment: Mapping[str, str]) -> int:
        assert arguments == ["setup"]
        told.update(environment)
        return 0

    publish("prod", account, tmp_path, set_up)
    assert [(row["Key"], row["CacheControl"]) for row in account.put] == [
        ("app/assets/a-1.js", IMMUTABLE),
        ("app/index.html", "no-cache"),
    ]
    assert account.put[1]["ContentType"] == "text/html"
    assert account.invalidated == ["E1"]
    assert told == {
        "TELEGRAM_BOT_TOKEN": GOOD["telegram_bot_token"],
        "TELEGRAM_WEBHOOK_SECRET": GOOD["telegram_webhook_secret"],
        "WEBHOOK_URL": "https://api/v1/telegram/webhook",
        "MINIAPP_URL": "https://site/app/",
    }


def test_telegram_that_refuses_is_said_with_the_way_on(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    with pytest.raises(DeployError, match="deployed, but the bot is not set up.*deploy again"):
        publish("prod", Account(status="CREATE_COMPLETE"), tmp_path, lambda *_: 1)


def test_publishing_without_a_built_mini_app_uploads_nothing(tmp_path: Path) -> None:
    account = Account(status="CREATE_COMPLETE")
    with pytest.raises(DeployError, match="not built"):
        publish("prod", account, tmp_path, lambda *_: 0)
    assert account.put == []
