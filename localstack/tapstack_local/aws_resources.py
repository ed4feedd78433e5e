"""The template's tables and queues at the AWS endpoint: creates the missing ones, or only finds them.

It only adds: what a newer template adds is created if AWS allows it; nothing is ever deleted. A game with STORES=aws
may not create anything, so that its key can do no more than play; `create-stores` does, with a deployer's.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.waiter import WaiterModel, create_waiter_with_client

from tapstack_local.errors import StartError
from tapstack_local.template.model import App, Queue, Table

logger = logging.getLogger(__name__)
_CONFIG = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"})
_TABLE_WAIT = {"Delay": 0.2, "MaxAttempts": 300}
"""A minute."""

_INDEXES_ACTIVE = WaiterModel(
    {
        "version": 2,
        "waiters": {
            "IndexesActive": {
                "operation": "DescribeTable",
                "delay": 1,
                "maxAttempts": 60,
                "acceptors": [
                    {
                        "state": "success",
                        "matcher": "pathAll",
                        "argument": "Table.GlobalSecondaryIndexes[].IndexStatus",
                        "expected": "ACTIVE",
                    }
                ],
            }
        },
    }
)
"""Waits, as no boto3 waiter does, until an index added to a table is filled."""


def client_arguments(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of boto3.client for the endpoint in `environment`, AWS's own if it names none."""
    arguments: dict[str, Any] = {
        "region_name": environment.get("AWS_DEFAULT_REGION", "us-east-1"),
        "config": _CONFIG,
    }
    if environment.get("AWS_ENDPOINT_URL"):
        arguments["endpoint_url"] = environment["AWS_ENDPOINT_URL"]
    if environment.get("AWS_ACCESS_KEY_ID"):
        arguments["aws_access_key_id"] = environment["AWS_ACCESS_KEY_ID"]
        arguments["aws_secret_access_key"] = environment.get("AWS_SECRET_ACCESS_KEY")
        arguments["aws_session_token"] = environment.get("AWS_SESSION_TOKEN")
    return arguments


Attributes = dict[str, dict[str, str]]
"""The real Ref, Arn and other attributes, by logical id."""


def deploy(app: App, environment: Mapping[str, str], *, protect: bool = False) -> Attributes:
    """Create what is missing; `protect` guards the tables from deletion and keeps 35 days to go back to.

    Raises StartError, naming the table or queue, if the endpoint refuses.
    """
    arns: dict[str, str] = {}

    def table_arn(dynamodb: Any, table: Table) -> str:
        arn = _deploy_table(dynamodb, table)
        if protect:
            _protect(dynamodb, table)
        return arn

    def queue_attributes(sqs: Any, queue: Queue) -> dict[str, str]:
        found = _deploy_queue(sqs, queue, arns)
        arns[queue.arn] = found["Arn"]
        return found

    return _each(app, environment, table_arn, queue_attributes)


def find(app: App, environment: Mapping[str, str]) -> Attributes:
    """Find what `deploy` has created; raises StartError, naming the table or queue, where one is missing."""

    def table_arn(dynamodb: Any, table: Table) -> str:
        try:
            found = dynamodb.describe_table(TableName=table.name)["Table"]
        except dynamodb.exceptions.ResourceNotFoundException:
            raise _missing(f"table {table.name}", environment) from None
        have = {index["IndexName"] for index in found.get("GlobalSecondaryIndexes", [])}
        if lacking := sorted({index.name for index in table.indexes} - have):
            raise _missing(f"index {lacking[0]} of table {table.name}", environment)
        return str(found["TableArn"])

    def queue_attributes(sqs: Any, queue: Queue) -> dict[str, str]:
        try:
            url = str(sqs.get_queue_url(QueueName=queue.name)["QueueUrl"])
        except sqs.exceptions.QueueDoesNotExist:
            raise _missing(f"queue {queue.name}", environment) from None
        return _queue_attributes(sqs, queue, url)

    return _each(app, environment, table_arn, queue_attributes)


def _each(
    app: App,
    environment: Mapping[str, str],
    table_arn: Callable[[Any, Table], str],
    queue_attributes: Callable[[Any, Queue], dict[str, str]],
) -> Attributes:
    arguments = client_arguments(environment)
    attributes: Attributes = {}
    doing = "the AWS endpoint"
    try:
        dynamodb, sqs = boto3.client("dynamodb", **arguments), boto3.client("sqs", **arguments)
        for table in app.tables.values():
            doing = f"table {table.name}"
            attributes[table.id] = {"Ref": table.name, "Arn": table_arn(dynamodb, table)}
        # Dead-letter queues first: others refer to them.
        for queue in sorted(app.queues.values(), key=lambda queue: queue.redrive is not None):
            doing = f"queue {queue.name}"
            attributes[queue.id] = queue_attributes(sqs, queue)
    except (ClientError, BotoCoreError) as error:
        raise StartError(f"{doing} at {_where(environment)}: {error}") from error
    return attributes


