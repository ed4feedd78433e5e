from __future__ import annotations

import pytest
from tapstack.leaderboards.model import LeaderboardEntry
from tapstack.leaderboards.rules import with_own

BOARD = [LeaderboardEntry(1, "a", "ada", 30), LeaderboardEntry(2, "b", None, 20), LeaderboardEntry(3, "c", "cid", 10)]


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
    assert with_own([], "a", None, 1, size=20) == [LeaderboardEntry(1, "a", None, 1)]
    assert with_own([], "a", None, 0, size=20) == []
