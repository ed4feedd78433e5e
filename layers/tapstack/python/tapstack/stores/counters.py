"""Counters in DynamoDB: one item per player, clicks and watermarks together."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from pynamodb.exceptions import DoesNotExist, PutError

from tapstack.domain.periods import Periods
from tapstack.domain.state import Counter, EndedSession, Pressed, SessionState
from tapstack.stores.dynamo import (
    ITEMS_A_CALL,
    ItemsRefused,
    available,
    batches,
    delete_all,
    is_conflict,
    is_refused,
    put_all,
)
from tapstack.stores.tables import CounterItem, SessionItem, Tables

SCAN_PAGE = 4_000
"""At some 250 bytes an item, about the 1 MB that DynamoDB reads for a page anyway."""

THREADS = 8
"""Writes of the history that are under way at once."""

HISTORY_KEPT_S = 30 * 86_400
"""How long an ended session can be reopened at its watermark; clients start a new one after a day."""


def _item(counter: Counter, model: type[CounterItem]) -> CounterItem:
    return model(
        counter.player_id,
        clicks=counter.clicks,
        spent_us=counter.spent_us,
        last_tap_at_ms=counter.last_tap_at_ms,
        sessions={key: [s.taps, s.started_at_ms, s.ended_at_ms] for key, s in counter.sessions.items()},
        periods=[counter.periods.day, counter.periods.packed()] if counter.periods else None,
        pressed=list(counter.pressed) if counter.pressed else None,
    )


def _counter(item: CounterItem) -> Counter:
    sessions = {key: SessionState(*row) for key, row in item.sessions.items()}
    periods = Periods.unpack(*item.periods) if item.periods else None
    pressed = Pressed(*item.pressed) if item.pressed else None
    return Counter(item.id, int(item.clicks), int(item.spent_us), int(item.last_tap_at_ms), sessions, periods, pressed)


def _ended(item: SessionItem) -> EndedSession:
    return EndedSession(
        item.player_id, item.session_key, int(item.taps), int(item.started_at_ms), int(item.ended_at_ms)
    )


class CounterStore:
    """Reads and writes counters and the session history; every call raises StoreUnavailable where DynamoDB is away."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def get(self, player_id: str) -> Counter | None:
        """A player's counter as it was last saved, or None for one that never was."""
        try:
            with available():
                return _counter(self.tables.counter.get(player_id, consistent_read=True))
        except DoesNotExist:
            return None

    def last_taps(self, player_ids: Sequence[str]) -> dict[str, int]:
        """When players have tapped last (ms), as far as it was saved, up to a hundred; who never did is left out."""
        with available():
            found = list(self.tables.counter.batch_get(list(player_ids), attributes_to_get=["id", "last_tap_at_ms"]))
        return {item.id: int(item.last_tap_at_ms) for item in found}

    def put(self, counters: Sequence[Counter]) -> None:
        """Saves up to 25 counters in one call, each whole."""
        put_all(self.tables.connection, [_item(counter, self.tables.counter) for counter in counters])

    def delete(self, player_id: str) -> None:
        """Drops a player's counter and session history; what is not there is no fault."""
        with available():
            self.tables.counter(player_id).delete()
        lines = self.history(player_id)
        for batch in batches(lines, ITEMS_A_CALL):
            keys = [{"player_id": player_id, "session_key": line.session_key} for line in batch]
            delete_all(self.tables.connection, self.tables.session.Meta.table_name, keys)

    def history(self, player_id: str) -> list[EndedSession]:
        """All of a player's ended sessions that are still kept."""
        with available():
            return [_ended(item) for item in self.tables.session.query(player_id)]

    def scan_page(self, after: str | None, size: int = SCAN_PAGE) -> tuple[list[Counter], str | None]:
        """Some of all counters, and the id to go on after, None at the end.

        For rebuilding boards in the background, never for a request.
        """
        start = {"id": {"S": after}} if after else None
        with available():
            items = self.tables.counter.scan(limit=size, page_size=size, last_evaluated_key=start)
            rows = [_counter(item) for item in items]
        last = items.last_evaluated_key
        return rows, last["id"]["S"] if last else None

    def past_session(self, player_id: str, session_key: str) -> EndedSession | None:
        """An ended session from the history, or None where there is none (any more)."""
        try:
            with available():
                item = self.tables.session.get(player_id, session_key, consistent_read=True)
        except DoesNotExist:
            return None
        return _ended(item)

    def put_history(self, lines: Sequence[EndedSession]) -> set[EndedSession]:
        """Writes ended sessions into the history; those that it did not, because more taps of theirs stand there.

        A watermark in the history never falls: whoever has read it in Redis a while ago may be late, and its session
        have been taken up and ended again. What is behind has to stay where it is. A write with a condition is a call
        of its own, so several are under way at once.
        """
        if len(lines) < 2:
            return {line for line in lines if not self._put_line(line)}
        with ThreadPoolExecutor(THREADS) as pool:
            return {line for line, done in zip(lines, pool.map(self._put_line, lines), strict=True) if not done}

    def _put_line(self, line: EndedSession) -> bool:
        model = self.tables.session
        item = model(
            line.player_id,
            line.session_key,
            taps=line.taps,
            started_at_ms=line.started_at_ms,
            ended_at_ms=line.ended_at_ms,
            expires_at_s=line.ended_at_ms // 1_000 + HISTORY_KEPT_S,
        )
        try:
            with available():
                item.save(condition=model.player_id.does_not_exist() | (model.taps <= line.taps))
        except PutError as error:
            if is_conflict(error):
                return False
            if is_refused(error):
                raise ItemsRefused(str(error)) from error
            raise
        return True
