"""Claims: once for each cause, never too early or too late, and nothing lost at the end of a season."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from support.economy import CHANCE, EconomyPlayer, catalogue, changed
from tapstack.economy import claiming, commands
from tapstack.economy.catalogue.model import Metric
from tapstack.economy.deciding import settled
from tapstack.economy.model import Count, Goals, Mail, Wallet
from tapstack.economy.rules import causes, journal, metrics, seasons
from tapstack.economy.rules.missions import Picked
from tapstack.economy.rules.tallies import NEVER, grown
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import GameError

HOUR_MS = 3_600_000
AMBER, FROST, BLOOM = catalogue().seasons
MONDAY_MS = int(datetime(2026, 9, 21, tzinfo=UTC).timestamp()) * 1_000


def player(**goals: object) -> EconomyPlayer:
    """A player on a Monday morning, in the middle of a season."""
    one = EconomyPlayer(now_ms=MONDAY_MS + 9 * HOUR_MS)
    one.aim(**goals)
    return one


def refused(one: EconomyPlayer, command: commands.AnyCommand) -> GameError:
    before = one.holdings
    with pytest.raises(GameError) as refusal:
        one.do(command)
    assert one.holdings == before
    return refusal.value


def claim(cause: str) -> commands.Claim:
    return commands.Claim(cause=cause)


def picks(one: EconomyPlayer, period: Period) -> list[Picked]:
    draft = settled(one.holdings, catalogue(), "", one.now_ms)
    return claiming.picks(draft, CHANCE.key, period)


def cause_of(one: EconomyPlayer, picked: Picked) -> str:
    period = Period(picked.mission.period)
    return causes.mission(period, period.number_at(one.now_ms), picked.mission.id)


def finish(one: EconomyPlayer, picked: Picked) -> str:
    """Does all of a mission, whatever it takes; returns its cause."""
    target, metric = picked.band.target, picked.mission.metric
    if metric is Metric.TAPS:
        one.tap(target)
    elif metric is Metric.COINS:
        one.do(commands.Grant(account="mint:tests", coin=target))
    elif metric in metrics.TALLIES:
        wallet = one.holdings.wallet
        numbers = (one.now_ms // DAY_MS, Period.WEEK.number_at(one.now_ms), Period.MONTH.number_at(one.now_ms))
        grown_tally = grown(wallet.tallies.get(metric, NEVER), target, numbers)
        one.have(wallet=msgspec.structs.replace(wallet, tallies={**wallet.tallies, metric: grown_tally}))
    else:
        goals = one.holdings.goals
        one.aim(counts=metrics.grown(goals.counts, metric, target, one.now_ms // DAY_MS))
    return cause_of(one, picked)


# -- missions --


def test_a_mission_pays_once_it_is_done_and_only_once() -> None:
    one = player()
    for picked in picks(one, Period.DAY):
        early = refused(one, claim(cause_of(one, picked)))
        assert (early.code, early.data["need"]) == ("too_early", picked.band.target)
        cause = finish(one, picked)
        one.do(commands.Settle())
        before = one.holdings.wallet.coin
        one.do(claim(cause), cause)
        assert one.holdings.wallet.coin - before == picked.band.reward.coin
        assert refused(one, claim(cause)).code == "claimed"
    assert set(one.holdings.goals.daily) == {p.mission.id for p in picks(one, Period.DAY)}


def test_three_of_different_kinds_the_same_all_day_and_others_for_others() -> None:
    seen = set()
    for name in range(40):
        one = player()
        one.have(player_id=f"player{name}")
        for period in (Period.DAY, Period.WEEK):
            found = picks(one, period)
            assert len(found) == len({p.mission.metric for p in found}) == 3
            one.now_ms += HOUR_MS
            assert picks(one, period) == found
            seen |= {p.mission.id for p in found}
    assert len(seen) >= 20


def test_what_is_difficult_depends_on_the_taps_before_the_week_and_stays_all_week() -> None:
    one = player()
    easy = {p.mission.id: p.band.target for p in picks(one, Period.WEEK)}
    one.tap(200_000)
    one.do(commands.Settle())
    assert {p.mission.id: p.band.target for p in picks(one, Period.WEEK)} == easy
    one.now_ms += 7 * DAY_MS
    hard = picks(one, Period.WEEK)
    assert all(p.band == p.mission.bands[-1] for p in hard)


@pytest.mark.parametrize(
    ("later_ms", "code"), [(-DAY_MS, "too_early"), (DAY_MS, "period_over"), (700 * DAY_MS, "period_over")]
)
def test_a_mission_is_claimed_on_its_own_day(later_ms: int, code: str) -> None:
    one = player()
    cause = finish(one, picks(one, Period.DAY)[0])
    one.now_ms += later_ms
    assert refused(one, claim(cause)).code == code


def test_another_players_mission_is_none_of_ones_own() -> None:
    one = player()
    own = {p.mission.id for p in picks(one, Period.DAY)}
    other = next(m for m in catalogue().missions.templates if m.period == "day" and m.id not in own)
    assert refused(one, claim(causes.mission(Period.DAY, one.now_ms // DAY_MS, other.id))).code == "unknown_cause"


def test_an_exchanged_mission_is_gone_the_others_stay_and_there_is_one_a_day() -> None:
    for name in range(30):
        one = player()
        one.have(player_id=f"player{name}")
        one.rich(coin=1_000)
        before = picks(one, Period.DAY)
        away = before[name % 3]
        new = one.do(commands.Reroll(cause=cause_of(one, away))).entry.result["new"]
        after = picks(one, Period.DAY)
        stayed = {p.mission.id for p in before} - {away.mission.id}
        assert {p.mission.id for p in after} == stayed | {new.rpartition("#")[2]}
        assert away.mission.id not in {p.mission.id for p in after}
        assert refused(one, claim(cause_of(one, away))).code == "unknown_cause"
        assert refused(one, commands.Reroll(cause=cause_of(one, after[0]))).code == "no_reroll"
        one.now_ms += DAY_MS
        one.do(commands.Reroll(cause=cause_of(one, picks(one, Period.WEEK)[0])))


def test_an_exchange_costs_coins_and_not_a_claimed_mission() -> None:
    one = player()
    picked = picks(one, Period.DAY)[0]
    assert refused(one, commands.Reroll(cause=cause_of(one, picked))).code == "not_enough"
    one.rich(coin=1_000)
    cause = finish(one, picked)
    one.do(claim(cause), cause)
    assert refused(one, commands.Reroll(cause=cause)).code == "claimed"
    assert refused(one, commands.Reroll(cause="c#ach#taps#1")).code == "unknown_cause"


def test_the_chest_is_for_all_missions_of_the_week_and_brings_a_freeze_of_at_most_two() -> None:
    one = player(freezes=2)
    chest = causes.chest(Period.WEEK.number_at(one.now_ms))
    for picked in picks(one, Period.WEEK):
        assert refused(one, claim(chest)).code == "too_early"
        cause = finish(one, picked)
        one.do(claim(cause), cause)
    one.do(claim(chest), chest)
    assert one.holdings.goals.freezes == 2
    assert refused(one, claim(chest)).code == "claimed"
    one.now_ms += 7 * DAY_MS
    assert refused(one, claim(chest)).code == "period_over"


def test_a_clock_that_jumps_back_over_midnight_makes_no_claim_count_twice() -> None:
    """Each entry's key is its cause; what is left to show is that no other cause appears for the same thing."""
    one, made = player(), []
    for jump_ms in (0, DAY_MS, -DAY_MS, DAY_MS):
        one.now_ms += jump_ms
        for picked in picks(one, Period.DAY):
            cause = finish(one, picked)
            try:
                one.do(claim(cause), cause)
            except GameError:
                continue
            made.append(cause)
    assert len(set(made)) <= 2 * catalogue().missions.places


