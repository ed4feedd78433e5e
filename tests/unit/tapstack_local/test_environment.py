"""What the functions get as their environment."""

from pathlib import Path

import msgspec
import pytest
from support.identity import BOT_TOKEN
from tapstack_local.environment import base_environment, function_environment
from tapstack_local.errors import SettingsError
from tapstack_local.settings import read_settings
from tapstack_local.template.model import App


def test_own_aws_profile_does_not_reach_the_emulator(tmp_path: Path) -> None:
    mine = {"AWS_PROFILE": "work", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_SESSION_TOKEN": "t"}
    environment = base_environment(read_settings(tmp_path, mine), "redis://r", "http://e")
    assert "AWS_PROFILE" not in environment
    assert "AWS_SESSION_TOKEN" not in environment
    assert environment["AWS_DEFAULT_REGION"] == "us-east-1"
    assert environment["AWS_ENDPOINT_URL"] == "http://e"


def test_links_name_the_bot_of_the_telegram_started_here_unless_it_has_another_name(tmp_path: Path) -> None:
    def name(given: dict[str, str], telegram_url: str) -> str | None:
        settings = read_settings(tmp_path, given)
        return base_environment(settings, "redis://r", "http://e", telegram_url).get("TELEGRAM_BOT_USERNAME")

    assert name({}, "http://t") == "tapstack_local_bot"
    assert name({"TELEGRAM_BOT_USERNAME": "mine_bot"}, "http://t") == "mine_bot"
    assert name({}, "") is None


def test_strangers_stake_coins_only_where_their_server_says_so(tmp_path: Path) -> None:
    public = {"PRODUCTION": "1", "PUBLIC_URL": "https://game.example.com", "TELEGRAM_BOT_TOKEN": BOT_TOKEN}

    def chance(**given: str) -> str | None:
        return base_environment(read_settings(tmp_path, given), "redis://r", "http://e").get("CHANCE_ENABLED")

    assert chance(**public) == "0"
    assert chance(**public, CHANCE_ENABLED="1") == "1"
    assert chance() is None, "as in the template: true on a developer's machine"


def test_own_aws_endpoint_keeps_own_region_and_credentials(tmp_path: Path) -> None:
    mine = {"AWS_ENDPOINT_URL": "http://mine", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "k"}
    environment = base_environment(read_settings(tmp_path, mine), "redis://r", "http://mine")
    assert (environment["AWS_DEFAULT_REGION"], environment["AWS_ACCESS_KEY_ID"]) == ("eu-west-1", "k")


def test_functions_share_template_values_that_settings_override(app: App) -> None:
    merged = function_environment(app, {"REDIS_URL": "r", "TELEGRAM_BOT_TOKEN": "t", "GREETING": "mine"})
    assert merged["GREETING"] == "mine"
    assert merged["TABLE_NAME"] == "tapstack-ItemsTable"


def test_a_variable_that_only_aws_knows_must_be_set(app: App) -> None:
    with pytest.raises(SettingsError, match="ApiFunction: REDIS_URL refers to Cache.*set REDIS_URL"):
        function_environment(app, {"TELEGRAM_BOT_TOKEN": "t"})


def test_two_values_for_one_name_are_refused(app: App) -> None:
    tick = app.functions["TickFunction"]
    other = msgspec.structs.replace(tick, environment={**tick.environment, "GREETING": "else"})
    changed = msgspec.structs.replace(app, functions={**app.functions, "TickFunction": other})
    base = {"REDIS_URL": "r", "TELEGRAM_BOT_TOKEN": "t"}
    with pytest.raises(SettingsError, match="ApiFunction and TickFunction give GREETING different values"):
        function_environment(changed, base)
    assert function_environment(changed, base | {"GREETING": "one"})["GREETING"] == "one"
