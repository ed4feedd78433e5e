"""The all-time leaderboard: computed at most once per 5 s for everybody, and served as it was last computed."""

from __future__ import annotations

import heapq
import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tapstack.leaderboards import leases
from tapstack.leaderboards.model import Board, LeaderboardEntry, Neighbours, OwnRank, Row
from tapstack.leaderboards.rules import EVERY_MS, entry_of, is_fresh, with_version
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.threads import in_thread
from tapstack.play.rules.pacing import flush_every_ms
from tapstack.play.rules.score import clicks_of, score_of
from tapstack.play.taps import ask_for, load_player
from tapstack.players.model import Shown

if TYPE_CHECKING:
    from tapstack.leaderboards.ports import AsyncOwnRankPorts, BoardPorts, NamePorts, OwnRankPorts, RefreshPorts

log = logging.getLogger(__name__)

TOP = 20
EACH_SIDE = 5


def current(ports: BoardPorts) -> Board:
    """The leaderboard as it is served now: at most about 5 s old while anybody asks for it."""
    board = ports.published_boards.get()
    if board is None or not is_fresh(board, ports.clock()):
        return refresh(ports) or ports.published_boards.get() or _compute(ports, None)
    return board


def refresh(ports: BoardPorts) -> Board | None:
    """Computes and publishes the leaderboard; None if somebody else has within 5 s."""
    if not ports.leases.claim(leases.REFRESH, EVERY_MS):
        return None
    return _compute(ports, ports.published_boards.get())


def refresh_soon(ports: RefreshPorts) -> None:
    """Computes the leaderboard now, or as soon as that is due again."""
    if refresh(ports) is None and ports.leases.claim(leases.REFRESH_LATER, EVERY_MS):
        ask_for(ports, "board", delay_s=EVERY_MS // 1_000)


def _compute(ports: BoardPorts, last: Board | None) -> Board:
    summaries = ports.all_time_board.summaries(TOP)
    best = heapq.nlargest(TOP, (row for s in summaries for row in s.top), key=lambda row: row[1])
    rows = [(player_id, clicks_of(score)) for player_id, score in best if score >= 1 and clicks_of(score)]
    now_ms = ports.clock()
    board = Board(
        version=0,
        generated_at_s=now_ms // 1_000,
        total_clicks=sum(s.clicks for s in summaries),
        total_players=sum(s.players for s in summaries),
        active_players=sum(s.active for s in summaries),
        rebuilding=not all(s.warm for s in summaries),
        entries=entries(ports, rows, 1, last.entries if last else ()),
    )
    board = with_version(board, last, now_ms)
    if not ports.published_boards.put(board, last):  # somebody else has computed it at the same time
        return ports.published_boards.get() or board
    pace_ms = flush_every_ms(board.active_players, ports.settings.play.requests_per_s_budget)
    ports.all_time_board.propagate(summaries, board.version, pace_ms)
    return board


def entries(
    ports: NamePorts, rows: Sequence[Row], first_rank: int, known: Sequence[LeaderboardEntry] = ()
) -> list[LeaderboardEntry]:
    """Rows with the players' names; while DynamoDB is unavailable, with those of the entries `known` from before."""
    try:
        shown = ports.players.shown([player_id for player_id, _ in rows]) if rows else {}
    except StoreUnavailable:
        shown = {entry.id: Shown(entry.username, entry.title or "", entry.looks or "") for entry in known}
    return named(rows, first_rank, shown)


def named(rows: Sequence[Row], first_rank: int, shown: Mapping[str, Shown]) -> list[LeaderboardEntry]:
    """Rows with the names that are known."""
    found = [(shown.get(player_id, Shown()), player_id, clicks) for player_id, clicks in rows]
    return [
        entry_of(rank, player_id, player.username, clicks, player.title, player.looks)
        for rank, (player, player_id, clicks) in enumerate(found, first_rank)
    ]


def own_rank(ports: OwnRankPorts, player_id: str) -> OwnRank:
    """A player's rank, clicks and neighbours: up to five on each side. A hidden player sees themselves there."""
    score = ports.all_time_board.score(player_id)
    if score is None:
        load_player(ports, player_id)
        score = ports.all_time_board.score(player_id)
    if score is None:
        live = ports.saving.read([player_id])
        score = score_of(live[0].clicks, live[0].last_tap_at_ms) if live else 0.0
    return rank_among(ports, player_id, score, ports.all_time_board.neighbours(player_id, score, EACH_SIDE))


async def own_rank_async(ports: AsyncOwnRankPorts, player_id: str) -> OwnRank:
    """As own_rank, on an event loop: a thread reads names that are not kept, and all of a player not on the board."""
    found = await ports.pipelined_all_time_board.rank(player_id, EACH_SIDE)
    if found is None:
        return await in_thread(own_rank, ports, player_id)
    score, around, shown = found
    missing = [row_id for row_id, _ in around.rows if row_id not in shown]
    if missing:
        shown = {**shown, **await in_thread(_read_names, ports, missing)}
    return OwnRank(around.rank, clicks_of(score), named(around.rows, _first_rank(player_id, around), shown))


def _read_names(ports: AsyncOwnRankPorts, player_ids: Sequence[str]) -> dict[str, Shown]:
    """What others see of players, which is kept for the next who asks; nothing while DynamoDB is unavailable."""
    shown = dict.fromkeys(player_ids, Shown())
    try:
        shown |= ports.players.shown(player_ids)
        ports.kept_accounts.keep_shown(shown)
    except StoreUnavailable as error:
        log.warning("names are not read, or not kept: %s", error.message)
    return shown


def rank_among(ports: NamePorts, player_id: str, score: float, found: Neighbours) -> OwnRank:
    """A player's rank among their neighbours, whether or not the board shows the player to others."""
    return OwnRank(found.rank, clicks_of(score), entries(ports, found.rows, _first_rank(player_id, found)))


def _first_rank(player_id: str, found: Neighbours) -> int:
    return found.rank - [row_id for row_id, _ in found.rows].index(player_id)