# -- achievements --


def test_tiers_of_an_achievement_are_claimed_one_after_the_other_once_they_are_reached() -> None:
    one = player()
    one.tap(1_000)
    assert refused(one, claim("c#ach#taps#2")).data["next"] == "c#ach#taps#1"
    one.do(claim("c#ach#taps#1"), "c#ach#taps#1")
    one.do(claim("c#ach#taps#2"), "c#ach#taps#2")
    third = refused(one, claim("c#ach#taps#3"))
    assert (third.code, third.data) == ("too_early", {"have": 1_000, "need": 5_000})
    assert refused(one, claim("c#ach#taps#1")).code == "claimed"
    assert one.holdings.goals.achieved == {"taps": 2}


@pytest.mark.parametrize(
    "cause",
    ["c#ach#taps#4", "c#ach#taps#0", "c#ach#taps#01", "c#ach#taps", "c#ach#nothing#1", "c#ach#TAPS#1", "c#ach#taps#1#1"]
    + ["c#sea#nothing#1", "c#sea#amber_2026#31", "c#sea#amber_2026#99", "c#mis#2026-09-21#nothing", "c#mis#2026-W39#x"]
    + ["c#mis#2026-9-21#day_taps", "c#mis#20260921#day_taps", "c#mis#2026-02-30#day_taps", "c#mis#day_taps#2026-09-21"]
    + ["c#chest#2026-W60", "c#chest#2026-09-21", "c#chest#2026-w39", "c#lea#2026-W38", "c#day#2026-09-21", "c#ref#x"]
    + ["c#xxx#1", "c##", "c#mis#9999-W99#a1", "c#mis#0000-01-01#day_taps"],
)
def test_what_names_nothing_is_unknown(cause: str) -> None:
    one = player()
    one.tap(10_000)
    assert refused(one, claim(cause)).code == "unknown_cause"


