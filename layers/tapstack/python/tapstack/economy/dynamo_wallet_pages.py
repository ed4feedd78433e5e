"""All wallets in DynamoDB, in pages that can be continued later."""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.economy.dynamo_wallets import WALLET
from tapstack.economy.model import Wallet
from tapstack.economy.schemas import HOLDINGS
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables


class WalletPages:
    """Each call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def page(self, cursor: str | None) -> tuple[list[tuple[str, Wallet]], str | None]:
        """Some wallets with their players' ids, and the cursor of the next page; None after the last one."""
        asked: dict[str, Any] = {
            "TableName": self.tables.name_of(HOLDINGS.table),
            "FilterExpression": "part = :wallet",
            "ExpressionAttributeValues": {":wallet": {"S": WALLET}},
        }
        if cursor:
            player_id, part = msgspec.json.decode(cursor, type=tuple[str, str])
            asked["ExclusiveStartKey"] = {"player_id": {"S": player_id}, "part": {"S": part}}
        with available():
            page = self.tables.client.call("Scan", asked)
        items = [HOLDINGS.upcast(item) for item in page["Items"]]
        found = [(i["player_id"]["S"], msgspec.json.decode(i["body"]["S"], type=Wallet)) for i in items]
        last = page.get("LastEvaluatedKey")
        following = msgspec.json.encode((last["player_id"]["S"], last["part"]["S"])).decode() if last else None
        return found, following
