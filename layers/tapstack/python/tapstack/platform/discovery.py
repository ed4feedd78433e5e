"""What there is at an AWS endpoint, by name."""

from __future__ import annotations

import boto3


def table_names() -> list[str]:
    """The names of all DynamoDB tables."""
    pages = boto3.client("dynamodb").get_paginator("list_tables").paginate()
    return [name for page in pages for name in page["TableNames"]]


def queue_urls() -> list[str]:
    """The URLs of all SQS queues."""
    pages = boto3.client("sqs").get_paginator("list_queues").paginate()
    return [url for page in pages for url in page.get("QueueUrls", [])]