def test_a_retired_achievement_is_not_given_any_more() -> None:
    one = player()
    one.tap(10_000)
    one.by = changed(lambda data: data["achievements"][0].update(retired=True))
    assert refused(one, claim("c#ach#taps#1")).code == "unknown_cause"


# -- seasons --


def in_season(steps: int = 0) -> EconomyPlayer:
    """A player with so many steps of the season reached, and none claimed."""
    one = player()
    one.do(commands.Settle())
    one.tap(1)
    one.do(commands.Settle())
    if steps:
        one.do(commands.Grant(account="mint:tests", xp=AMBER.steps[steps - 1].xp))
    return one


def test_a_step_is_claimed_by_the_xp_of_its_season_once() -> None:
    one = in_season(2)
    assert one.holdings.goals.season == AMBER.id
    cause = causes.step(AMBER.id, 2)
    one.do(claim(cause), cause)
    assert refused(one, claim(cause)).code == "claimed"
    assert refused(one, claim(causes.step(AMBER.id, 3))).code == "too_early"
    assert refused(one, claim(causes.step(FROST.id, 1))).code == "too_early"


def test_what_is_not_claimed_when_a_season_ends_comes_with_the_next_command_once() -> None:
    one = in_season(4)
    cause = causes.step(AMBER.id, 1)
    one.do(claim(cause), cause)
    before = one.holdings.wallet.coin
    one.now_ms = seasons.ends_ms(AMBER) + 5 * HOUR_MS
    one.do(commands.Settle())
    unclaimed = [step.reward for step in AMBER.steps[1:4]]
    assert one.holdings.wallet.coin - before == sum(reward.coin for reward in unclaimed)
    assert one.holdings.stacks == {"mint_tea": 1, "paper_bag": 1}
    assert (one.holdings.goals.season, one.holdings.goals.steps) == (FROST.id, 0)
    for later_ms in (0, -6 * HOUR_MS, 7 * HOUR_MS, DAY_MS):  # a clock that jumps back into the season, too
        one.now_ms += later_ms
        one.do(commands.Grant(account="mint:tests", xp=AMBER.steps[4].xp))
        one.do(commands.Settle())
        assert one.holdings.wallet.coin - before == sum(reward.coin for reward in unclaimed)
    assert refused(one, claim(causes.step(AMBER.id, 2))).code == "period_over"


