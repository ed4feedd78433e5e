"""Changes of the leaderboard: applied to what a client has, they make exactly what the server has."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.servers import ROOT
from tapstack.leaderboards.model import Board, LeaderboardEntry
from tapstack.leaderboards.riding import KEPT, RecentBoards
from tapstack.leaderboards.rules import change_of, entry_of, is_fresh, with_own, with_version
from tapstack.play.model import BoardChange, BoardPlayer
from tapstack.players.rules.public_names import public_name

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/fixtures/board_changes.json").read_text())
"""Changes as the Mini App reads them: miniapp/tests/game/board-change.test.ts."""


def board_of(version: int, *rows: tuple[str, str | None, int], clicks: int = 0) -> Board:
    entries = [entry_of(rank, *row) for rank, row in enumerate(rows, 1)]
    return Board(version, version // 1_000, clicks, len(rows), 1, False, entries)


def shown_name(player: BoardPlayer | LeaderboardEntry) -> str:
    """Sent only for those who have chosen none: for others it is their username."""
    return player.username or player.public_name or ""


def applied(known: Board | None, change: BoardChange) -> Board:
    """What a client makes of a change, as the Mini App's board-change.ts does."""
    named = {player.rank: player for player in change.players}
    entries = []
    for rank, clicks in enumerate(change.clicks, 1):
        player = named.get(rank) or (known.entries[rank - 1] if known else None)
        assert player
        entries.append(LeaderboardEntry(rank, player.id, player.username, clicks, shown_name(player)))
    totals = change.totals
    rebuilding = change.rebuilding is True
    return Board(change.version, 0, totals.clicks, totals.players, totals.active, rebuilding, entries)


def undated(board: Board | None) -> Board | None:
    return board and replace(board, generated_at_s=0)


def told(recent: RecentBoards, since: int) -> BoardChange:
    news = recent.news(since)
    assert news
    assert news.change
    return news.change


places = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from([None, "x", "y"]), st.integers(1, 5)),
    max_size=6,
    unique_by=lambda row: row[0],
)
contents = st.builds(
    lambda rows, clicks, rebuilding: replace(board_of(0, *rows, clicks=clicks), rebuilding=rebuilding),
    places,
    st.integers(0, 3),
    st.booleans(),
)
steps = st.lists(st.tuples(contents, st.integers(-2_000, 9_000), st.sampled_from(["lost", "asked", "wiped"])))


