"""PRODUCTION=1 starts no game that strangers could take over, and says all that is missing at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.identity import BOT_TOKEN
from tapstack_local.environment import base_environment
from tapstack_local.errors import SettingsError
from tapstack_local.settings import Settings, read_settings

KEY = "0123456789abcdef0123456789abcdef"
GOOD = {"PRODUCTION": "1", "PUBLIC_URL": "https://game.example.com", "TELEGRAM_BOT_TOKEN": BOT_TOKEN}


def read(folder: Path, **given: str) -> Settings:
    return read_settings(folder, {name: value for name, value in (GOOD | given).items() if value})


def test_domain_and_token_are_enough(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.production
    assert not settings.reload
    environment = base_environment(settings, "redis://r", "http://e")
    assert environment["MINIAPP_URL"] == "https://game.example.com/app/"
    assert environment["TRUSTED_PROXIES"] == "1"
    assert "TELEGRAM_API_BASE" not in environment
    assert len(environment["TOKEN_SIGNING_KEY"]) >= 32


def test_faults_are_all_named_at_once_and_no_secret_with_them(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, PUBLIC_URL="", TELEGRAM_BOT_TOKEN="424242:local-telegram-token-for-development",
             TOKEN_SIGNING_KEY="short", HOST="0.0.0.0")  # noqa: S104  # fmt: skip
    text = str(raised.value)
    assert all(name in text for name in ("PUBLIC_URL", "TELEGRAM_BOT_TOKEN", "TOKEN_SIGNING_KEY", "EDGE_KEY"))
    assert "424242" not in text
    assert "short;" not in text


@pytest.mark.parametrize(
    "given",
    [
        {"TELEGRAM_BOT_TOKEN": ""},
        {"TELEGRAM_BOT_TOKEN": "token"},
        {"TELEGRAM_BOT_TOKEN": "424242:local-telegram-token-for-development"},
        {"TELEGRAM_BOT_TOKEN": f"{BOT_TOKEN},token"},
        {"TELEGRAM_API_BASE": "http://127.0.0.1:8081"},
        {"TOKEN_SIGNING_KEY": "local-token-signing-key-for-development"},
        {"TOKEN_SIGNING_KEY": f"{KEY},short"},
        {"TELEGRAM_WEBHOOK_SECRET": "local-webhook-secret"},
        {"EDGE_KEY": "short"},
        {"EDGE_KEY": "<openssl rand -hex 32, and more of it>"},
        {"PUBLIC_URL": ""},
        {"PUBLIC_URL": "https://"},
        {"PUBLIC_URL": "http://game.example.com"},
        {"PUBLIC_URL": "https://127.0.0.1"},
        {"PUBLIC_URL": "https://localhost"},
        {"PUBLIC_URL": "https://game.localhost"},
        {"PUBLIC_URL": "https://server"},
        {"PUBLIC_URL": "https://server.local"},
        {"PUBLIC_URL": "https://203.0.113.7"},
        {"PUBLIC_URL": "https://game.example.com/path"},
        {"PUBLIC_URL": "https://game.example.com?x"},
        {"PUBLIC_URL": "https://user@game.example.com"},
        {"PUBLIC_URL": "https://game.example.com:8080"},
        {"PUBLIC_URL": "https://game.example.com:port"},
        {"PUBLIC_URL": "https://[game"},
        {"MINIAPP_URL": "http://127.0.0.1:8080/app/"},
        {"LOCAL_RELOAD": "1"},
        {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"},
        {"TRUSTED_PROXIES": "0"},
        {"HOST": "0.0.0.0"},  # noqa: S104
        {"STORES": "both"},
        {"PRODUCTION": "maybe"},
    ],
)
def test_what_only_a_developers_machine_may_do_is_refused(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(given)).replace("LOCAL_RELOAD", "LOCAL_RELOAD=0")):
        read(tmp_path, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"PUBLIC_URL": "https://game.example.com/"},
        {"PUBLIC_URL": "https://xn--e1afmkfd.xn--p1ai:8443"},
        {"MINIAPP_URL": "https://pages.example.com/game/"},
        {"HOST": "0.0.0.0", "EDGE_KEY": KEY},  # noqa: S104
        {"TELEGRAM_API_BASE": "https://bots.example.com"},
        {"TOKEN_SIGNING_KEY": f"{KEY}, {KEY}"},
        {"TRUSTED_PROXIES": "2"},
        {"STORES": "aws", "AWS_REGION": "eu-central-1"},
    ],
)
def test_what_production_may_set(tmp_path: Path, given: dict[str, str]) -> None:
    assert read(tmp_path, **given).public_url.startswith("https://")


def test_game_on_aws_uses_its_own_endpoints_and_credentials(tmp_path: Path) -> None:
    settings = read(tmp_path, STORES="aws", AWS_REGION="eu-central-1", AWS_PROFILE="game")
    environment = base_environment(settings, "redis://r", "")
    assert environment["AWS_DEFAULT_REGION"] == environment["AWS_REGION"] == "eu-central-1"
    assert environment["AWS_PROFILE"] == "game"
    assert not {"AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_EC2_METADATA_DISABLED"} & environment.keys()


def test_aws_needs_a_region_and_no_other_endpoint(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="AWS_REGION"):
        base_environment(read(tmp_path, STORES="aws"), "redis://r", "")
    with pytest.raises(SettingsError, match="unset one"):
        read_settings(tmp_path, {"STORES": "aws", "AWS_ENDPOINT_URL": "http://e"})