def test_a_season_that_no_other_follows_pays_once() -> None:
    one = in_season(3)
    one.now_ms = seasons.starts_ms(BLOOM) + HOUR_MS
    one.do(commands.Settle())
    one.do(commands.Grant(account="mint:tests", xp=BLOOM.steps[2].xp))
    before = one.holdings.wallet.coin
    for later_ms in (seasons.ends_ms(BLOOM) - one.now_ms, 1, -2 * DAY_MS, 3 * DAY_MS, 300 * DAY_MS):
        one.now_ms += later_ms
        one.do(commands.Settle())
        assert one.holdings.wallet.coin - before == sum(step.reward.coin for step in BLOOM.steps[:3])


def test_a_season_that_nobody_was_there_for_is_skipped_and_pays_only_what_was_reached_in_it() -> None:
    one = in_season(3)
    one.now_ms = seasons.starts_ms(BLOOM) + HOUR_MS
    before = one.holdings.wallet.coin
    one.do(commands.Settle())
    assert one.holdings.wallet.coin - before == sum(step.reward.coin for step in AMBER.steps[:3])
    assert one.holdings.goals.season == BLOOM.id


def test_taps_that_were_settled_late_count_for_one_season_only() -> None:
    """A million taps from before are settled after the turn: what can't have been made since counts for the old one."""
    one = in_season()
    one.tap(100_000)
    one.now_ms = seasons.starts_ms(FROST) + HOUR_MS
    one.do(commands.Settle())
    payable = catalogue().energy.full + HOUR_MS // catalogue().energy.every_ms
    assert one.holdings.wallet.xp - one.holdings.goals.season_base <= payable + 10**5 // 100
    old_steps = [step for step in AMBER.steps if step.xp <= 100_000 - payable]
    assert one.holdings.goals.counts[Metric.STEPS].total == len(old_steps)


def test_a_season_of_a_catalogue_that_was_taken_back_waits() -> None:
    one = in_season(3)
    one.now_ms = seasons.ends_ms(AMBER) + HOUR_MS
    one.by = changed(lambda data: data.update(seasons=[]))
    one.do(commands.Settle())
    assert one.holdings.goals.season == AMBER.id
    one.by, before = catalogue(), one.holdings.wallet.coin
    one.do(commands.Settle())
    assert one.holdings.wallet.coin - before == sum(step.reward.coin for step in AMBER.steps[:3])


# -- the referral --


def invited(inviter: str | None) -> EconomyPlayer:
    one = player()
    one.have(inviter=inviter)
    return one


def test_an_inviter_is_paid_once_when_the_invited_player_has_tapped_up_to_the_level() -> None:
    one = invited("inviter")
    one.tap(159)
    assert one.do(commands.Settle()).sent == ()
    one.tap(1)
    ((to, mail),) = one.do(commands.Settle()).sent
    assert (to, mail.cause, mail.coin) == ("inviter", "c#ref#p1", catalogue().referral.reward.coin)
    one.tap(5_000)
    assert one.do(commands.Settle()).sent == ()


def test_nobody_is_paid_for_who_came_alone() -> None:
    one = invited("")
    one.tap(1_000)
    assert one.do(commands.Settle()).sent == ()
    assert one.holdings.goals.referred


def test_the_mail_of_a_referral_counts_a_friend() -> None:
    one = player()
    one.get(Mail(cause="c#ref#p2", account="mint:goals", coin=250))
    one.do(claim("c#ach#friends#1"), "c#ach#friends#1")
    assert one.holdings.wallet.tallies["friends"].total == 1