@given(steps, st.integers(0, 2**53 - 1))
def test_any_boards_and_lost_answers_leave_a_client_with_the_board_of_the_server(
    steps: list[tuple[Board, int, str]], made_up: int
) -> None:
    """Whatever the clock does, whichever boards a process sees, and though Redis loses the published one.

    A lost board is not computed again in the very millisecond whose version it had.
    """
    now_ms, last, recent, shown = 1_800_000_000_000, None, RecentBoards(), None
    used: set[int] = set()
    for content, passed_ms, what in steps:
        now_ms += passed_ms
        while what == "wiped" and now_ms in used:
            now_ms += 1
        last = with_version(replace(content, generated_at_s=now_ms // 1_000), None if what == "wiped" else last, now_ms)
        used.add(last.version)
        if what == "lost":
            continue
        recent.saw(last)
        news = recent.news(shown.version if shown else 0)
        assert news
        assert news.version == last.version
        shown = applied(shown, news.change) if news.change else shown
        assert undated(shown) == undated(last)
        if made_up != last.version:
            whole = told(recent, made_up)
            if made_up not in {0, *recent._seen}:
                assert undated(applied(None, whole)) == undated(last)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_change_is_written_as_the_mini_app_reads_it(case: dict[str, Any]) -> None:
    since, board = (case[name] and msgspec.convert(case[name], Board) for name in ("since", "board"))
    assert json.loads(msgspec.json.encode(change_of(board, since))) == case["change"]
    assert undated(applied(since, change_of(board, since))) == undated(board)


def test_versions_rise_with_the_content_even_where_the_clock_is_set_back() -> None:
    first = with_version(board_of(0, ("a", None, 1)), None, 5_000)
    assert first.version == 5_000
    same = with_version(replace(first, version=0, generated_at_s=9), first, 9_000)
    assert (same.version, same.generated_at_s) == (5_000, 9)
    assert with_version(board_of(0, ("a", None, 2)), first, 5_000).version == 5_001
    assert with_version(board_of(0, ("a", None, 2)), first, 3_000).version == 5_001


def test_boards_are_fresh_for_5_s_and_never_from_the_future() -> None:
    board = board_of(7_000)
    assert [is_fresh(board, now_ms) for now_ms in (6_999, 7_000, 11_999, 12_000)] == [False, True, True, False]


def test_a_change_has_few_bytes() -> None:
    """Data from functions to the internet costs $0.09 a GB."""
    rows = [(f"{n:016x}", f"player_{n:05}", 9_876_543 - n) for n in range(20)]
    was, now = board_of(1_800_000_000_000, *rows), board_of(1_800_000_005_000, *((*r[:2], r[2] + 25) for r in rows))
    swapped = replace(now, entries=board_of(0, rows[1], rows[0], *rows[2:]).entries)
    sizes = [len(msgspec.json.encode(change_of(now, since))) for since in (was, None)]
    assert sizes == [255, 1_485]
    assert len(msgspec.json.encode(change_of(swapped, was))) - sizes[0] < 130


def test_a_change_names_players_as_others_see_them() -> None:
    """Each once: a username is the public name."""
    change = change_of(board_of(1, ("a", "ada", 2), ("b", None, 1)))
    assert json.loads(msgspec.json.encode(change.players)) == [
        {"rank": 1, "id": "a", "username": "ada"},
        {"rank": 2, "id": "b", "username": None, "public_name": public_name("b", None)},
    ]


def test_public_names_come_to_clients_who_have_the_board_of_an_older_release() -> None:
    now = board_of(2, ("a", "ada", 2), ("b", None, 1))
    older = replace(now, version=1, entries=[replace(entry, public_name="") for entry in now.entries])
    assert [player.id for player in change_of(now, older).players] == ["b"]


def test_a_process_remembers_a_few_boards_and_computes_a_change_once() -> None:
    recent = RecentBoards()
    for n in range(1, 3 * KEPT):
        recent.saw(board_of(n, ("a", None, n), ("b", None, 1)))
    assert len(recent._seen) == KEPT
    assert told(recent, 3 * KEPT - 3).players == []
    for forgotten in (1, 0, 10**15):
        assert len(told(recent, forgotten).players) == 2
    assert told(recent, 7) is told(recent, 8)
    assert len(recent._changes) == 2


BOARD = [entry_of(1, "a", "ada", 30), entry_of(2, "b", None, 20), entry_of(3, "c", "cid", 10)]


@pytest.mark.parametrize(
    ("player_id", "clicks", "expected"),
    [
        ("b", 20, "a30 b20 c10"),
        ("b", 19, "a30 b20 c10"),
        ("b", 30, "a30 b30 c10"),
        ("b", 31, "b31 a30 c10"),
        ("c", 21, "a30 c21 b20"),
        ("d", 10, "a30 b20 c10"),
        ("d", 11, "a30 b20 d11"),
        ("d", 0, "a30 b20 c10"),
    ],
)
def test_player_is_where_their_clicks_of_this_moment_put_them(player_id: str, clicks: int, expected: str) -> None:
    best = with_own(BOARD, player_id, None, clicks, size=3)
    assert " ".join(f"{entry.id}{entry.clicks}" for entry in best) == expected
    assert [entry.rank for entry in best] == [1, 2, 3]


def test_board_that_is_not_full_shows_a_player_who_has_just_tapped() -> None:
    assert with_own([], "a", None, 1, size=20) == [entry_of(1, "a", None, 1)]
    assert with_own([], "a", None, 0, size=20) == []
