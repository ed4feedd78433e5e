"""What a season and the league promise is paid, all of it and once: held against who is owed what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.economy import EconomyPlayer, catalogue
from support.fakes.ports import MemoryGame, memory_game
from tapstack.economy import claiming, commands
from tapstack.economy.catalogue.model import Metric
from tapstack.economy.model import Count
from tapstack.economy.performing import whole
from tapstack.economy.rules import causes, seasons
from tapstack.goals import claims, prizes
from tapstack.goals.reading import GoalsReader
from tapstack.league.model import TIERS, Division, League, Moved, Placing, Seat
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import GameError

AMBER = catalogue().seasons[0]
MOST_XP = AMBER.steps[-1].xp

Actions = list[tuple[str, int]]

ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("xp"), st.integers(1, MOST_XP // 2)),
        st.tuples(st.just("claim"), st.integers(1, len(AMBER.steps))),
        st.tuples(st.just("days"), st.integers(1, 3)),
    ),
    max_size=12,
)


def play_season(actions: Actions, days_away: int) -> None:
    """Plays a season, comes back some time after its end, and compares what was paid with what was reached."""
    one, earned = EconomyPlayer(now_ms=seasons.starts_ms(AMBER) + DAY_MS), 0
    one.do(commands.Settle())
    for what, how_much in actions:
        if what == "days":
            one.now_ms = min(one.now_ms + how_much * DAY_MS, seasons.ends_ms(AMBER) - 1)
        elif what == "xp":
            one.do(commands.Grant(account="mint:tests", xp=how_much))
            earned += how_much
        else:
            cause = causes.step(AMBER.id, how_much)
            try:
                reward = one.do(commands.Claim(cause=cause), cause).entry.result
            except GameError:
                continue
            earned += reward.get("xp", 0)
    one.now_ms = seasons.ends_ms(AMBER) + days_away * DAY_MS
    one.do(commands.Settle())
    one.do(commands.Settle())
    owed = [step.reward for step in AMBER.steps if step.xp <= earned]
    assert one.holdings.goals.counts.get(Metric.STEPS, Count()).total == len(owed)
    assert one.holdings.wallet.coin == sum(reward.coin for reward in owed)
    assert one.holdings.wallet.gem == sum(reward.gem for reward in owed)


@settings(max_examples=40, deadline=None)
@given(ACTIONS, st.integers(0, 400))
def test_every_step_that_was_reached_in_a_season_is_paid_once_whoever_claimed_what(
    actions: Actions, days_away: int
) -> None:
    play_season(actions, days_away)


@pytest.mark.parametrize("broken", ["_pay_season", "seasons.claimed"])
def test_a_season_that_forgets_to_pay_or_pays_twice_is_noticed(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if broken == "_pay_season":
        monkeypatch.setattr(claiming, "_pay_season", lambda draft, *_: draft.aim(season_over=True))
    else:
        monkeypatch.setattr(seasons, "claimed", lambda *_: False)
    with pytest.raises(AssertionError):
        play_season([("xp", AMBER.steps[1].xp), ("claim", 1)], 1)


def close_league(game: MemoryGame) -> dict[str, int]:
    """A division that is closed, of as many players as have prizes and one more; what each is owed in coins."""
    week = Period.WEEK.number_at(game.stores.clock())
    players = [game.sign_in(number).id for number in range(1, 12)]
    tier = str(TIERS[1])
    placed = {player_id: Placing(1, rank) for rank, player_id in enumerate(players, 1)}
    league, seat = League(week, "plan", 1), Seat(1, 1)
    game.stores.league.put_all(league, [Division(seat, dict.fromkeys(players, Moved.STAYED), placed=placed)])
    game.stores.league.publish(league)
    game.stores.live_league.put_seats(week, dict.fromkeys(players, seat))
    game.stores.live_league.show(league)
    owed = {i: game.stores.catalogues.current().prize(tier, placing.rank) for i, placing in placed.items()}
    return {player_id: prize.reward.coin for player_id, prize in owed.items() if prize}


def coins_of(game: MemoryGame, player_id: str) -> int:
    return whole(game.stores, player_id).holdings.wallet.coin


def pay_league(game: MemoryGame) -> None:
    """Everybody looks at their goals and claims what is there, twice; compares that with what they are owed."""
    owed, stores = close_league(game), game.stores
    paid: dict[str, Any] = {}
    for number in range(1, 12):
        player_id = game.sign_in(number).id
        before = coins_of(game, player_id)
        prize = GoalsReader().progress(stores, player_id).league
        for _ in range(2 if prize else 0):
            assert prize
            claims.claim(stores, player_id, prize.cause)
        paid[player_id] = coins_of(game, player_id) - before
    assert {player_id: coins for player_id, coins in paid.items() if coins} == owed
    assert owed


def test_everybody_who_has_a_place_with_a_prize_is_paid_it_once() -> None:
    pay_league(memory_game())


def test_a_place_that_the_league_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    place = prizes.place

    def forgets_the_second(*asked: Any) -> tuple[str, int] | None:
        found = place(*asked)
        return None if found and found[1] == 2 else found

    monkeypatch.setattr(prizes, "place", forgets_the_second)
    with pytest.raises(AssertionError):
        pay_league(memory_game())
