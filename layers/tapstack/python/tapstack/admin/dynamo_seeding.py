"""Accounts of test players in DynamoDB, written in bulk."""

from __future__ import annotations

from collections.abc import Sequence

from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.dynamo import put_all
from tapstack.platform.dynamo_tables import Tables
from tapstack.players.dynamo_player_items import to_item
from tapstack.players.dynamo_tables import PlayerItem, UniqueItem
from tapstack.players.model import Player
from tapstack.players.schemas import PLAYERS


class SeededAccounts:
    """Writes raise StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def put(self, players: Sequence[Player]) -> None:
        """Stores up to 25 players; the values that only one player may hold first, as for any other player."""
        uniques = [
            self.tables.bind(UniqueItem)(key, player_id=player.id).serialize()
            for player in players
            for key in (
                f"tg#{player.telegram_id}",
                f"ref#{player.ref_code}",
                *((f"name#{player.username.lower()}",) if player.username else ()),
            )
        ]
        for batch in batches(uniques, ITEMS_A_CALL):
            put_all(self.tables.client, self.tables.name_of("uniques"), batch)
        accounts = [to_item(self.tables.bind(PlayerItem), player).serialize() for player in players]
        put_all(self.tables.client, self.tables.name_of(PLAYERS.table), accounts)
