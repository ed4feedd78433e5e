"""Fixtures of all suites: one real Redis and one MiniStack per run, a fresh game per test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
import redis
from support.servers import ministack, redis_server

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "WARNING")


@pytest.fixture(scope="session")
def redis_base_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_base_url: str) -> str:
    """A Redis with nothing in it."""
    with redis.Redis.from_url(redis_base_url) as client:
        client.flushall()
    return redis_base_url


@pytest.fixture(scope="session")
def aws_endpoint() -> Iterator[str]:
    """MiniStack, and an environment in which boto3 and PynamoDB find it."""
    with ministack() as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", endpoint)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        yield endpoint


@pytest.fixture(autouse=True)
def closed_breaker() -> None:
    """What one test's absent DynamoDB has taught this process is not the next one's to know."""
    if dynamo := sys.modules.get("tapstack.stores.dynamo"):
        dynamo.breaker.worked()
