"""Where a setting comes from."""

import re
import stat
from pathlib import Path

import msgspec
import pytest
from tapstack_local.env_file import read_env_file
from tapstack_local.environment import base_environment, function_environment
from tapstack_local.errors import SettingsError
from tapstack_local.local_secrets import local_secrets
from tapstack_local.settings import read_settings
from tapstack_local.template.model import App


def test_environment_wins_over_dotenv_which_wins_over_defaults(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=7001\nHOST=0.0.0.0\nA=dotenv\n", encoding="utf-8")
    settings = read_settings(tmp_path, {"PORT": "7002", "B": "environ"})
    assert (settings.port, settings.host) == (7002, "0.0.0.0")  # noqa: S104
    assert settings.given == {"PORT": "7002", "HOST": "0.0.0.0", "A": "dotenv", "B": "environ"}  # noqa: S104
    assert settings.state_dir == tmp_path / ".local"
    assert settings.url == "http://127.0.0.1:7002"
    assert not settings.local_only


def test_an_empty_value_is_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=\nHOST=localhost\n", encoding="utf-8")
    settings = read_settings(tmp_path, {"HOST": ""})
    assert (settings.port, settings.host) == (8080, "localhost")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "abc"), ("PORT", "0"), ("PORT", "70000"), ("WEB_WORKERS", "-1"), ("LOCAL_RELOAD", "maybe"),
     ("LOCAL_SCHEDULE_S", "soon"), ("LOCAL_PARAMETERS", "Broken")],
)  # fmt: skip
def test_a_bad_value_is_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(tmp_path, {name: value})
    assert name in str(raised.value)
    assert value in str(raised.value)
    assert "\n" not in str(raised.value)


def test_dotenv_knows_quotes_comments_and_export(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# c\nexport A=\"x # y\" # c\nB=1 # c\nC=a#b\nD=\n\nE='q'\n", encoding="utf-8")
    assert read_env_file(path) == {"A": "x # y", "B": "1", "C": "a#b", "D": "", "E": "q"}
    path.write_text("A=1\nnonsense\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        read_env_file(path)


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    made = local_secrets(tmp_path / "state")
    assert local_secrets(tmp_path / "state") == made
    assert re.fullmatch(r"\d{10}:[A-Za-z0-9_-]{35}", made["TELEGRAM_BOT_TOKEN"])
    assert stat.S_IMODE((tmp_path / "state" / "secrets.json").stat().st_mode) == 0o600


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
