"""Compares what Redis and DynamoDB have of every saved player. For operators: it reads the whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tapstack.admin.model import Difference
from tapstack.admin.saved_counters import pages
from tapstack.platform.retries import Retry, once

if TYPE_CHECKING:
    from tapstack.admin.ports import VerificationPorts
    from tapstack.play.model import Counter


def differences(
    ports: VerificationPorts, seen: Callable[[int], None] = lambda _: None, retry: Retry = once
) -> Iterator[Difference]:
    """Every difference between Redis and DynamoDB; `seen` is called with the number of players just compared.

    Changes that await a sync are no difference; players who can't be saved, or can't be read, are one. A player who
    differs is looked at twice, since players tap while this reads.
    """
    for player_id in ports.live_admin.refused():
        yield Difference(player_id, "could not be saved", None, None)
    unreadable: list[str] = []
    for page in pages(ports, lambda player_id, _: unreadable.append(player_id), retry):
        for player_id in unreadable:
            yield Difference(player_id, "can't be read in DynamoDB", None, None)
        unreadable.clear()
        doubtful = [row.player_id for row in _compare(ports, page)]
        again = [c for c in (ports.counters.get(i) for i in dict.fromkeys(doubtful)) if c]
        yield from _compare(ports, again)
        seen(len(page))


def _compare(ports: VerificationPorts, saved: list[Counter]) -> Iterator[Difference]:
    ids = [c.player_id for c in saved]
    reading = ports.saving.read_each(ids)
    live = {c.player_id: c.clicks for c in reading.counters}
    for bad in reading.unreadable:
        yield Difference(bad.player_id, "can't be read in Redis", None, None)
    positions = ports.live_admin.positions(ids)
    for counter in saved:
        i = counter.player_id
        shown, hidden, unsaved = positions[i]
        if i in live and not unsaved and live[i] != counter.clicks:
            yield Difference(i, "clicks", live[i], counter.clicks)
        known = live.get(i, counter.clicks)
        if hidden and shown is not None:
            yield Difference(i, "hidden player on the board", shown, known)
        elif not hidden and shown is None:
            yield Difference(i, "missing on the board", None, known)
        elif not hidden and shown != known and not unsaved:
            yield Difference(i, "clicks on the board", shown, known)
