"""Rewards for goals: what a claim, an exchange and a check-in do to a draft, and what comes without being asked for.

A claim's cause is the key of its entry, so it counts once for ever; what the goals keep of it (model.Goals) is for
showing, and for what depends on it. Everything else follows from counters (rules/metrics.py).
"""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.economy import commands
from tapstack.economy.catalogue.model import Catalogue, Currency, Metric, Reward, Season
from tapstack.economy.draft import GOALS, Draft
from tapstack.economy.model import Holdings, Mail
from tapstack.economy.rules import causes, metrics, missions, seasons, streaks
from tapstack.economy.rules.missions import Picked
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import Conflict
from tapstack.play.rules.levels import level_starts_at

Result = dict[str, Any]

_PERIODS = {str(period): period for period in missions.PERIODS}


# -- what every command does first --


def turn(draft: Draft) -> None:
    """Ends a season that is over, with all that was reached in it, and begins the one that has begun.

    A season that this catalogue does not know waits for one that does.
    """
    now_ms, goals = draft.now_ms, draft.goals
    last = draft.catalogue.seasons_by_id.get(goals.season)
    if last is None:
        if goals.season:
            return
    elif not goals.season_over:
        if now_ms < seasons.ends_ms(last):
            return
        _pay_season(draft, last)
    coming = seasons.at(draft.catalogue.seasons, now_ms)
    if coming is None or coming is last or (last is not None and coming.starts <= last.starts):
        return
    base = _xp_at(draft, seasons.starts_ms(coming))
    draft.aim(season=coming.id, season_base=base, season_over=False, steps=0)


def _pay_season(draft: Draft, season: Season) -> None:
    """Gives what was reached in a season and never claimed: nobody has to be there when it ends."""
    earned = _xp_at(draft, seasons.ends_ms(season)) - draft.goals.season_base
    for number, step in enumerate(season.steps, 1):
        if step.xp <= earned and not seasons.claimed(draft.goals.steps, number):
            draft.reward(step.reward)
            draft.reach(Metric.STEPS)
    draft.aim(season_over=True)


def _xp_at(draft: Draft, at_ms: int) -> int:
    return seasons.xp_at(at_ms, draft.now_ms, draft.holdings.wallet.xp, draft.wallet.xp, draft.catalogue.energy)


def owes_referral(holdings: Holdings, catalogue: Catalogue) -> bool:
    """Whether it is time to look who has invited a player: they have tapped up to the level that this pays at."""
    paid_taps = max(holdings.paid_taps, holdings.wallet.settled)
    rule = catalogue.referral
    return not holdings.goals.referred and rule.reward != Reward() and paid_taps >= level_starts_at(rule.level)


def refer(draft: Draft) -> None:
    """Pays the inviter, by mail, in the transaction of the player whom they invited: once, whatever is cut short."""
    inviter = draft.holdings.inviter
    if inviter is None or not owes_referral(draft.holdings, draft.catalogue):
        return
    draft.aim(referred=True)
    reward = draft.catalogue.referral.reward
    if inviter:
        cause = causes.REFERRAL + draft.holdings.player_id
        mail = Mail(
            cause=cause, account=GOALS, coin=reward.coin, gem=reward.gem, xp=reward.xp, goods=dict(reward.goods)
        )
        draft.sent.append((inviter, mail))


# -- claims --


def claim(draft: Draft, command: commands.Claim, key: bytes) -> Result:
    """Gives the reward for a cause. Raises NotFound (`unknown_cause`) and Conflict.

    Conflicts are `too_early` (with what there is and what it takes, where it is a matter of more), `period_over`, and
    `claimed` where an entry must say what came of it.
    """
    cause = causes.parse(command.cause)
    draft.goals = missions.begun(draft.goals, draft.now_ms)
    match cause:
        case causes.MissionCause():
            reward = _claim_mission(draft, cause, key)
        case causes.ChestCause():
            reward = _claim_chest(draft, cause)
        case causes.AchievementCause():
            reward = _claim_achievement(draft, cause)
        case causes.SeasonCause():
            reward = _claim_step(draft, cause)
        case causes.LeagueCause():
            reward = _claim_prize(draft, cause, command)
        case causes.RallyCause():
            reward = _claim_rally(draft, command)
    draft.reward(reward)
    return msgspec.to_builtins(reward)  # type: ignore[no-any-return]