def _where(environment: Mapping[str, str]) -> str:
    return environment.get("AWS_ENDPOINT_URL") or f"AWS in {environment.get('AWS_DEFAULT_REGION')}"


def _missing(what: str, environment: Mapping[str, str]) -> StartError:
    where = _where(environment)
    return StartError(f"{what} does not exist at {where}: create it with `python -m tapstack_local create-stores`")


def _protect(dynamodb: Any, table: Table) -> None:
    dynamodb.update_table(TableName=table.name, DeletionProtectionEnabled=True)
    dynamodb.get_waiter("table_exists").wait(TableName=table.name, WaiterConfig=_TABLE_WAIT)
    dynamodb.update_continuous_backups(
        TableName=table.name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )


def _deploy_table(dynamodb: Any, table: Table) -> str:
    try:
        found = dynamodb.describe_table(TableName=table.name)["Table"]
    except dynamodb.exceptions.ResourceNotFoundException:
        found = _create_table(dynamodb, table)
    keys = [(key["AttributeName"], key["KeyType"]) for key in found["KeySchema"]]
    if sorted(keys) != sorted(table.keys):
        raise StartError(
            f"table {table.name} exists with the key {keys}, the template has {table.keys}; "
            "DynamoDB can't change it: rename the table, or delete the state folder"
        )
    existing = {index["IndexName"] for index in found.get("GlobalSecondaryIndexes", [])}
    for index in table.indexes:
        if index.name not in existing:
            _add_index(dynamodb, table, _index(table, index.name))
    _set_ttl(dynamodb, table)
    return str(found["TableArn"])


def _create_table(dynamodb: Any, table: Table) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "TableName": table.name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": _definitions(table),
        "KeySchema": _schema(table.keys),
    }
    if table.indexes:
        arguments["GlobalSecondaryIndexes"] = [_index(table, index.name) for index in table.indexes]
    dynamodb.create_table(**arguments)
    dynamodb.get_waiter("table_exists").wait(TableName=table.name, WaiterConfig=_TABLE_WAIT)
    return dict(dynamodb.describe_table(TableName=table.name)["Table"])


def _add_index(dynamodb: Any, table: Table, index: dict[str, Any]) -> None:
    dynamodb.update_table(
        TableName=table.name,
        AttributeDefinitions=_definitions(table),
        GlobalSecondaryIndexUpdates=[{"Create": index}],
    )
    waiter = create_waiter_with_client("IndexesActive", _INDEXES_ACTIVE, dynamodb)
    waiter.wait(TableName=table.name, WaiterConfig=_TABLE_WAIT)


def _definitions(table: Table) -> list[dict[str, str]]:
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in table.types.items()]


def _schema(keys: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in keys]


def _index(table: Table, name: str) -> dict[str, Any]:
    index = next(index for index in table.indexes if index.name == name)
    projection: dict[str, Any] = {"ProjectionType": index.projection}
    if index.attributes:
        projection["NonKeyAttributes"] = index.attributes
    return {"IndexName": index.name, "KeySchema": _schema(index.keys), "Projection": projection}


def _set_ttl(dynamodb: Any, table: Table) -> None:
    if table.ttl is None:
        return
    now = dynamodb.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"]
    if now.get("TimeToLiveStatus") in ("ENABLED", "ENABLING") and now.get("AttributeName") == table.ttl:
        return
    wanted = {"AttributeName": table.ttl, "Enabled": True}
    dynamodb.update_time_to_live(TableName=table.name, TimeToLiveSpecification=wanted)


def _deploy_queue(sqs: Any, queue: Queue, arns: Mapping[str, str]) -> dict[str, str]:
    """`arns` are the real ones of the queues so far; the template's has an account and a region of its own."""
    wanted = dict(queue.attributes)
    if queue.redrive:
        template_arn, receives = queue.redrive
        target = arns.get(template_arn, template_arn)
        wanted["RedrivePolicy"] = json.dumps({"deadLetterTargetArn": target, "maxReceiveCount": str(receives)})
    try:
        url = str(sqs.get_queue_url(QueueName=queue.name)["QueueUrl"])
    except sqs.exceptions.QueueDoesNotExist:
        url = str(sqs.create_queue(QueueName=queue.name, Attributes=wanted)["QueueUrl"])
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    changed = {name: value for name, value in wanted.items() if not _same(found.get(name), value)}
    changed.pop("FifoQueue", None)
    if changed:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=changed)
    return _attributes(queue, url, str(found["QueueArn"]))


def _queue_attributes(sqs: Any, queue: Queue, url: str) -> dict[str, str]:
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    return _attributes(queue, url, str(found["QueueArn"]))


def _attributes(queue: Queue, url: str, arn: str) -> dict[str, str]:
    return {"Ref": url, "QueueUrl": url, "Arn": arn, "QueueName": queue.name}


def _same(found: str | None, wanted: str) -> bool:
    if found is None or not wanted.startswith("{"):
        return found == wanted
    return {k: str(v) for k, v in json.loads(found).items()} == {k: str(v) for k, v in json.loads(wanted).items()}