# -- prizes, check-ins --


def test_a_prize_is_for_a_place_that_the_game_has_read() -> None:
    one = player()
    cause = causes.league(Period.WEEK.number_at(one.now_ms) - 1)
    assert refused(one, claim(cause)).code == "unknown_cause"
    assert refused(one, commands.Claim(cause=cause, tier="gold", rank=50)).code == "unknown_cause"
    one.do(commands.Claim(cause=cause, tier="gold", rank=1), cause)
    prize = catalogue().prize("gold", 1)
    assert prize and one.holdings.wallet.coin == prize.reward.coin
    assert refused(one, commands.Claim(cause=cause, tier="gold", rank=1)).code == "claimed"


def test_check_in_pays_the_rewards_of_the_streaks_days() -> None:
    one, rewards = player(), catalogue().streak.days
    for day in range(len(rewards) + 2):
        one.tap(1)
        one.do(commands.Settle())
        before = one.holdings.wallet.coin
        one.do(commands.CheckIn())
        assert one.holdings.wallet.coin - before == rewards[min(day, len(rewards) - 1)].coin
        assert refused(one, commands.CheckIn()).code == "checked_in"
        one.now_ms += DAY_MS
    assert refused(one, commands.CheckIn()).code == "no_tap_today"


def test_who_has_never_tapped_does_not_check_in() -> None:
    one = player()
    one.have(last_tap_ms=one.now_ms)
    assert refused(one, commands.CheckIn()).code == "no_tap_today"


# -- sizes, and the journal --


def counted() -> list[Metric]:
    """The metrics that are counted with the goals, and nowhere else."""
    return [metric for metric in Metric if metrics.total(metric, Wallet(), Goals(counts={str(metric): Count(1)})) == 1]


def full() -> Goals:
    """Goals of somebody who has done it all."""
    day = MONDAY_MS // DAY_MS
    ids = [m.id for m in catalogue().missions.templates]
    return Goals(
        counts={str(metric): Count(10**7, day, 10**4, 10**5, 10**6) for metric in counted()},
        day=day,
        daily=tuple(ids[:3]),
        daily_out=(ids[4],),
        week=day // 7,
        weekly=tuple(ids[16:19]),
        weekly_out=tuple(ids[20:27]),
        chest=True,
        rerolled=day,
        achieved={one.id: len(one.tiers) for one in catalogue().achievements},
        streak=10_000,
        best=10_000,
        freezes=2,
        checked_at_ms=MONDAY_MS,
        due_ms=MONDAY_MS,
        zone="America/Argentina/ComodRivadavia",
        zone_before="America/North_Dakota/New_Salem",
        zone_at_ms=MONDAY_MS,
        season="a" * 32,
        season_base=10**10,
        season_over=True,
        steps=2**50 - 1,
        league=5_000,
        referred=True,
    )


def test_goals_of_somebody_who_has_done_it_all_fit_into_2_kb() -> None:
    assert len(msgspec.json.encode(full())) <= 2_048


@pytest.mark.parametrize(
    "after",
    [
        lambda goals: full(),  # noqa: ARG005
        lambda goals: goals,
        lambda goals: Goals(),  # noqa: ARG005
        lambda goals: msgspec.structs.replace(goals, streak=1, daily=()),
    ],
)
def test_the_journal_gives_the_goals_back(after: Callable[[Goals], Goals]) -> None:
    one = player()
    one.do(commands.Settle())
    entry = one.entries[-1]
    for old in (Goals(counts=full().counts, achieved=full().achieved), full()):
        new = msgspec.structs.replace(after(old), counts=old.counts, achieved=old.achieved)
        changed = msgspec.structs.replace(entry, goals=journal.goal_changes(old, new))
        assert journal.replay_goals(old, changed) == new
