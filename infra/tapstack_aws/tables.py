"""python -m tapstack_aws.tables SOURCE TARGET: makes a table's contents equal to another's.

For tables restored by point-in-time recovery. AWS's usual settings apply: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from tapstack_build.errors import DeployError


def refill(dynamodb: Any, source: str, target: str) -> tuple[int, int]:
    """Copies all items to the target and deletes the others there; returns the two numbers.

    It can be restarted after a failure. `dynamodb` is boto3's resource. Raises DeployError for tables with different
    keys, and for an empty source, which is more likely a wrong name than intended.
    """
    given, taken = dynamodb.Table(source), dynamodb.Table(target)
    if given.key_schema != taken.key_schema:
        raise DeployError(f"{source} and {target} have different keys: is this the right table?")
    names = [key["AttributeName"] for key in taken.key_schema]
    kept = set()
    with taken.batch_writer() as batch:
        for item in _items(given):
            batch.put_item(Item=item)
            kept.add(tuple(item[name] for name in names))
    if not kept:
        raise DeployError(f"{source} is empty; {target} is unchanged")
    gone = [key for key in _keys(taken, names) if tuple(key.values()) not in kept]
    with taken.batch_writer() as batch:
        for key in gone:
            batch.delete_item(Key=key)
    return len(kept), len(gone)


def _keys(table: Any, names: list[str]) -> Iterator[dict[str, Any]]:
    aliases = {f"#{number}": name for number, name in enumerate(names)}
    for item in _items(table, ProjectionExpression=", ".join(aliases), ExpressionAttributeNames=aliases):
        yield {name: item[name] for name in names}


def _items(table: Any, **options: Any) -> Iterator[dict[str, Any]]:
    pages = table.meta.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True, **options)
    for page in pages:
        yield from page["Items"]


def main(arguments: list[str]) -> int:
    """Returns 0 on success, 1 with a message on failure."""
    import boto3

    if len(arguments) != 2:
        print("usage: python -m tapstack_aws.tables SOURCE TARGET", file=sys.stderr)
        return 1
    try:
        put, deleted = refill(boto3.resource("dynamodb"), *arguments)
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (BotoCoreError, ClientError) as error:
        print(f"error: fix this and run the command again: {error}", file=sys.stderr)
        return 1
    print(f"{arguments[1]} holds the {put:,} items of {arguments[0]}; {deleted:,} others are deleted")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
