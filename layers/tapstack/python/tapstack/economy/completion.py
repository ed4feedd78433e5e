"""Completes the boards by metric from all wallets, and then archives those of periods that are over.

Once a day, and whenever Redis has lost something. A board is archived only after all wallets were read that have ended
its period: so whatever was lost between a command and its projection is on the board that is kept. Cut short at any
point, it is continued, or done again to the same end.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import msgspec

from tapstack.economy import leases
from tapstack.economy.model import Mark, SeasonScore, Tally, Wallet
from tapstack.economy.reading import NEWEST
from tapstack.economy.rules import standings
from tapstack.leaderboards.archive import AFTER_MS, archive_metrics_due
from tapstack.leaderboards.model import OF_WALLETS, MetricScore, SeasonPeriod
from tapstack.platform.batches import batches
from tapstack.platform.calendar import Period
from tapstack.players.rules.identity import bucket_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tapstack.economy.ports import CompletionPorts

LEASE_MS = 60_000
"""Renewed with every page. Two completions at once would only do the same work twice."""

BUDGET_S = 20.0
"""A run begins no page after this; the next run continues."""

AT_ONCE = 100
"""Wallets that are put on the boards in one round trip for each bucket."""

ENTRIES_AT_ONCE, PAGES = 100, 3
"""How far back the ledger is read for what a player had when a period ended."""


def complete_due(ports: CompletionPorts, *, budget_s: float = BUDGET_S) -> list[str]:
    """Completes and archives what is due; the names of the boards that it archived. Repeating changes nothing.

    Where nothing is due, that costs one round trip. Nothing is done while the boards by taps are recovered: until then
    Redis may not know who is hidden.
    """
    day = Period.DAY.number_at(ports.clock() - AFTER_MS)
    state = ports.board_completion.state(day)
    if state.archived and not state.incomplete:
        return []
    if state.incomplete and not _complete(ports, state.incomplete, day, time.monotonic() + budget_s):
        return []
    archived = archive_metrics_due(ports)
    ports.board_completion.archived(day)
    return archived


def _complete(ports: CompletionPorts, buckets: Collection[int], day: int, deadline_s: float) -> bool:
    """Puts the wallets of buckets on the boards; False where that is not finished."""
    holder = secrets.token_hex(8)
    if ports.saving.cold_buckets() or not ports.leases.claim(leases.COMPLETION, LEASE_MS, holder):
        return False
    try:
        cursor: str | None
        token, cursor = ports.board_completion.in_progress(buckets) or ("", None)
        if not token.startswith(f"{day}:"):
            token, cursor = f"{day}:{holder}", None
            ports.board_completion.begin(buckets, token)
        while True:
            page, cursor = ports.wallet_pages.page(cursor)
            _put(ports, [(i, w) for i, w in page if bucket_of(i, ports.settings.play.buckets) in buckets], day)
            if cursor is None:
                return ports.board_completion.finish(buckets, token, day)
            ports.board_completion.record_progress(token, cursor)
            ports.leases.extend(leases.COMPLETION, holder, LEASE_MS)
            if time.monotonic() > deadline_s:
                return False
    finally:
        ports.leases.release(leases.COMPLETION, holder)


def _put(ports: CompletionPorts, page: list[tuple[str, Wallet]], day: int) -> None:
    started_ms, seasons = Period.DAY.start_ms(day), {one.day: one for one in ports.seasons.all()}
    for some in batches(page, AT_ONCE):
        scores = {player_id: list(standings.scores(wallet)) for player_id, wallet in some}
        for player_id, wallet in some:
            if any(mark.at_ms >= started_ms for mark in wallet.marks.values()):
                scores[player_id] += _before(ports, player_id, scores[player_id], started_ms)
        dated = {player_id: [_dated(row, seasons) for row in rows] for player_id, rows in scores.items()}
        ports.metric_boards.project(dated, ports.clock())


def _dated(row: MetricScore, seasons: Mapping[int, SeasonPeriod]) -> MetricScore:
    """A score in a season as it ends by now: it may have been moved since the player last played."""
    return row._replace(period=seasons.get(row.number, row.period)) if isinstance(row.period, SeasonPeriod) else row


def _before(ports: CompletionPorts, player_id: str, now: list[MetricScore], at_ms: int) -> list[MetricScore]:
    """The scores of periods that were over at a time, as the ledger has them: the wallet has moved on since."""
    tallies: dict[str, Tally] = {}
    marks: dict[str, Mark] = {}
    season: SeasonScore | None = None
    before_seq = NEWEST
    for _ in range(PAGES):
        entries = ports.wallets.page(player_id, before_seq, ENTRIES_AT_ONCE)
        for entry in entries:
            if entry.at_ms < at_ms:
                state = {name: entry.state[name] for name in ("tallies", "marks", "season") if name in entry.state}
                then = msgspec.convert(state, Wallet)
                tallies, marks = {**then.tallies, **tallies}, {**then.marks, **marks}
                season = season or (then.season if then.season.xp else None)
        if len(entries) < ENTRIES_AT_ONCE or tallies.keys() >= set(OF_WALLETS):
            break
        before_seq = entries[-1].seq
    known = {row[:3] for row in now}
    then = Wallet(tallies=tallies, marks=marks, season=season or SeasonScore())
    return [row for row in standings.scores(then) if row.period and row[:3] not in known]
