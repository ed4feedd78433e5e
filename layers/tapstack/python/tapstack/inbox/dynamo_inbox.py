"""Inboxes in DynamoDB: a small item for each notice, in the table of messages, which keeps them as long.

The partition of a player's inbox is `inbox#<player>`, apart from those of chats, which are numbers. A notice is
`n#<kind>#<key>`, so that writing it again changes nothing, and `read` says how far the player has read. One query reads
all of it: what may be there for 30 days is some 15 KB at most, and mostly less than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import ClientError

from tapstack.inbox.model import Inbox, Kind, Notice
from tapstack.inbox.rules import KEPT_MS, MOST_PEOPLE, newest
from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.dynamo import available, delete_all, is_conflict, query
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.versions import Item

if TYPE_CHECKING:
    from tapstack.inbox.ports import ForgettingUnread

TABLE = "messages"
_NOTICE = "n#"
_READ = "read"


class InboxStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables, kept: ForgettingUnread) -> None:
        self.tables = tables
        self.kept = kept

    def add(self, player_id: str, notice: Notice) -> bool:
        """Keeps a notice, unless there is one of its kind and key; says whether it is new."""
        item = {
            **_key(player_id, _name(notice)),
            "at_ms": {"N": str(notice.at_ms)},
            "facts": {"S": msgspec.json.encode(notice.facts).decode()},
            "expires_at_s": _expiry(notice.at_ms),
            **({"people": {"SS": sorted(notice.people)}} if notice.people else {}),
        }
        return self._write(player_id, "PutItem", {"Item": item, "ConditionExpression": "attribute_not_exists(at_key)"})

    def gather(self, player_id: str, kind: Kind, key: str, person: str, at_ms: int) -> bool:
        """Adds somebody to a notice, which is then new again; says whether they were missing and found room."""
        return self._write(
            player_id,
            "UpdateItem",
            {
                "Key": _key(player_id, f"{_NOTICE}{kind}#{key}"),
                "UpdateExpression": "ADD people :one SET at_ms = :at, expires_at_s = :expires",
                "ConditionExpression": "attribute_not_exists(people)"
                " OR (size(people) < :most AND NOT contains(people, :person))",
                "ExpressionAttributeValues": {
                    ":one": {"SS": [person]},
                    ":person": {"S": person},
                    ":most": {"N": str(MOST_PEOPLE)},
                    ":at": {"N": str(at_ms)},
                    ":expires": _expiry(at_ms),
                },
            },
        )

    def read(self, player_id: str, now_ms: int) -> Inbox:
        """A player's inbox in one query, as it stood a moment ago."""
        notices, read_up_to_ms = [], 0
        for item in self._items(player_id):
            name = item["at_key"]["S"]
            if name == _READ:
                read_up_to_ms = int(item["at_ms"]["N"])
            elif name.startswith(_NOTICE):
                notices.append(_notice(item))
        return Inbox(tuple(newest(notices, now_ms)), read_up_to_ms)

    def mark_read(self, player_id: str, up_to_ms: int, now_ms: int) -> None:
        """Records how far a player has read; they never get to read less."""
        self._write(
            player_id,
            "UpdateItem",
            {
                "Key": _key(player_id, _READ),
                "UpdateExpression": "SET at_ms = :up_to, expires_at_s = :expires",
                "ConditionExpression": "attribute_not_exists(at_ms) OR at_ms < :up_to",
                "ExpressionAttributeValues": {":up_to": {"N": str(up_to_ms)}, ":expires": _expiry(now_ms)},
            },
        )

    def delete(self, player_id: str, notices: Sequence[Notice]) -> None:
        """Deletes notices."""
        self._delete(player_id, [_name(notice) for notice in notices])

    def forget(self, player_id: str) -> int:
        """Deletes a player's inbox; returns the number of items."""
        names = [item["at_key"]["S"] for item in self._items(player_id)]
        self._delete(player_id, names)
        return len(names)

    def _items(self, player_id: str) -> list[Item]:
        asked = {
            "KeyConditionExpression": "chat_id = :id",
            "ExpressionAttributeValues": {":id": {"S": _partition(player_id)}},
        }
        return list(query(self.tables.client, self._table, asked))

    def _delete(self, player_id: str, names: Sequence[str]) -> None:
        self.kept.forget(player_id)
        for batch in batches(names, ITEMS_A_CALL):
            delete_all(self.tables.client, self._table, [_key(player_id, name) for name in batch])

    def _write(self, player_id: str, operation: str, asked: dict[str, Any]) -> bool:
        """Writes on a condition; says whether it held."""
        self.kept.forget(player_id)
        try:
            with available():
                self.tables.client.call(operation, {"TableName": self._table, **asked})
        except ClientError as error:
            if is_conflict(error):
                return False
            raise
        return True

    @property
    def _table(self) -> str:
        return self.tables.name_of(TABLE)


def _partition(player_id: str) -> str:
    return f"inbox#{player_id}"


def _name(notice: Notice) -> str:
    return f"{_NOTICE}{notice.kind}#{notice.key}"


def _key(player_id: str, name: str) -> Item:
    return {"chat_id": {"S": _partition(player_id)}, "at_key": {"S": name}}


def _expiry(at_ms: int) -> Item:
    """A day later than what is too old to be shown, so that what was read is never forgotten before the notice."""
    return {"N": str((at_ms + KEPT_MS + DAY_MS) // 1_000)}


def _notice(item: Item) -> Notice:
    _, kind, key = item["at_key"]["S"].split("#", 2)
    facts = msgspec.json.decode(item["facts"]["S"]) if "facts" in item else {}
    people = item["people"]["SS"] if "people" in item else ()
    return Notice(kind, key, int(item["at_ms"]["N"]), facts, frozenset(people))
