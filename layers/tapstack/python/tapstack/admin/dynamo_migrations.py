"""Items of any version in DynamoDB, as they are stored."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from tapstack.admin.model import ItemPage
from tapstack.platform.dynamo import available, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.versions import Item, Schema


class RawItems:
    """Scans, reads and changes items; every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    @property
    def _client(self) -> Any:
        return self.tables.connection.client

    def scan(self, schema: Schema, segment: int, segments: int, after: Item | None, limit: int) -> ItemPage:
        """A page of a segment; https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html"""
        start = {"ExclusiveStartKey": after} if after else {}
        with available():
            page = self._client.scan(
                TableName=self.tables.name_of(schema.table),
                Segment=segment,
                TotalSegments=segments,
                Limit=limit,
                ConsistentRead=True,
                **start,
            )
        return ItemPage(page["Items"], page.get("LastEvaluatedKey"))

    def get(self, schema: Schema, item: Item) -> Item | None:
        """An item as it is now."""
        key = {name: item[name] for name in schema.key}
        with available():
            found = self._client.get_item(TableName=self.tables.name_of(schema.table), Key=key, ConsistentRead=True)
        current: Item | None = found.get("Item")
        return current

    def replace(self, schema: Schema, read: Item, item: Item) -> bool:
        """Writes the attributes in which an item differs from what was read; False where any of them, or the version,
        is not as it was read any more."""
        touched = [name for name in {**read, **item} if read.get(name) != item.get(name)]
        names = {f"#{n}": name for n, name in enumerate(touched)}
        values: Item = {}
        sets, removes, same = [], [], [f"attribute_exists({schema.key[0]})"]
        for n, name in enumerate(touched):
            if name in item:
                values[f":new{n}"] = item[name]
                sets.append(f"#{n} = :new{n}")
            else:
                removes.append(f"#{n}")
            if name in read:
                values[f":old{n}"] = read[name]
                same.append(f"#{n} = :old{n}")
            else:
                same.append(f"attribute_not_exists(#{n})")
        change = f"SET {', '.join(sets)}" + (f" REMOVE {', '.join(removes)}" if removes else "")
        try:
            with available():
                self._client.update_item(
                    TableName=self.tables.name_of(schema.table),
                    Key={name: read[name] for name in schema.key},
                    UpdateExpression=change,
                    ConditionExpression=" AND ".join(same),
                    ExpressionAttributeNames=names,
                    ExpressionAttributeValues=values,
                )
        except ClientError as error:
            if is_conflict(error):
                return False
            raise
        return True
