"""How taps add up on a group's board."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tapstack.groups import rules
from tapstack.groups.model import GroupBoard, SavedShare, Share

TAPS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 100)), max_size=20)


@given(TAPS)
def test_share_holds_all_taps_and_those_of_its_last_day(taps: list[tuple[int, int]]) -> None:
    share = Share()
    for day, n in sorted(taps):
        share = rules.credited(share, day, n)
    last = max((day for day, _ in taps), default=0)
    assert share == Share(sum(n for _, n in taps), last, sum(n for day, n in taps if day == last))


def test_late_tap_of_yesterday_counts_ever_only() -> None:
    assert rules.credited(Share(5, 8, 3), 7, 2) == Share(7, 8, 3)


def test_upgraded_group_goes_on_with_what_it_had() -> None:
    earlier = {"ada": SavedShare(Share(10, 7, 4), "x"), "bob": SavedShare(Share(3, 6, 3), "x")}
    own = {"ada": SavedShare(Share(5, 7, 2), "y"), "cid": SavedShare(Share(1, 7, 1), "y")}
    shares = rules.shares_of(GroupBoard(own, earlier))
    assert shares == {"ada": Share(15, 7, 6), "bob": Share(3, 6, 3), "cid": Share(1, 7, 1)}
    assert rules.shares_of(GroupBoard({"bob": SavedShare(Share(2, 7, 2), "y")}, earlier))["bob"] == Share(5, 7, 2)


def test_places_are_by_taps_of_the_day_or_ever_without_who_is_not_shown() -> None:
    shares = {"ada": Share(9, 7, 1), "bob": Share(8, 6, 8), "cid": Share(3, 7, 3), "eve": Share(99, 7, 99)}
    shown = {"ada", "bob", "cid"}
    today = rules.places(rules.ranked(shares, 7), shown, 5)
    ever = rules.places(rules.ranked(shares, None), shown, 2)
    assert [(p.rank, p.id, p.clicks) for p in today] == [(1, "cid", 3), (2, "ada", 1)]
    assert [(p.rank, p.id, p.clicks) for p in ever] == [(1, "ada", 9), (2, "bob", 8)]
