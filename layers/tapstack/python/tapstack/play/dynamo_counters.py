"""Counters in DynamoDB: one item per player, clicks and watermarks together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pynamodb.exceptions import AttributeDeserializationError, DoesNotExist, UpdateError
from pynamodb.expressions.update import Action

from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.dynamo import available, delete_all, is_conflict, is_refused, put_all
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.versions import from_json, to_json
from tapstack.play.dynamo_tables import CounterItem, SessionItem
from tapstack.play.model import CountedUpdate, Counter, EndedSession, SessionState, check
from tapstack.play.newer import Newer
from tapstack.play.rules.periods import Periods
from tapstack.play.schemas import COUNTERS, SESSIONS

log = logging.getLogger(__name__)

SCAN_PAGE = 4_000
"""At some 250 bytes an item, about the 1 MB that DynamoDB reads for a page anyway."""

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AttributeDeserializationError)
"""What reading an item raises that this code has not written: JSON's errors are ValueErrors."""


_SESSION, _PERIODS, _UPDATE = 3, 2, 2
"""Elements of an item's rows that this release knows."""

THREADS = 8
"""Parallel writes of the history."""

HISTORY_KEPT_S = 30 * 86_400
"""How long an ended session can be reopened at its watermark; clients start a new one after a day."""


def _item(counter: Counter, model: type[CounterItem]) -> CounterItem:
    """The item of a counter, with all that a newer release has said of it."""
    newer = Newer.unpack(counter.newer)
    item = model(
        counter.player_id,
        v=newer.v,
        clicks=counter.clicks,
        tat_us=counter.tat_us,
        last_tap_at_ms=counter.last_tap_at_ms,
        sessions={
            key: [s.taps, s.started_at_ms, s.ended_at_ms, *newer.sessions.get(key, ())]
            for key, s in counter.sessions.items()
        },
        periods=[counter.periods.day, counter.periods.packed(), *newer.periods] if counter.periods else None,
        counted_update=[*counter.counted_update, *newer.counted_update] if counter.counted_update else None,
        fields=dict(counter.fields) or None,
    )
    item.unknown = {name: from_json(value) for name, value in newer.attributes.items()}
    return item


def _counter(item: CounterItem) -> Counter:
    """An item as a counter; raises ValueError, TypeError or KeyError for one that this code has not written."""
    sessions = {key: SessionState(*row[:_SESSION]) for key, row in item.sessions.items()}
    periods = Periods.unpack(*item.periods[:_PERIODS]) if item.periods else None
    counted = CountedUpdate(*item.counted_update[:_UPDATE]) if item.counted_update else None
    clicks, tat_us, last_tap_at_ms = int(item.clicks), int(item.tat_us), int(item.last_tap_at_ms)
    newer = Newer(
        v=int(item.v) if item.v > COUNTERS.version else 0,
        attributes={name: to_json(value) for name, value in item.unknown.items()},
        sessions={key: row[_SESSION:] for key, row in item.sessions.items() if len(row) > _SESSION},
        periods=(item.periods or [])[_PERIODS:],
        counted_update=(item.counted_update or [])[_UPDATE:],
    ).packed()
    fields = {str(name): str(value) for name, value in (item.fields or {}).items()}
    return check(Counter(item.id, clicks, tat_us, last_tap_at_ms, sessions, periods, counted, newer, fields))


def log_unreadable(player_id: str, reason: str) -> None:
    """Says that what is saved of a player is not as this code writes it."""
    log.error("the saved counter of player %s can't be read: %.500s", player_id, reason)


def _ended(item: SessionItem) -> EndedSession:
    taps, started_at_ms, ended_at_ms = int(item.taps), int(item.started_at_ms), int(item.ended_at_ms)
    return EndedSession(item.player_id, item.session_key, taps, started_at_ms, ended_at_ms, item.more or "")


