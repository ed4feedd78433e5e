"""Whatever a game keeps, as text: to search it for what must not be there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import boto3

from support.game import TestContainer
from support.schema import tables

QUEUES = ("sync_queue_url", "sync_dead_letter_queue_url", "outbox_queue_url", "outbox_dead_letter_queue_url")


def everything(stores: TestContainer) -> Iterator[tuple[str, str]]:
    """Every key and value of Redis, every item of every table, every message of every queue: where it is, and it."""
    yield from _redis(stores.redis)
    dynamodb, sqs = boto3.client("dynamodb"), boto3.client("sqs")
    for name in tables():
        pages = dynamodb.get_paginator("scan").paginate(
            TableName=stores.settings.tables.name_of(name), ConsistentRead=True
        )
        for page in pages:
            for item in page["Items"]:
                yield name, json.dumps(item, ensure_ascii=False, default=bytes.hex)
    for name in QUEUES:
        for body in messages(sqs, stores.settings.values[name.upper()]):
            yield name, body


def _redis(client: Any) -> Iterator[tuple[str, str]]:
    for key in client.keys("*"):
        kind = client.type(key)
        if kind == "none":
            continue  # it has just expired
        reading: dict[str, Callable[[str], Any]] = {
            "string": lambda key: client.get(key),
            "hash": lambda key: client.hgetall(key),
            "set": lambda key: sorted(client.smembers(key)),
            "zset": lambda key: client.zrange(key, 0, -1),
            "list": lambda key: client.lrange(key, 0, -1),
            "stream": lambda key: client.xrange(key),
        }
        value = reading[kind](key)
        yield f"redis {key}", f"{key} {json.dumps(value, ensure_ascii=False)}"


def messages(sqs: Any, url: str) -> list[str]:
    """The bodies of a queue's messages, which stay there for anybody to receive."""
    found: dict[str, str] = {}
    for _ in range(200):
        batch = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages", [])
        new = {message["MessageId"]: message["Body"] for message in batch}
        if not new or new.keys() <= found.keys():
            break
        found |= new
    return list(found.values())


def traces(stores: TestContainer, strings: Iterable[str]) -> dict[str, list[str]]:
    """Where each string is found, by string; those that are nowhere are left out."""
    wanted = {text for text in strings if text}
    found: dict[str, list[str]] = {}
    for where, text in everything(stores):
        for string in wanted:
            if string in text:
                found.setdefault(string, []).append(where)
    return found
