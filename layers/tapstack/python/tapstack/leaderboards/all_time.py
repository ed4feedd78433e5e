"""The public leaderboard: computed at most once per 5 s for everybody, served as it was last computed."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import Board, LeaderboardEntry, OwnRank
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import redis_keys as play_keys
from tapstack.play.rules.pacing import flush_every_ms
from tapstack.play.rules.score import clicks_of, score_of
from tapstack.play.taps import ask_for, load_player

if TYPE_CHECKING:
    from tapstack.ports import Stores

TOP = 20
EVERY_MS = 5_000
EACH_SIDE = 5


def current(stores: Stores) -> Board:
    """The leaderboard as it is served now: at most about 5 s old while anybody asks."""
    board = _published(stores)
    if board is None or not is_fresh(board, stores.clock()):
        return refresh(stores) or _published(stores) or _compute(stores, None)
    return board


def is_fresh(board: Board, now_ms: int) -> bool:
    """Whether a board may be served as it is; not one of the future: the clock has been set back."""
    return 0 <= now_ms - board.generated_at_s * 1_000 < EVERY_MS


def refresh(stores: Stores) -> Board | None:
    """Computes and publishes the leaderboard, unless somebody has within 5 s: then None."""
    if not stores.leases.claim(keys.BOARD_LEASE, EVERY_MS):
        return None
    return _compute(stores, _published(stores))


def refresh_soon(stores: Stores) -> None:
    """Computes the leaderboard now, or as soon as it may be computed again."""
    if refresh(stores) is None and stores.leases.claim(keys.BOARD_LATER, EVERY_MS):
        ask_for(stores, "board", delay_s=EVERY_MS // 1_000)


def _published(stores: Stores) -> Board | None:
    raw = stores.all_time_board.published()
    try:
        return msgspec.json.decode(raw, type=Board) if raw else None
    except msgspec.DecodeError:  # another version of this code has written it
        return None


def _compute(stores: Stores, last: Board | None) -> Board:
    summaries = stores.all_time_board.summaries(TOP)
    best = heapq.nlargest(TOP, (row for s in summaries for row in s.top), key=lambda row: row[1])
    rows = [(player_id, clicks_of(score)) for player_id, score in best if score >= 1 and clicks_of(score)]
    now_ms = stores.clock()
    board = Board(
        version=now_ms,
        generated_at_s=now_ms // 1_000,
        total_clicks=sum(s.clicks for s in summaries),
        total_players=sum(s.players for s in summaries),
        active_players=sum(s.active for s in summaries),
        rebuilding=not all(s.warm for s in summaries),
        entries=entries(stores, rows, 1, last.entries if last else []),
    )
    if last and msgspec.structs.replace(board, version=0, generated_at_s=0) == msgspec.structs.replace(
        last, version=0, generated_at_s=0
    ):
        board = msgspec.structs.replace(board, version=last.version)
    stores.all_time_board.publish(msgspec.json.encode(board).decode())
    budget = stores.settings.requests_per_s_budget
    stores.all_time_board.spread(summaries, board.version, flush_every_ms(board.active_players, budget))
    return board


def entries(
    stores: Stores, rows: list[tuple[str, int]], first_rank: int, known: list[LeaderboardEntry]
) -> list[LeaderboardEntry]:
    """Rows with their usernames; where DynamoDB is away, with the names last seen."""
    try:
        names = stores.players.usernames([player_id for player_id, _ in rows]) if rows else {}
    except StoreUnavailable:
        names = {entry.id: entry.username for entry in known}
    return [
        LeaderboardEntry(rank, player_id, names.get(player_id), clicks)
        for rank, (player_id, clicks) in enumerate(rows, first_rank)
    ]


def standing(stores: Stores, player_id: str) -> OwnRank:
    """A player's own rank, clicks and neighbours: up to five on each side. A hidden player sees themselves there."""
    score = stores.all_time_board.score(player_id)
    if score is None:
        load_player(stores, player_id)
        score = stores.all_time_board.score(player_id)
    if score is None:
        live = stores.saving.read([player_id])
        score = score_of(live[0].clicks, live[0].last_tap_at_ms) if live else 0.0
    return place(stores, player_id, score, play_keys.SCORES)


def place(stores: Stores, player_id: str, score: float, boards: Sequence[str]) -> OwnRank:
    """Where a score is on a board, with the player in it who has it, whether or not the board shows them."""
    rank, rows = stores.all_time_board.place(player_id, score, EACH_SIDE, boards)
    above = [row_id for row_id, _ in rows].index(player_id)
    return OwnRank(rank, clicks_of(score), entries(stores, rows, rank - above, []))
