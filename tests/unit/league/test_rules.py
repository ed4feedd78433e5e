from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.league.model import TIERS, Division, Moved, Seat, Zone
from tapstack.league.rules import DIVISION, Moves, moves, plan, tiers_open, zone


def names(count: int, prefix: str = "p") -> list[str]:
    return [f"{prefix}{n:03d}" for n in range(count)]


def seated(tier: int, members: list[str], number: int = 1) -> Division:
    return Division(Seat(tier, number), dict.fromkeys(members, Moved.STAYED))


def tier_of(divisions: list[Division]) -> dict[str, tuple[int, Moved]]:
    return {i: (d.seat.tier, moved) for d in divisions for i, moved in d.members.items()}


def test_first_league_is_the_lowest_tier_by_last_weeks_places() -> None:
    found = plan(names(120), (), 1)
    assert [(d.seat, len(d.members)) for d in found.divisions] == [
        (Seat(0, 1), 40),
        (Seat(0, 2), 40),
        (Seat(0, 3), 40),
    ]
    assert list(found.divisions[0].members) == names(40)
    assert set(tier_of(found.divisions).values()) == {(0, Moved.NEW)}
    assert found.tiers_open == len(TIERS)


@pytest.mark.parametrize(("players", "tiers"), [(0, 1), (19, 1), (20, 2), (79, 4), (80, 5), (100_000, 5)])
def test_league_opens_a_tier_for_each_twenty_players(players: int, tiers: int) -> None:
    assert tiers_open(players) == tiers


@pytest.mark.parametrize(
    ("tier", "players", "tiers", "going"),
    [(0, 50, 5, (10, 0)), (2, 50, 5, (10, 10)), (4, 50, 5, (0, 10)), (0, 50, 1, (0, 0)), (1, 4, 2, (0, 0))],
)
def test_a_fifth_goes_up_and_a_fifth_goes_down(tier: int, players: int, tiers: int, going: Moves) -> None:
    assert moves(tier, players, tiers) == going


def test_zone_of_a_place() -> None:
    going = Moves(10, 10)
    zones = [zone(rank, 5, 50, going, 2) for rank in range(1, 51)]
    assert zones == [Zone.UP] * 10 + [Zone.STAY] * 30 + [Zone.DOWN] * 10
    assert zone(1, 0, 50, going, 2) is Zone.DOWN
    assert zone(1, 0, 50, Moves(10, 0), 0) is Zone.STAY


def test_best_of_a_division_go_up_and_its_last_go_down() -> None:
    gold = names(50)
    found = tier_of(plan(gold, [seated(2, gold)], 5).divisions)
    # 50 players open three tiers: whoever went up to the fourth stays in the third
    assert found["p000"] == (2, Moved.UP)
    assert found["p010"] == (2, Moved.STAYED)
    assert found["p039"] == (2, Moved.STAYED)
    assert found["p040"] == found["p049"] == (1, Moved.DOWN)


def test_player_without_taps_goes_down_a_tier_a_week_and_leaves_from_the_lowest() -> None:
    active = names(60, "a")
    last = [seated(0, [*active[:30], "gone"]), seated(1, [*active[30:], "away"])]
    found = tier_of(plan(active, last, 2).divisions)
    assert found["away"] == (0, Moved.DOWN)
    assert "gone" not in found
    assert len(found) == 61


def test_player_without_a_seat_comes_into_the_lowest_tier() -> None:
    active = names(50, "a")
    found = tier_of(plan(["new", *active], [seated(1, active)], 5).divisions)
    assert found["new"] == (0, Moved.NEW)


def test_divisions_of_a_tier_are_filled_by_last_weeks_places_whatever_division_that_was() -> None:
    ranked = names(100)
    shuffled = [*ranked[::2], *ranked[1::2]]
    last = [seated(0, shuffled[:50], 1), seated(0, shuffled[50:], 2)]
    bronze = [list(d.members) for d in plan(ranked, last, 1).divisions if d.seat.tier == 0]
    assert [i for members in bronze for i in members] == ranked


@given(st.integers(0, 260), st.integers(1, 5), st.integers(0, 2**32))
def test_nobody_who_tapped_is_lost_or_seated_twice(players: int, tiers: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    ranked = names(players)
    members = [*ranked[: players * 2 // 3], *names(40, "idle")]
    chance.shuffle(members)
    last = [
        seated(chance.randrange(tiers), members[start : start + DIVISION], number)
        for number, start in enumerate(range(0, len(members), DIVISION), 1)
    ]
    found = plan(ranked, last, tiers)
    everybody = [i for d in found.divisions for i in d.members]
    assert len(everybody) == len(set(everybody))
    assert set(ranked) <= set(everybody)
    assert all(1 <= len(d.members) <= DIVISION for d in found.divisions)
    assert all(d.seat.tier < found.tiers_open for d in found.divisions)
    assert len({d.seat for d in found.divisions}) == len(found.divisions)
    again = plan(ranked, reversed(last), tiers)
    assert (again.name, again.divisions) == (found.name, found.divisions)


def test_another_week_has_another_name() -> None:
    assert plan(names(3), (), 1).name != plan(names(3)[::-1], (), 1).name
