"""The tables and queues of a game with STORES=aws: a deployer creates them, the game only finds and uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from support.servers import ROOT
from tapstack_local import stores_on_aws
from tapstack_local.errors import SettingsError, StartError

REGION = "eu-central-1"
ENVIRONMENT = {
    "STORES": "aws",
    "AWS_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "ENV_FILE": "/dev/null",
}


@pytest.fixture(scope="module", autouse=True)
def account() -> Iterator[None]:
    """An AWS account, empty at first."""
    from moto import mock_aws  # here, as in integration/conftest.py: every worker would import it to collect tests

    with mock_aws():
        yield


@pytest.fixture(scope="module")
def created(account: None) -> dict[str, Any]:  # noqa: ARG001
    """The policy for the stores that a deployer has created there; it takes seconds."""
    return stores_on_aws.create(ROOT, ENVIRONMENT)


def client(service: str) -> Any:
    return boto3.client(service, REGION, aws_access_key_id="testing", aws_secret_access_key="testing")


def test_missing_table_is_named_with_what_creates_it() -> None:
    with pytest.raises(StartError, match="Table does not exist at AWS in eu-west-1.*create-stores"):
        stores_on_aws.policy(ROOT, ENVIRONMENT | {"AWS_REGION": "eu-west-1"})


def test_created_stores_are_protected_and_creating_again_changes_nothing(created: dict[str, Any]) -> None:
    assert stores_on_aws.create(ROOT, ENVIRONMENT) == created == stores_on_aws.policy(ROOT, ENVIRONMENT)
    dynamodb, sqs = client("dynamodb"), client("sqs")
    names = dynamodb.list_tables()["TableNames"]
    assert "tapstack-CountersTable" in names
    for name in names:
        assert dynamodb.describe_table(TableName=name)["Table"]["DeletionProtectionEnabled"]
        backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    url = sqs.get_queue_url(QueueName="tapstack-SyncQueue")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    # Of this account and region, which the template does not know.
    assert f"arn:aws:sqs:{REGION}:123456789012:tapstack-SyncDead" in attributes["RedrivePolicy"]


def test_policy_lets_the_game_use_its_stores_and_change_none(created: dict[str, Any]) -> None:
    text = json.dumps(created, separators=(",", ":"))
    assert len(text) < 6_144  # what a managed policy may have
    allowed = {action for statement in created["Statement"] for action in statement["Action"]}
    assert not [a for a in allowed if a.endswith("*") or a.startswith(("dynamodb:Create", "dynamodb:DeleteTable"))]
    assert {"dynamodb:DescribeTable", "dynamodb:BatchWriteItem", "sqs:ReceiveMessage", "sqs:DeleteMessage"} <= allowed
    resources = {resource for statement in created["Statement"] for resource in statement["Resource"]}
    own = (f"arn:aws:dynamodb:{REGION}:123456789012:table/tapstack-", f"arn:aws:sqs:{REGION}:123456789012:tapstack-")
    assert all(resource.startswith(own) and "*" not in resource for resource in resources)
    tables = {resource for resource in resources if "/index/" not in resource and ":table/" in resource}
    assert {name.rpartition("/")[2] for name in tables} == set(client("dynamodb").list_tables()["TableNames"])


@pytest.mark.usefixtures("created")
def test_deployer_needs_neither_bot_nor_domain_but_aws(tmp_path: Path) -> None:
    stores_on_aws.create(ROOT, ENVIRONMENT | {"PRODUCTION": "1", "STATE_DIR": str(tmp_path / "none")})
    assert not (tmp_path / "none").exists()
    with pytest.raises(SettingsError, match="only a game with STORES=aws"):
        stores_on_aws.create(ROOT, ENVIRONMENT | {"STORES": "emulator"})
