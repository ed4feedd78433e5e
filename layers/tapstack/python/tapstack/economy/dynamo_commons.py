"""What all players share, in DynamoDB: what is sold of limited offers, the catalogues, and the key of all chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from tapstack.economy.catalogue.model import Pointer
from tapstack.economy.model import Shared, SharedChange
from tapstack.economy.schemas import COMMONS
from tapstack.platform.dynamo import available, get, get_all, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.versions import VERSION, Item

BY_LIST = "by_list"
CURRENT = "CAT"
KEY = "KEY#chance"


def stock_key(offer_id: str, shard: int) -> str:
    """The key of a shard of a limited offer."""
    return f"STOCK#{offer_id}#{shard}"


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

    # -- items of any kind --

    def shared(self, keys: Sequence[str]) -> dict[str, dict[str, Shared]]:
        """The fields of items, as they stand now; those that are not there are skipped. At most 100 keys."""
        if len(keys) == 1:
            one = self._get(keys[0])
            return {keys[0]: _fields(one)} if one else {}
        found = get_all(self.tables.client, self._name, [{"key": {"S": key}} for key in keys], consistent=True)
        return {item["key"]["S"]: _fields(item) for item in found}

    def change(self, changes: Sequence[SharedChange]) -> bool:
        """Makes changes, all or none; False where something is not as they require.

        After StoreUnavailable it is not known whether they were made.
        """
        try:
            with available():
                actions = [shared_action(self._name, one) for one in changes]
                self.tables.client.call("TransactWriteItems", {"TransactItems": actions})
        except ClientError as error:
            codes = reasons(error)
            if set(codes) & {"ConditionalCheckFailed", "TransactionConflict"}:
                return False
            if set(codes) & {"ThrottlingError", "ProvisionedThroughputExceeded"}:
                raise StoreUnavailable("the tables are too busy", retry_after_s=2) from error
            raise
        return True

    def listed(self, name: str, start: str, after: str, limit: int) -> list[tuple[str, str]]:
        """The items of a list whose `sort` begins like this, after one of them, as (sort, key)."""
        asked: dict[str, Any] = {
            "TableName": self._name,
            "IndexName": BY_LIST,
            "KeyConditionExpression": "#list = :list" + (" AND begins_with(#sort, :start)" if start else ""),
            "ExpressionAttributeNames": {"#list": "list", **({"#sort": "sort"} if start else {})},
            "ExpressionAttributeValues": {":list": {"S": name}, **({":start": {"S": start}} if start else {})},
            "Limit": limit,
        }
        if after:
            key = {"key": {"S": after.partition("\n")[2]}, "list": {"S": name}, "sort": {"S": after.partition("\n")[0]}}
            asked["ExclusiveStartKey"] = key
        with available():
            found = self.tables.client.call("Query", asked)["Items"]
        return [(item["sort"]["S"], item["key"]["S"]) for item in found]

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


def shared_action(table: str, change: SharedChange) -> dict[str, Any]:
    """A change as an action of a transaction."""
    names: dict[str, str] = {}
    values: Item = {}

    def name(path: str) -> str:
        parts = path.split(".")
        return ".".join(names.setdefault(part, f"#n{len(names)}") for part in parts)

    def value(content: Shared) -> str:
        values[f":v{len(values)}"] = _attribute(content)
        return f":v{len(values) - 1}"

    conditions = [
        f"attribute_not_exists({name(path)})" if content is None else f"{name(path)} = {value(content)}"
        for path, content in change.where.items()
    ]
    conditions += [f"attribute_exists({name(path)})" for path in change.there]
    where = {"ConditionExpression": " AND ".join(conditions)} if conditions else {}
    action: dict[str, Any] = {"TableName": table, "Key": {"key": {"S": change.key}}, **where}
    if not change.delete:
        puts = {**change.put, VERSION: COMMONS.version}
        sets = [f"{name(path)} = {value(content)}" for path, content in puts.items()]
        sets += [
            f"{name(path)} = if_not_exists({name(path)}, {value(0)}) + {value(by)}" for path, by in change.add.items()
        ]
        drops = f" REMOVE {', '.join(map(name, change.drop))}" if change.drop else ""
        action["UpdateExpression"] = f"SET {', '.join(sets)}{drops}"
    action |= {
        **({"ExpressionAttributeNames": {alias: part for part, alias in names.items()}} if names else {}),
        **({"ExpressionAttributeValues": values} if values else {}),
    }
    return {"Delete" if change.delete else "Update": action}


def reasons(error: ClientError) -> list[str]:
    """Why a transaction was cancelled, a code for each of its actions; raises any other error."""
    if error.response.get("Error", {}).get("Code") != "TransactionCanceledException":
        raise error
    return [str(reason.get("Code", "None")) for reason in error.response.get("CancellationReasons", ())]


def _attribute(content: Shared) -> dict[str, Any]:
    if isinstance(content, str):
        return {"S": content}
    if isinstance(content, Mapping):
        return {"M": {name: {"N": str(number)} for name, number in content.items()}}
    return {"N": str(content)}


def _fields(item: Item) -> dict[str, Shared]:
    return dict(_each_field(item))


def _each_field(item: Item) -> Iterator[tuple[str, Shared]]:
    for name, attribute in item.items():
        if "S" in attribute:
            yield name, attribute["S"]
        elif "N" in attribute:
            yield name, int(attribute["N"])
        elif "M" in attribute:
            yield name, {part: int(one["N"]) for part, one in attribute["M"].items()}


def _pointers(pointers: tuple[Pointer, ...]) -> dict[str, Any]:
    return {"L": [{"M": {"version": {"S": one.version}, "from_s": {"N": str(one.from_s)}}} for one in pointers]}
