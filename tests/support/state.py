"""Looking into the stores of a game, past its own code."""

from __future__ import annotations

import json
from typing import Any

import boto3
from tapstack.leaderboards import leases as board_leases
from tapstack.play import leases
from tapstack.play import redis_keys as keys
from tapstack.players.rules.identity import bucket_of

from support.game import Game, Player


def player_key(player: Player) -> str:
    """The Redis key of a player's live state."""
    return keys.player(bucket(player), player.id)


def bucket(player: Player) -> int:
    return bucket_of(player.id, player.game.stores.settings.play.buckets)


def items(game: Game, table: str) -> list[dict[str, Any]]:
    """All items of one of the game's tables, as DynamoDB has them."""
    pages = (
        boto3.client("dynamodb").get_paginator("scan").paginate(TableName=game.stores.settings.tables.name_of(table))
    )
    return [
        {name: next(iter(value.values())) for name, value in item.items()} for page in pages for item in page["Items"]
    ]


def saved_clicks(game: Game) -> dict[str, int]:
    """Every player's clicks as DynamoDB has them."""
    return {item["id"]: int(item["clicks"]) for item in items(game, "counters")}


def received(url: str) -> list[dict[str, Any]]:
    """Takes the messages out of a queue that can be seen now."""
    sqs, found = boto3.client("sqs"), []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            found.append(json.loads(message["Body"]))
    return found


def rebuilds_asked_for(game: Game) -> int:
    """How many rebuilds were asked for since this was last looked at.

    A sync that was asked for later may have come meanwhile, on a busy machine: it is taken from the queue too.
    """
    return [message["kind"] for message in received(game.stores.settings.play.sync_queue_url)].count("rebuild")


def let_claims_end(game: Game) -> None:
    """What the passing of seconds does to claims and leases that go by Redis's own clock."""
    r = game.stores.redis
    found = [
        board_leases.REFRESH,
        board_leases.REFRESH_LATER,
        leases.RECOVERY,
        leases.due("sync"),
        leases.due("rebuild"),
    ]
    r.delete(*found)


def warm(game: Game) -> None:
    """Lets the game find out that its Redis is new, so that later work is what a test causes."""
    game.run("sync")
    let_claims_end(game)
    received(game.stores.settings.play.sync_queue_url)
