"""python -m tapstack_aws.tables SOURCE TARGET: makes a table hold what another one holds.

For a table that was restored to a point in the past.

Where the tables are is AWS's usual settings: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from tapstack_build.errors import DeployError


def refill(dynamodb: Any, source: str, target: str) -> tuple[int, int]:
    """How many items it wrote to the target, and how many it deleted there because the source lacks them.

    Begun again after a failure, it ends the same. `dynamodb` is boto3's resource. Raises DeployError for tables of
    different keys, and for a source without items, which is likelier a wrong name than a wish.
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
        raise DeployError(f"{source} holds nothing; {target} stays as it is")
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
    """0 when all went well, 1 with a message where it did not."""
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
        print(f"error: fix this and begin again: {error}", file=sys.stderr)
        return 1
    print(f"{arguments[1]} holds the {put:,} items of {arguments[0]}; {deleted:,} others are deleted")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
