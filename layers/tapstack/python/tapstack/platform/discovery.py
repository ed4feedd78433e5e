"""What there is at an AWS endpoint, by name, and what to sign with."""

from __future__ import annotations

from collections.abc import Callable

import boto3
from botocore.exceptions import NoCredentialsError

from tapstack.platform.aws_signature import Credentials


def credentials() -> Callable[[], Credentials]:
    """The key or role that boto3 finds, as it is at each call; that raises NoCredentialsError where there is none."""
    session = boto3.Session()

    def now() -> Credentials:
        found = session.get_credentials()
        if found is None:
            raise NoCredentialsError
        frozen = found.get_frozen_credentials()
        return Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")

    return now


def table_names() -> list[str]:
    """The names of all DynamoDB tables."""
    pages = boto3.client("dynamodb").get_paginator("list_tables").paginate()
    return [name for page in pages for name in page["TableNames"]]


def queue_urls() -> list[str]:
    """The URLs of all SQS queues."""
    pages = boto3.client("sqs").get_paginator("list_queues").paginate()
    return [url for page in pages for url in page.get("QueueUrls", [])]
