"""What all players share, in DynamoDB: what is sold of limited offers, the catalogues, and the key of all chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from tapstack.economy.catalogue.model import Pointer
from tapstack.economy.model import RaidBook, RaidLine
from tapstack.economy.schemas import COMMONS
from tapstack.platform.dynamo import available, get, get_all, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.versions import VERSION, Item

CURRENT = "CAT"
KEY = "KEY#chance"


def stock_key(offer_id: str, shard: int) -> str:
    """The key of a shard of a limited offer."""
    return f"STOCK#{offer_id}#{shard}"


def raid_key(player_id: str) -> str:
    """The key of the raids on a player."""
    return f"RAID#{player_id}"


class CommonsStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    @property
    def _name(self) -> str:
        return self.tables.name_of(COMMONS.table)

    def sold(self, offers: dict[str, int]) -> dict[str, dict[int, int]]:
        """How many pieces of limited offers are sold, by shard; `offers` says how many shards each has."""
        where = {stock_key(offer, shard): (offer, shard) for offer, count in offers.items() for shard in range(count)}
        found: dict[str, dict[int, int]] = {offer: {} for offer in offers}
        for item in get_all(self.tables.client, self._name, [{"key": {"S": key}} for key in where]):
            offer, shard = where[item["key"]["S"]]
            found[offer][shard] = int(item["sold"]["N"])
        return found

    # -- raids --

    def raid_books(self, player_ids: Sequence[str]) -> dict[str, RaidBook]:
        """The latest raids on players; empty books for those whom nobody has raided."""
        books = {player_id: RaidBook(player_id) for player_id in player_ids}
        for item in get_all(self.tables.client, self._name, [{"key": {"S": raid_key(one)}} for one in books]):
            player_id = item["key"]["S"].removeprefix(raid_key(""))
            lines = msgspec.json.decode(item["body"]["S"], type=tuple[RaidLine, ...])
            books[player_id] = RaidBook(player_id, int(item["seq"]["N"]), lines)
        return books

    # -- the catalogue --

    def pointers(self) -> tuple[Pointer, ...]:
        """Which versions of the catalogue count, and from when; the newest first."""
        item = self._get(CURRENT)
        if item is None:
            return ()
        return tuple(Pointer(one["M"]["version"]["S"], int(one["M"]["from_s"]["N"])) for one in item["pointers"]["L"])

    def point(self, pointers: tuple[Pointer, ...], before: tuple[Pointer, ...]) -> bool:
        """Replaces the pointers; False if they are not those any more that were read before."""
        item: Item = {"key": {"S": CURRENT}, "pointers": _pointers(pointers), VERSION: {"N": str(COMMONS.version)}}
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pointers)"}
        if before:
            condition = {
                "ConditionExpression": "pointers = :before",
                "ExpressionAttributeValues": {":before": _pointers(before)},
            }
        return self._put(item, condition)

    def catalogue(self, version: str) -> bytes | None:
        """A compiled catalogue, None where it was never pushed."""
        item = self._get(f"{CURRENT}#{version}")
        return item["body"]["S"].encode() if item else None

    def put_catalogue(self, version: str, body: bytes) -> None:
        """Stores a compiled catalogue; the same version has the same bytes."""
        item: Item = {"key": {"S": f"{CURRENT}#{version}"}, "body": {"S": body.decode()}}
        self._put({**item, VERSION: {"N": str(COMMONS.version)}}, {})

    # -- chance --

    def chance_key(self, fresh: bytes) -> bytes:
        """The key that all chance of this game comes from: `fresh` where it has none yet."""
        item: Item = {"key": {"S": KEY}, "secret": {"B": fresh}}
        found = self._get(KEY)
        if found is None:
            absent = {"ConditionExpression": "attribute_not_exists(secret)"}
            self._put({**item, VERSION: {"N": str(COMMONS.version)}}, absent)
            found = self._get(KEY)
        assert found is not None  # noqa: S101 - nobody deletes it
        return bytes(found["secret"]["B"])

    def _get(self, key: str) -> Item | None:
        item = get(self.tables.client, self._name, {"key": {"S": key}})
        return COMMONS.upcast(item) if item else None

    def _put(self, item: Item, condition: dict[str, Any]) -> bool:
        try:
            with available():
                self.tables.client.call("PutItem", {"TableName": self._name, "Item": item, **condition})
        except ClientError as error:
            if is_conflict(error):
                return False
            raise
        return True


def _pointers(pointers: tuple[Pointer, ...]) -> dict[str, Any]:
    return {"L": [{"M": {"version": {"S": one.version}, "from_s": {"N": str(one.from_s)}}} for one in pointers]}
