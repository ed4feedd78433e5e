"""Holdings and the ledger in DynamoDB: one query reads a player's, one transaction writes an outcome.

In `holdings`, a player's parts are `W` (the wallet), `G` (the goals), `S#item` (a stack), `I#id` (a piece) and
`M#cause` (mail). Each but the mail carries `seq`, the number of the entry that has written it; a write requires it to
be as it was read.
The ledger is only ever added to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from tapstack.economy.dynamo_commons import reasons, shared_action, stock_key
from tapstack.economy.model import (
    Entry,
    Goals,
    Holdings,
    Instance,
    Mail,
    Outcome,
    SharedChange,
    Snapshot,
    Wallet,
    Written,
)
from tapstack.economy.rules import marks
from tapstack.economy.rules.stock import room
from tapstack.economy.schemas import COMMONS, HOLDINGS, LEDGER
from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.dynamo import available, delete_all, get, query
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.versions import VERSION, Item, Schema

WALLET, GOALS = "W", "G"
STACK, PIECE, MAIL = "S#", "I#", "M#"
BY_SEQ = "by_seq"

_KNOWN = frozenset(Wallet.__struct_encode_fields__)
_KNOWN_GOALS = frozenset(Goals.__struct_encode_fields__)
_KEPT_MS = 86_400_000
"""How long a limited offer's numbers are kept after its end."""

Action = dict[str, Any]


class WalletStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def read(self, player_id: str) -> Snapshot | None:
        """All that a player has, without the paid taps, in one query; None where it saw parts of two times."""
        wallet, kept, sum_of_marks, goals = Wallet(), 0, 0, Goals()
        newer: dict[str, Any] = {}
        newer_goals: dict[str, Any] = {}
        found_marks: dict[str, int] = {}
        stacks: dict[str, int] = {}
        instances: dict[str, Instance] = {}
        mails: list[Mail] = []
        for item in self._parts(player_id):
            part = item["part"]["S"]
            if part.startswith(MAIL):
                mails.append(_mail(item))
                continue
            if part == WALLET:
                wallet, newer = _wallet(item)
                kept, sum_of_marks = int(item["seq"]["N"]), int(item["marks"]["N"])
                continue
            found_marks[part] = int(item["seq"]["N"])
            if part.startswith(STACK):
                stacks[part.removeprefix(STACK)] = int(item["count"]["N"])
            elif part.startswith(PIECE):
                instances[part.removeprefix(PIECE)] = _instance(item)
            elif part == GOALS:
                goals, newer_goals = _goals_of(item)
        if kept != wallet.seq or marks.total(found_marks) != sum_of_marks:
            return None
        holdings = Holdings(player_id, wallet, 0, stacks, instances, tuple(mails), goals)
        return Snapshot(holdings, found_marks, newer, newer_goals)

    def entry(self, player_id: str, cause: str) -> Entry | None:
        """The entry for a cause, as it stands in the ledger."""
        key = {"player_id": {"S": player_id}, "cause": {"S": cause}}
        item = get(self.tables.client, self._ledger, key)
        return _entry(item) if item else None

    def causes(self, player_id: str, prefix: str) -> list[str]:
        """The causes of a player's entries that begin like this."""
        asked = {
            "KeyConditionExpression": "player_id = :id AND begins_with(cause, :prefix)",
            "ExpressionAttributeValues": {":id": {"S": player_id}, ":prefix": {"S": prefix}},
            "ProjectionExpression": "cause",
            "ConsistentRead": True,
        }
        return [item["cause"]["S"] for item in query(self.tables.client, self._ledger, asked)]

    def page(self, player_id: str, before_seq: int, limit: int) -> list[Entry]:
        """Entries with lower numbers than that, newest first; what was written last may be missing for a moment."""
        asked = {
            "TableName": self._ledger,
            "IndexName": BY_SEQ,
            "KeyConditionExpression": "player_id = :id AND seq < :before",
            "ExpressionAttributeValues": {":id": {"S": player_id}, ":before": {"N": str(before_seq)}},
            "ScanIndexForward": False,
            "Limit": limit,
        }
        with available():
            return [_entry(item) for item in self.tables.client.call("Query", asked)["Items"]]

    def entries(self, player_id: str) -> Iterator[Entry]:
        """All entries of a player, in no order."""
        asked = {
            "KeyConditionExpression": "player_id = :id",
            "ExpressionAttributeValues": {":id": {"S": player_id}},
            "ConsistentRead": True,
        }
        return (_entry(item) for item in query(self.tables.client, self._ledger, asked))

    def write(
        self, read: Snapshot, outcome: Outcome, stock: Mapping[int, int], also: Sequence[SharedChange] = ()
    ) -> Written:
        """Writes an outcome as a whole or not at all; `stock` says how many pieces come from which shard.

        What players share changes with it (`also`); where that is not as it must be, the outcome is stale.
        After StoreUnavailable it is not known whether it was written: its entry says so.
        """
        actions = [self._wallet_update(read, outcome), self._entry_put(outcome.entry)]
        shared = [self._stock_update(outcome, shard, count) for shard, count in stock.items()]
        actions += [*shared, *self._goods(read, outcome), *self._mails(read, outcome)]
        commons = self.tables.name_of(COMMONS.table)
        actions += [shared_action(commons, change) for change in (*outcome.changes, *also)]
        try:
            with available():
                self._transact(actions)
        except ClientError as error:
            return _why_not(error, len(shared))
        return Written.DONE

    def delete(self, player_id: str) -> None:
        """Deletes all that a player has; the ledger stays."""
        keys = [{"player_id": item["player_id"], "part": item["part"]} for item in self._parts(player_id)]
        for batch in batches(keys, ITEMS_A_CALL):
            delete_all(self.tables.client, self._holdings, batch)

    def _transact(self, actions: list[Action]) -> None:
        try:
            self.tables.client.call("TransactWriteItems", {"TransactItems": actions})
        except BotoCoreError as error:
            # It may have been carried out; and one broken connection says nothing about the next one.
            raise StoreUnavailable("the wallet did not answer", retry_after_s=1) from error

    @property
    def _ledger(self) -> str:
        return self.tables.name_of(LEDGER.table)

    @property
    def _holdings(self) -> str:
        return self.tables.name_of(HOLDINGS.table)

    def _parts(self, player_id: str) -> Iterator[Item]:
        asked = {
            "KeyConditionExpression": "player_id = :id",
            "ExpressionAttributeValues": {":id": {"S": player_id}},
            "ConsistentRead": True,
        }
        return map(HOLDINGS.upcast, query(self.tables.client, self._holdings, asked))

    # -- the actions of a transaction --

    def _wallet_update(self, read: Snapshot, outcome: Outcome) -> Action:
        old, new = read.holdings.wallet.seq, outcome.wallet
        body = {**msgspec.to_builtins(new), **read.newer}
        values = {
            ":body": {"S": msgspec.json.encode(body).decode()},
            ":new": {"N": str(new.seq)},
            ":marks": {"N": str(marks.total(_marks_after(read, outcome)))},
            **({":old": {"N": str(old)}} if old else {}),
        }
        return self._update(
            HOLDINGS,
            {"player_id": {"S": read.holdings.player_id}, "part": {"S": WALLET}},
            "body = :body, seq = :new, marks = :marks",
            values,
            "seq = :old" if old else "attribute_not_exists(seq)",
        )

    def _entry_put(self, entry: Entry) -> Action:
        item = {
            "player_id": {"S": entry.player_id},
            "cause": {"S": entry.cause},
            "seq": {"N": str(entry.seq)},
            "at_ms": {"N": str(entry.at_ms)},
            "body": {"S": msgspec.json.encode(entry).decode()},
            VERSION: {"N": str(LEDGER.version)},
        }
        return {"Put": {"TableName": self._ledger, "Item": item, "ConditionExpression": "attribute_not_exists(cause)"}}

    def _stock_update(self, outcome: Outcome, shard: int, count: int) -> Action:
        assert outcome.stock is not None  # noqa: S101 - the caller has chosen shards for it
        stock = outcome.stock
        most = {"N": str(room(stock.of, shard) - count)}
        expires = {"N": str((stock.until_ms + _KEPT_MS) // 1_000)}
        return self._update(
            COMMONS,
            {"key": {"S": stock_key(stock.offer, shard)}},
            "sold = if_not_exists(sold, :none) + :count, expires_at_s = :expires",
            {":none": {"N": "0"}, ":count": {"N": str(count)}, ":expires": expires, ":most": most},
            "attribute_not_exists(sold) OR sold <= :most",
        )

    def _goods(self, read: Snapshot, outcome: Outcome) -> Iterator[Action]:
        player, seq = read.holdings.player_id, {"N": str(outcome.wallet.seq)}
        if outcome.goals is not None:
            body = {**msgspec.to_builtins(outcome.goals), **read.newer_goals}
            fields = {"body": {"S": msgspec.json.encode(body).decode()}, "seq": seq}
            yield self._part_update(player, GOALS, read.marks.get(GOALS), fields)
        for item_id, count in outcome.stacks.items():
            part = STACK + item_id
            if count:
                fields = {"count": {"N": str(count)}}
                yield self._part_update(player, part, read.marks.get(part), {**fields, "seq": seq})
            elif part in read.marks:
                yield self._part_delete(player, part, read.marks[part])
        for instance_id, instance in outcome.instances.items():
            part = PIECE + instance_id
            if instance is not None:
                yield self._part_update(player, part, read.marks.get(part), {**instance_fields(instance), "seq": seq})
            elif part in read.marks:
                yield self._part_delete(player, part, read.marks[part])

    def _mails(self, read: Snapshot, outcome: Outcome) -> Iterator[Action]:
        for mail in outcome.collected:
            key = {"player_id": {"S": read.holdings.player_id}, "part": {"S": MAIL + mail.cause}}
            condition = "attribute_exists(part)"
            yield {"Delete": {"TableName": self._holdings, "Key": key, "ConditionExpression": condition}}
        for player_id, mail in outcome.sent:
            item = {
                "player_id": {"S": player_id},
                "part": {"S": MAIL + mail.cause},
                "body": {"S": msgspec.json.encode(mail).decode()},
                VERSION: {"N": str(HOLDINGS.version)},
            }
            condition = "attribute_not_exists(part)"
            yield {"Put": {"TableName": self._holdings, "Item": item, "ConditionExpression": condition}}

    def _part_update(self, player_id: str, part: str, mark: int | None, fields: Item) -> Action:
        """Only what this release knows: attributes of a newer one stay."""
        values = {f":{name}": value for name, value in fields.items()}
        condition = "attribute_not_exists(part)"
        if mark is not None:
            condition, values[":mark"] = "seq = :mark", {"N": str(mark)}
        key = {"player_id": {"S": player_id}, "part": {"S": part}}
        changes = ", ".join(f"#{name} = :{name}" for name in fields)
        return self._update(HOLDINGS, key, changes, values, condition, fields)

    def _part_delete(self, player_id: str, part: str, mark: int) -> Action:
        return {
            "Delete": {
                "TableName": self._holdings,
                "Key": {"player_id": {"S": player_id}, "part": {"S": part}},
                "ConditionExpression": "seq = :mark",
                "ExpressionAttributeValues": {":mark": {"N": str(mark)}},
            }
        }

    def _update(
        self, schema: Schema, key: Item, changes: str, values: Item, condition: str, names: Mapping[str, Any] = {}
    ) -> Action:
        aliases = {f"#{name}": name for name in names}
        return {
            "Update": {
                "TableName": self.tables.name_of(schema.table),
                "Key": key,
                "UpdateExpression": f"SET {changes}, {VERSION} = :v",
                "ConditionExpression": condition,
                "ExpressionAttributeValues": {**values, ":v": {"N": str(schema.version)}},
                **({"ExpressionAttributeNames": aliases} if aliases else {}),
            }
        }


def _marks_after(read: Snapshot, outcome: Outcome) -> dict[str, int]:
    """In which entry each part was last written, once an outcome is."""
    after, seq = dict(read.marks), outcome.wallet.seq
    written = {STACK + item_id: count > 0 for item_id, count in outcome.stacks.items()}
    written |= {PIECE + instance_id: instance is not None for instance_id, instance in outcome.instances.items()}
    written |= {GOALS: True} if outcome.goals is not None else {}
    for part, stays in written.items():
        if stays:
            after[part] = seq
        else:
            after.pop(part, None)
    return after


def _why_not(error: ClientError, shared: int) -> Written:
    """What a cancelled transaction met: the reasons are in the order of its actions, the stock's after the entry's."""
    codes = reasons(error)
    failed = [number for number, code in enumerate(codes) if code == "ConditionalCheckFailed"]
    if 1 in failed:
        return Written.USED
    if any(number < 2 or number >= 2 + shared for number in failed):
        return Written.STALE
    if failed:
        return Written.SHORT
    if "TransactionConflict" in codes:
        return Written.STALE
    if set(codes) & {"ThrottlingError", "ProvisionedThroughputExceeded"}:
        raise StoreUnavailable("the tables are too busy", retry_after_s=2) from error
    raise error


def _wallet(item: Item) -> tuple[Wallet, dict[str, Any]]:
    """A wallet, and what a newer release has stored of it."""
    body = msgspec.json.decode(item["body"]["S"])
    newer = {name: value for name, value in body.items() if name not in _KNOWN}
    return msgspec.convert(body, Wallet), newer


def _goals_of(item: Item) -> tuple[Goals, dict[str, Any]]:
    """The goals, and what a newer release has stored of them."""
    body = msgspec.json.decode(item["body"]["S"])
    newer = {name: value for name, value in body.items() if name not in _KNOWN_GOALS}
    return msgspec.convert(body, Goals), newer


def _instance(item: Item) -> Instance:
    return Instance(
        id=item["part"]["S"].removeprefix(PIECE),
        item=item["item"]["S"],
        got_at_ms=int(item["got_at_ms"]["N"]),
        worn=int(item["worn"]["N"]),
        worn_from_pt=int(item["worn_from_pt"]["N"]),
        escrow_until_ms=int(item["escrow_until_ms"]["N"]),
    )


def instance_fields(instance: Instance) -> Item:
    return {
        "item": {"S": instance.item},
        "got_at_ms": {"N": str(instance.got_at_ms)},
        "worn": {"N": str(instance.worn)},
        "worn_from_pt": {"N": str(instance.worn_from_pt)},
        "escrow_until_ms": {"N": str(instance.escrow_until_ms)},
    }


def _mail(item: Item) -> Mail:
    return msgspec.json.decode(item["body"]["S"], type=Mail)


def _entry(item: Item) -> Entry:
    return msgspec.json.decode(item["body"]["S"], type=Entry)