def picks(draft: Draft, key: bytes, period: Period) -> list[Picked]:
    """The player's missions of the period that it is."""
    goals = missions.begun(draft.goals, draft.now_ms)
    taps = metrics.taps_before_week(draft.wallet, draft.now_ms)
    return missions.picked(draft.catalogue.missions, key, draft.holdings.player_id, goals, period, taps)


def done(draft: Draft, picked: Picked) -> int:
    """How much of a mission is done."""
    mission = picked.mission
    return metrics.in_period(mission.metric, draft.wallet, draft.goals, _PERIODS[mission.period], draft.now_ms)


def _claim_mission(draft: Draft, cause: causes.MissionCause, key: bytes) -> Reward:
    _refuse_other_period(draft, cause.period, cause.number)
    found = _mission(draft, cause, key)
    _refuse_claimed(found.claimed)
    _refuse_too_early(done(draft, found), found.band.target)
    if cause.period is Period.DAY:
        draft.aim(daily=(*draft.goals.daily, cause.id))
    else:
        draft.aim(weekly=(*draft.goals.weekly, cause.id))
    draft.reach(Metric.MISSIONS)
    return found.band.reward


def _mission(draft: Draft, cause: causes.MissionCause, key: bytes) -> Picked:
    found = next((one for one in picks(draft, key, cause.period) if one.mission.id == cause.id), None)
    if found is None:
        raise causes.unknown()
    return found


def _claim_chest(draft: Draft, cause: causes.ChestCause) -> Reward:
    _refuse_other_period(draft, Period.WEEK, cause.week)
    _refuse_claimed(draft.goals.chest)
    _refuse_too_early(len(draft.goals.weekly), draft.catalogue.missions.places)
    draft.aim(chest=True)
    draft.reach(Metric.CHESTS)
    return draft.catalogue.missions.chest


def _claim_achievement(draft: Draft, cause: causes.AchievementCause) -> Reward:
    achievement = draft.catalogue.achievements_by_id.get(cause.id)
    claimed = draft.goals.achieved.get(cause.id, 0)
    if achievement is None or not 1 <= cause.tier <= len(achievement.tiers):
        raise causes.unknown()
    _refuse_claimed(cause.tier <= claimed)
    if achievement.retired:
        raise causes.unknown()
    tier = achievement.tiers[cause.tier - 1]
    _refuse_too_early(metrics.total(achievement.metric, draft.wallet, draft.goals), tier.target)
    if cause.tier != claimed + 1:
        raise Conflict(
            "claim the tiers before it first", code="too_early", next=causes.achievement(cause.id, claimed + 1)
        )
    draft.aim(achieved={**draft.goals.achieved, cause.id: cause.tier})
    draft.count("achievements", 1)
    return tier.reward


def _claim_step(draft: Draft, cause: causes.SeasonCause) -> Reward:
    season = draft.catalogue.seasons_by_id.get(cause.id)
    if season is None or not 1 <= cause.step <= len(season.steps):
        raise causes.unknown()
    if draft.now_ms >= seasons.ends_ms(season):
        raise Conflict("this season is over: what was reached has been paid", code="period_over")
    if draft.now_ms < seasons.starts_ms(season) or draft.goals.season != season.id or draft.goals.season_over:
        raise Conflict("this season has not begun", code="too_early")
    _refuse_claimed(seasons.claimed(draft.goals.steps, cause.step))
    step = season.steps[cause.step - 1]
    _refuse_too_early(draft.wallet.xp - draft.goals.season_base, step.xp)
    draft.aim(steps=draft.goals.steps | 1 << (cause.step - 1))
    draft.reach(Metric.STEPS)
    return step.reward


def _claim_prize(draft: Draft, cause: causes.LeagueCause, command: commands.Claim) -> Reward:
    """The prize for the place that the service has read: the decision reads nothing."""
    _refuse_claimed(draft.goals.league >= cause.week)
    prize = draft.catalogue.prize(command.tier, command.rank) if command.rank else None
    if prize is None:
        raise causes.unknown()
    draft.aim(league=cause.week)
    draft.reach(Metric.PRIZES)
    if command.rank == 1:
        draft.reach(Metric.WINS)
    return prize.reward


