"""Where a deployment goes and what it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tapstack_build.errors import DeployError
from tapstack_localstack.deployment.endpoint import address
from tapstack_localstack.deployment.settings import read

TEMPLATE: dict[str, Any] = {
    "Parameters": {"RedisUrl": {}, "TelegramBotToken": {}, "TapsPerS": {}, "RequestsPerSBudget": {}}
}


def test_parameters_come_from_the_environment_by_their_names_in_capitals(tmp_path: Path) -> None:
    known = read(tmp_path, {"REDIS_URL": "redis://here", "TAPS_PER_S": "5", "REQUESTS_PER_S_BUDGET": "7"})
    parameters = known.parameters(TEMPLATE)
    wanted = {"RedisUrl": "redis://here", "TapsPerS": "5", "RequestsPerSBudget": "7"}
    assert wanted.items() <= parameters.items()
    assert parameters["TelegramBotToken"] == known.parameters(TEMPLATE)["TelegramBotToken"]  # made once, then kept


def test_environment_wins_over_dotenv_and_both_over_the_localstack_started_here(tmp_path: Path) -> None:
    (tmp_path / ".local/localstack").mkdir(parents=True)
    running = {"environment": {"REDIS_URL": "redis://host", "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}}
    (tmp_path / ".local/localstack/running.json").write_text(json.dumps(running))
    assert read(tmp_path, {}).parameters(TEMPLATE)["RedisUrl"] == "redis://host"
    (tmp_path / ".env").write_text("REDIS_URL=redis://dotenv\n")
    assert read(tmp_path, {}).parameters(TEMPLATE)["RedisUrl"] == "redis://dotenv"
    assert read(tmp_path, {"REDIS_URL": "redis://env"}).parameters(TEMPLATE)["RedisUrl"] == "redis://env"


def test_bad_stack_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="STACK=no_underscores"):
        read(tmp_path, {"STACK": "no_underscores"})


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://localhost:4566"),
        ({"LOCALSTACK_HOST": "box:4567"}, "http://box:4567"),
        ({"AWS_ENDPOINT_URL": "https://box/", "LOCALSTACK_HOST": "other"}, "https://box"),
    ],
)
def test_endpoint_is_the_one_named_or_localstacks_usual(environment: dict[str, str], url: str) -> None:
    assert address(environment) == url


@pytest.mark.parametrize("url", ["localhost:4566", "ftp://x", "http://"])
def test_endpoint_that_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(DeployError, match="is not an address"):
        address({"AWS_ENDPOINT_URL": url})


def test_aws_itself_is_refused() -> None:
    with pytest.raises(DeployError, match="make deploy STAGE"):
        address({"AWS_ENDPOINT_URL": "https://cloudformation.eu-west-1.amazonaws.com"})