class CounterStore:
    """Reads and writes counters and the session history; raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def get(self, player_id: str) -> Counter | None:
        """A player's counter as it was last saved, or None for one that never was.

        Raises StoreUnavailable (`player_unreadable`) for one that can't be read: starting over would overwrite it.
        """
        try:
            with available():
                return _counter(self.tables.bind(CounterItem).get(player_id, consistent_read=True))
        except DoesNotExist:
            return None
        except UNREADABLE as error:
            log_unreadable(player_id, str(error))
            raise StoreUnavailable(
                "what is saved of this player can't be read", code="player_unreadable", retry_after_s=60
            ) from error

    def last_taps(self, player_ids: Sequence[str]) -> dict[str, int]:
        """When up to a hundred players last tapped (ms), as saved; players who never did are skipped."""
        with available():
            found = list(
                self.tables.bind(CounterItem).batch_get(list(player_ids), attributes_to_get=["id", "last_tap_at_ms"])
            )
        return {item.id: int(item.last_tap_at_ms) for item in found}

    def put(self, counters: Sequence[Counter]) -> None:
        """Saves up to 25 counters in one call, each whole."""
        put_all(self.tables.connection, [_item(counter, self.tables.bind(CounterItem)) for counter in counters])

    def delete(self, player_id: str) -> None:
        """Deletes a player's counter and session history; repeating it is harmless."""
        with available():
            self.tables.bind(CounterItem)(player_id).delete()
        lines = self.history(player_id)
        for batch in batches(lines, ITEMS_A_CALL):
            keys = [{"player_id": player_id, "session_key": line.session_key} for line in batch]
            delete_all(self.tables.connection, self.tables.bind(SessionItem).Meta.table_name, keys)

    def history(self, player_id: str) -> list[EndedSession]:
        """All of a player's ended sessions that are still kept."""
        with available():
            return [_ended(item) for item in self.tables.bind(SessionItem).query(player_id)]

    def scan_page(
        self, after: str | None, size: int = SCAN_PAGE, unreadable: Callable[[str, str], object] = log_unreadable
    ) -> tuple[list[Counter], str | None]:
        """A page of all counters, and the id to continue after, None at the end.

        A counter that can't be read is skipped: `unreadable` is called with its id and the reason. For recovering
        boards in the background, never for a request.
        """
        start: dict[str, Any] = {"ExclusiveStartKey": {"id": {"S": after}}} if after else {}
        name = self.tables.bind(CounterItem).Meta.table_name
        with available():
            page = self.tables.connection.client.scan(TableName=name, Limit=size, **start)
        rows = []
        for item in page["Items"]:
            try:
                rows.append(_counter(self.tables.bind(CounterItem).from_raw_data(item)))
            except UNREADABLE as error:
                unreadable(item["id"]["S"], f"{type(error).__name__}: {error}")
        last = page.get("LastEvaluatedKey")
        return rows, last["id"]["S"] if last else None

    def past_session(self, player_id: str, session_key: str) -> EndedSession | None:
        """An ended session from the history, or None where there is none (any more)."""
        try:
            with available():
                item = self.tables.bind(SessionItem).get(player_id, session_key, consistent_read=True)
        except DoesNotExist:
            return None
        return _ended(item)

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
        """As an update: attributes that a newer release has added stay."""
        model = self.tables.bind(SessionItem)
        actions: list[Action] = [
            model.taps.set(line.taps),
            model.started_at_ms.set(line.started_at_ms),
            model.ended_at_ms.set(line.ended_at_ms),
            model.expires_at_s.set(line.ended_at_ms // 1_000 + HISTORY_KEPT_S),
            model.v.set(model.v | SESSIONS.version),
        ]
        if line.more:
            actions.append(model.more.set(line.more))
        try:
            with available():
                model(line.player_id, line.session_key).update(
                    actions, condition=model.player_id.does_not_exist() | (model.taps <= line.taps)
                )
        except UpdateError as error:
            if is_conflict(error):
                return False
            if is_refused(error):
                log.error("session %s of player %s can't be kept: %s", line.session_key, line.player_id, error)
                return False
            raise
        return True