def _claim_rally(draft: Draft, command: commands.Claim) -> Reward:
    """The reward for what the service has read: `tier` is the number of the step, `rank` 1 the juggernaut's."""
    rules = draft.catalogue.rallies
    if not command.tier.isdecimal() or not 0 < int(command.tier) <= len(rules.steps):
        raise causes.unknown()
    today = metrics.in_period(Metric.RALLIES, draft.wallet, draft.goals, Period.DAY, draft.now_ms)
    if today >= rules.a_day:
        raise Conflict(f"{rules.a_day} rallies a day pay", code="rallies_claimed")
    draft.reach(Metric.RALLIES)
    step = rules.steps[int(command.tier) - 1].reward
    return step.plus(rules.juggernaut) if command.rank == 1 else step


def _refuse_other_period(draft: Draft, period: Period, number: int) -> None:
    now = period.number_at(draft.now_ms)
    if number > now:
        raise Conflict(f"this {period} has not begun", code="too_early")
    if number < now:
        raise Conflict(f"this {period} is over", code="period_over")


def _refuse_claimed(claimed: bool) -> None:
    if claimed:
        raise Conflict("this is claimed", code="claimed")


def _refuse_too_early(have: int, need: int) -> None:
    if have < need:
        raise Conflict(f"{have} of {need}", code="too_early", have=have, need=need)


# -- exchanges, check-ins, zones --


def reroll(draft: Draft, command: commands.Reroll, key: bytes) -> Result:
    """Exchanges a mission, once a day.

    Raises NotFound (`unknown_cause`) and Conflict (`claimed`, `no_reroll`, `no_other_mission`, `period_over`,
    `too_early`, `not_enough`).
    """
    cause = causes.parse(command.cause)
    if not isinstance(cause, causes.MissionCause):
        raise causes.unknown()
    draft.goals = missions.begun(draft.goals, draft.now_ms)
    _refuse_other_period(draft, cause.period, cause.number)
    _refuse_claimed(_mission(draft, cause, key).claimed)
    today = draft.now_ms // DAY_MS
    if draft.goals.rerolled == today:
        raise Conflict("you have exchanged a mission today", code="no_reroll", next_at_ms=(today + 1) * DAY_MS)
    before = {one.mission.id for one in picks(draft, key, cause.period)}
    if cause.period is Period.DAY:
        draft.aim(rerolled=today, daily_out=(*draft.goals.daily_out, cause.id))
    else:
        draft.aim(rerolled=today, weekly_out=(*draft.goals.weekly_out, cause.id))
    new = [one for one in picks(draft, key, cause.period) if one.mission.id not in before]
    if not new:
        raise Conflict("there is no other mission", code="no_other_mission")
    price = draft.catalogue.missions.reroll
    draft.pay("sink:goals", Currency.COIN, price)
    draft.reach(Metric.REROLLS)
    return {"paid": price, "new": causes.mission(cause.period, cause.number, new[0].mission.id)}


def last_tap_ms(draft: Draft) -> int:
    """When the player last tapped, 0 for one who never has: of them, Redis knows when they came."""
    return draft.holdings.last_tap_ms if draft.wallet.settled else 0


def check_in(draft: Draft) -> Result:
    """The day's check-in and its reward; raises Conflict (`checked_in`, `no_tap_today`)."""
    after = streaks.checked_in(draft.goals, draft.now_ms, last_tap_ms(draft))
    draft.goals = after.goals
    reward = draft.catalogue.streak.reward(after.goals.streak)
    draft.reward(reward)
    draft.reach(Metric.CHECKINS)
    return {
        "streak": after.goals.streak,
        "best": after.goals.best,
        "freezes": draft.goals.freezes,
        "frozen": after.frozen,
        "next_at_ms": streaks.next_at_ms(after.goals, draft.now_ms),
        "reward": msgspec.to_builtins(reward),
    }


def set_zone(draft: Draft, command: commands.SetZone) -> Result:
    """The zone that the player's days are of; raises BadRequest (`zone_unknown`) and Conflict (`zone_too_soon`)."""
    draft.goals = streaks.moved(draft.goals, command.zone, draft.now_ms)
    return {"zone": draft.goals.zone, "free_at_ms": streaks.zone_free_at_ms(draft.goals)}
