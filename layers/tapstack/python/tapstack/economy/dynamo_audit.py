"""All wallets and journals in DynamoDB, page by page, and the repair of one: for operators, never for functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tapstack.economy.dynamo_wallets import GOALS, PIECE, STACK, WALLET, instance_fields
from tapstack.economy.model import Wallet
from tapstack.economy.rules import marks
from tapstack.economy.rules.rebuilding import Rebuilt
from tapstack.economy.schemas import HOLDINGS, LEDGER
from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.dynamo import available, delete_all, put_all, query
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.versions import VERSION, Item

UNREADABLE = -1
"""A sum that no marks have: whoever reads a wallet with it waits."""


class EconomyAuditStore:
    """Each call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def owners(self) -> Iterator[str]:
        """Who has a wallet."""
        return (item["player_id"]["S"] for item in self._wallets("player_id"))

    def wallets(self) -> Iterator[Wallet]:
        """Every wallet."""
        return (msgspec.json.decode(item["body"]["S"], type=Wallet) for item in self._wallets("body"))

    def journalled(self) -> Iterator[str]:
        """Who has a journal: erased players, too."""
        only = {"FilterExpression": "seq = :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
        pages = self._scan(LEDGER.table, {**only, "ProjectionExpression": "player_id"})
        return (item["player_id"]["S"] for item in pages)

    def restore(self, found: Rebuilt) -> None:
        """Writes what a player has; cut short, it leaves a wallet that nobody can read or spend until it is repeated.

        Mail stays as it is.
        """
        self._write_wallet(found, UNREADABLE)
        parts = {STACK + item_id: {"count": {"N": str(count)}} for item_id, count in found.stacks.items()}
        parts |= {PIECE + one.id: instance_fields(one) for one in found.instances.values()}
        seqs = {part: found.marks[part.partition("#")[2]] for part in parts}
        if found.goals_mark:
            parts[GOALS] = {"body": {"S": msgspec.json.encode(found.goals).decode()}}
            seqs[GOALS] = found.goals_mark
        asked = {
            "KeyConditionExpression": "player_id = :id",
            "ExpressionAttributeValues": {":id": {"S": found.player_id}},
            "ProjectionExpression": "part",
            "ConsistentRead": True,
        }
        there = [item["part"]["S"] for item in query(self.tables.client, self._holdings, asked)]
        gone = [part for part in there if part.startswith((STACK, PIECE, GOALS)) and part not in parts]
        for some in batches(gone, ITEMS_A_CALL):
            delete_all(self.tables.client, self._holdings, [self._key(found.player_id, part) for part in some])
        for some in batches(list(parts), ITEMS_A_CALL):
            items = [
                {**self._key(found.player_id, part), **parts[part], "seq": {"N": str(seqs[part])}, **_version()}
                for part in some
            ]
            put_all(self.tables.client, self._holdings, items)
        self._write_wallet(found, marks.total(seqs))

    def _write_wallet(self, found: Rebuilt, total: int) -> None:
        item = {
            **self._key(found.player_id, WALLET),
            "body": {"S": msgspec.json.encode(found.wallet).decode()},
            "seq": {"N": str(found.wallet.seq)},
            "marks": {"N": str(total)},
            **_version(),
        }
        with available():
            self.tables.client.call("PutItem", {"TableName": self._holdings, "Item": item})

    def _key(self, player_id: str, part: str) -> Item:
        return {"player_id": {"S": player_id}, "part": {"S": part}}

    @property
    def _holdings(self) -> str:
        return self.tables.name_of(HOLDINGS.table)

    def _wallets(self, field: str) -> Iterator[Item]:
        only = {"FilterExpression": "part = :wallet", "ExpressionAttributeValues": {":wallet": {"S": WALLET}}}
        return self._scan(HOLDINGS.table, {**only, "ProjectionExpression": field})

    def _scan(self, table: str, asked: Mapping[str, Any]) -> Iterator[Item]:
        start: dict[str, Any] = {}
        while True:
            with available():
                page = self.tables.client.call("Scan", {"TableName": self.tables.name_of(table), **asked, **start})
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _version() -> Item:
    return {VERSION: {"N": str(HOLDINGS.version)}}
