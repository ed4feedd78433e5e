"""Counters in DynamoDB: one item per player, clicks and watermarks together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import ClientError

from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.dynamo import available, delete_all, get, get_all, is_conflict, is_refused, put_all, query
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.dynamo_items import (
    UNREADABLE,
    counter_item,
    counter_key,
    counter_of,
    session_key_of,
    session_of,
    session_update,
)
from tapstack.play.model import Counter, EndedSession
from tapstack.play.schemas import COUNTERS, SESSIONS

log = logging.getLogger(__name__)

SCAN_PAGE = 4_000
"""At some 250 bytes an item, about the 1 MB that DynamoDB reads for a page anyway."""

THREADS = 8
"""Parallel writes of the history."""


def log_unreadable(player_id: str, reason: str) -> None:
    """Says that what is saved of a player is not as this code writes it."""
    log.error("the saved counter of player %s can't be read: %.500s", player_id, reason)


class CounterStore:
    """Reads and writes counters and the session history; raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    @property
    def _counters(self) -> str:
        return self.tables.name_of(COUNTERS.table)

    @property
    def _sessions(self) -> str:
        return self.tables.name_of(SESSIONS.table)

    def get(self, player_id: str) -> Counter | None:
        """A player's counter as it was last saved, or None for one that never was.

        Raises StoreUnavailable (`player_unreadable`) for one that can't be read: starting over would overwrite it.
        """
        item = get(self.tables.client, self._counters, counter_key(player_id))
        try:
            return counter_of(item) if item else None
        except UNREADABLE as error:
            log_unreadable(player_id, str(error))
            raise StoreUnavailable(
                "what is saved of this player can't be read", code="player_unreadable", retry_after_s=60
            ) from error

    def get_many(self, player_ids: Sequence[str]) -> dict[str, Counter]:
        """The counters of players as they were last saved; those who never were, or can't be read, are skipped."""
        found = {}
        for item in get_all(self.tables.client, self._counters, [counter_key(i) for i in player_ids]):
            try:
                found[item["id"]["S"]] = counter_of(item)
            except UNREADABLE as error:
                log_unreadable(item["id"]["S"], str(error))
        return found

    def last_taps(self, player_ids: Sequence[str]) -> dict[str, int]:
        """When up to a hundred players last tapped (ms), as saved; players who never did are skipped."""
        keys = [counter_key(player_id) for player_id in player_ids]
        found = get_all(self.tables.client, self._counters, keys, ("id", "last_tap_at_ms"))
        return {item["id"]["S"]: int(item["last_tap_at_ms"]["N"]) for item in found}

    def put(self, counters: Sequence[Counter]) -> None:
        """Saves up to 25 counters in one call, each whole."""
        put_all(self.tables.client, self._counters, [counter_item(counter) for counter in counters])

    def delete(self, player_id: str) -> None:
        """Deletes a player's counter and session history; repeating it is harmless."""
        with available():
            self.tables.client.call("DeleteItem", {"TableName": self._counters, "Key": counter_key(player_id)})
        keys = [session_key_of(player_id, line.session_key) for line in self.history(player_id)]
        for batch in batches(keys, ITEMS_A_CALL):
            delete_all(self.tables.client, self._sessions, batch)

    def history(self, player_id: str) -> list[EndedSession]:
        """All of a player's ended sessions that are still kept."""
        asked = {"KeyConditionExpression": "player_id = :id", "ExpressionAttributeValues": {":id": {"S": player_id}}}
        return [session_of(item) for item in query(self.tables.client, self._sessions, asked)]

    def scan_page(
        self, after: str | None, size: int = SCAN_PAGE, unreadable: Callable[[str, str], object] = log_unreadable
    ) -> tuple[list[Counter], str | None]:
        """A page of all counters, and the id to continue after, None at the end.

        A counter that can't be read is skipped: `unreadable` is called with its id and the reason. For recovering
        boards in the background, never for a request.
        """
        start = {"ExclusiveStartKey": counter_key(after)} if after else {}
        with available():
            page = self.tables.client.call("Scan", {"TableName": self._counters, "Limit": size, **start})
        rows = []
        for item in page["Items"]:
            try:
                rows.append(counter_of(item))
            except UNREADABLE as error:
                unreadable(item["id"]["S"], f"{type(error).__name__}: {error}")
        last = page.get("LastEvaluatedKey")
        return rows, last["id"]["S"] if last else None

    def past_session(self, player_id: str, session_key: str) -> EndedSession | None:
        """An ended session from the history, or None where there is none (any more)."""
        item = get(self.tables.client, self._sessions, session_key_of(player_id, session_key))
        return session_of(item) if item else None

    def put_history(self, lines: Sequence[EndedSession]) -> set[EndedSession]:
        """Writes ended sessions into the history; returns those that it did not write, which have to stay in Redis.

        Either the history has more taps of theirs, or DynamoDB refuses the item, which is logged. A watermark in the
        history never falls: a caller that read it in Redis a while ago may be late, and the session may have been
        resumed and ended again. A conditional write is a call of its own, so several run in parallel.
        """
        if len(lines) < 2:
            return {line for line in lines if not self._put_line(line)}
        with ThreadPoolExecutor(THREADS) as pool:
            return {line for line, done in zip(lines, pool.map(self._put_line, lines), strict=True) if not done}

    def _put_line(self, line: EndedSession) -> bool:
        """As an update: attributes that a newer release has added stay. Doing it twice is doing it once."""
        try:
            with available():
                self.tables.client.call("UpdateItem", {"TableName": self._sessions, **session_update(line)})
        except ClientError as error:
            if is_conflict(error):
                return False
            if is_refused(error):
                log.error("session %s of player %s can't be kept: %s", line.session_key, line.player_id, error)
                return False
            raise
        return True
