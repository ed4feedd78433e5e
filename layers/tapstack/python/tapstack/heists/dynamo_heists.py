"""Heists in DynamoDB, in the table of what all players share.

- `HEIST#<id>`: what is asked, the places that are taken for good, and the result once it is closed;
- `HEIST#<id>#<run>#<part>`: what each player gets, from the run that has closed it, or from one that came too late;
- `HEIST#of#<audience>`: what the world (`world`), or a group (its id), has been asked of late;
- `HEIST#open#<shard>`: the heists that are not closed, each with its end.

Heists and shares expire; the other two are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from tapstack.economy.schemas import COMMONS
from tapstack.heists.model import Audience, Heist, Kept, Result, Stored, Winner
from tapstack.heists.rules import KEPT_MS, part_of
from tapstack.platform.dynamo import available, get, get_all, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.versions import VERSION, Item

SHARDS = 16
_OPEN = "h:"


def _text(value: str) -> Item:
    return {"S": value}


def _heist_key(heist_id: str) -> Item:
    return {"key": _text(f"HEIST#{heist_id}")}


def _audience_key(name: str) -> Item:
    return {"key": _text(f"HEIST#of#{name}")}


def _open_key(shard: int) -> Item:
    return {"key": _text(f"HEIST#open#{shard}")}


def _shard(heist_id: str) -> int:
    return crc32(heist_id.encode()) % SHARDS


def _part_key(heist_id: str, run: str, part: int) -> Item:
    return {"key": _text(f"HEIST#{heist_id}#{run}#{part}")}


def _encoded(value: Any) -> Item:
    return _text(msgspec.json.encode(value).decode())


_VERSION = {VERSION: {"N": str(COMMONS.version)}}


class HeistStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    @property
    def _name(self) -> str:
        return self.tables.name_of(COMMONS.table)

    # -- what an audience was asked --

    def audience(self, name: str) -> Audience:
        """What an audience was asked of late; nothing of one that never was."""
        item = get(self.tables.client, self._name, _audience_key(name))
        return msgspec.json.decode(item["body"]["S"], type=Audience) if item else Audience()

    def begin(self, heist: Heist, name: str, after: Audience) -> bool:
        """Stores a heist, and with it what its audience was asked; False where another one has begun meanwhile."""
        ends = {"N": str(heist.ends_ms)}
        before = {":before": {"N": str(after.seq - 1)}} if after.seq > 1 else {}
        item = {**_heist_key(heist.id), **_VERSION, "body": _encoded(heist), "taken": {"N": "0"}}
        item |= {"places": {"M": {}}, "holders": {"M": {}}}
        actions: list[dict[str, Any]] = [
            {
                "Put": {
                    "TableName": self._name,
                    "Item": {**item, "expires_at_s": _expires(heist)},
                    "ConditionExpression": "attribute_not_exists(#key)",
                    "ExpressionAttributeNames": {"#key": "key"},
                }
            },
            self._update(
                _audience_key(name),
                "SET body = :body, seq = :seq, #v = :v",
                {":body": _encoded(after), ":seq": {"N": str(after.seq)}, **before},
                "seq = :before" if before else "attribute_not_exists(seq)",
            ),
            self._update(_open_key(_shard(heist.id)), "SET #id = :ends, #v = :v", {":ends": ends}, "", heist.id),
        ]
        try:
            with available():
                self._transact(actions)
        except ClientError as error:
            return _unless_lost(error)
        return True

    # -- a heist --

    def get(self, heist_id: str) -> Stored | None:
        """A heist as it stands now; None where there is none, or not any more."""
        item = get(self.tables.client, self._name, _heist_key(heist_id))
        return _stored(item) if item else None

    def get_many(self, heist_ids: Sequence[str]) -> dict[str, Stored]:
        """Those of the heists that there are."""
        if not heist_ids:
            return {}
        found = get_all(self.tables.client, self._name, [_heist_key(one) for one in heist_ids])
        return {stored.heist.id: stored for stored in map(_stored, found)}

    def keep_place(self, heist_id: str, rank: int, winner: Winner) -> Kept:
        """Keeps a place for good, one for each player; LOST where it is another's, or the heist is closed.

        A player has two where Redis was lost between their answer and a retry: whichever is kept first is theirs.
        """
        body = {"player": _text(winner.player), "op": _text(winner.op), "sum": _text(winner.sum)}
        free = " AND ".join(f"attribute_not_exists({path})" for path in ("places.#id", "holders.#player", "closed"))
        action = self._update(
            _heist_key(heist_id),
            "SET places.#id = :one, holders.#player = :rank, #v = :v ADD taken :count",
            {":one": {"M": body}, ":rank": {"N": str(rank)}, ":count": {"N": "1"}},
            f"attribute_exists(body) AND {free}",
            str(rank),
            prefix="",
        )
        action["Update"]["ExpressionAttributeNames"]["#player"] = winner.player
        try:
            self._call(action)
        except ClientError as error:
            if not is_conflict(error):
                raise
            stored = self.get(heist_id)
            kept = stored.winners.get(rank) if stored else None
            return Kept.KNOWN if kept is not None and kept.player == winner.player else Kept.LOST
        return Kept.NEW

    def put_part(self, heist: Heist, run: str, part: int, shares: Mapping[str, int]) -> None:
        """Stores what the players of a part get, for the run that closes the heist."""
        item = {**_part_key(heist.id, run, part), **_VERSION, "body": _encoded(shares), "expires_at_s": _expires(heist)}
        with available():
            self.tables.client.call("PutItem", {"TableName": self._name, "Item": item})

    def close(self, heist_id: str, result: Result, taken: int) -> bool:
        """Stores the result of a heist, once for ever; False where there is one, or a place more was taken."""
        try:
            self._call(
                self._update(
                    _heist_key(heist_id),
                    "SET closed = :result, #v = :v",
                    {":result": _encoded(result), ":taken": {"N": str(taken)}},
                    "attribute_not_exists(closed) AND taken = :taken",
                )
            )
        except ClientError as error:
            if is_conflict(error):
                return False
            raise
        return True

    def share(self, heist_id: str, result: Result, player_id: str) -> int | None:
        """What a player gets of a closed heist; None for who took no part."""
        return self.part(heist_id, result, part_of(player_id, result.parts)).get(player_id)

    def shares(self, closed: Sequence[Stored], player_id: str) -> dict[str, int]:
        """What a player gets of each of many closed heists, by its id; without those in which they took no part."""
        keys = [
            _part_key(one.heist.id, result.run, part_of(player_id, result.parts))
            for one in closed
            if (result := one.result) is not None
        ]
        found = get_all(self.tables.client, self._name, keys) if keys else []
        parts = {
            item["key"]["S"].split("#")[1]: msgspec.json.decode(item["body"]["S"], type=dict[str, int])
            for item in found
        }
        return {heist_id: part[player_id] for heist_id, part in parts.items() if player_id in part}

    def part(self, heist_id: str, result: Result, part: int) -> dict[str, int]:
        """What the players of a part get."""
        item = get(self.tables.client, self._name, _part_key(heist_id, result.run, part))
        return msgspec.json.decode(item["body"]["S"], type=dict[str, int]) if item else {}

    # -- those that are not closed --

    def open_until(self) -> dict[str, int]:
        """The heists that are not closed, or not known to be: each with when it is to be (ms)."""
        items = get_all(self.tables.client, self._name, [_open_key(shard) for shard in range(SHARDS)])
        return {
            name.removeprefix(_OPEN): int(value["N"])
            for item in items
            for name, value in item.items()
            if name.startswith(_OPEN)
        }

    def put_off(self, heist_id: str, at_ms: int) -> None:
        """Has a heist that is not closed be due at another time."""
        at = {":at": {"N": str(at_ms)}}
        try:
            self._call(
                self._update(
                    _open_key(_shard(heist_id)), "SET #id = :at, #v = :v", at, "attribute_exists(#id)", heist_id
                )
            )
        except ClientError as error:
            if not is_conflict(error):  # else it has been closed meanwhile
                raise

    def settled(self, heist_id: str) -> None:
        """Forgets that a heist is open: it is closed, and everybody was told."""
        self._call(self._update(_open_key(_shard(heist_id)), "SET #v = :v REMOVE #id", {}, "", heist_id))

    # -- calls --

    def _update(
        self, key: Item, changes: str, values: Item, condition: str, name: str = "", prefix: str = _OPEN
    ) -> dict[str, Any]:
        return {
            "Update": {
                "TableName": self._name,
                "Key": key,
                "UpdateExpression": changes,
                "ExpressionAttributeNames": {"#v": VERSION, **({"#id": prefix + name} if name else {})},
                "ExpressionAttributeValues": {":v": _VERSION[VERSION], **values},
                **({"ConditionExpression": condition} if condition else {}),
            }
        }

    def _call(self, action: dict[str, Any]) -> None:
        with available():
            self.tables.client.call("UpdateItem", action["Update"])

    def _transact(self, actions: list[dict[str, Any]]) -> None:
        try:
            self.tables.client.call("TransactWriteItems", {"TransactItems": actions})
        except BotoCoreError as error:
            # It may have been carried out: whoever asks again finds it.
            raise StoreUnavailable("the heist did not answer", retry_after_s=1) from error


def _expires(heist: Heist) -> Item:
    return {"N": str((heist.ends_ms + KEPT_MS) // 1_000)}


def _stored(item: Item) -> Stored:
    places = {
        int(rank): Winner(player=one["M"]["player"]["S"], op=one["M"]["op"]["S"], sum=one["M"]["sum"]["S"])
        for rank, one in item["places"]["M"].items()
    }
    closed = msgspec.json.decode(item["closed"]["S"], type=Result) if "closed" in item else None
    return Stored(msgspec.json.decode(item["body"]["S"], type=Heist), places, closed)


def _unless_lost(error: ClientError) -> bool:
    """False for a transaction that another one was faster than; raises for any other."""
    if error.response.get("Error", {}).get("Code") != "TransactionCanceledException":
        raise error
    reasons = {str(reason.get("Code", "None")) for reason in error.response.get("CancellationReasons", ())}
    if "ConditionalCheckFailed" in reasons:
        return False
    if reasons & {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}:
        raise StoreUnavailable("too much is happening at once", retry_after_s=1) from error
    raise error
