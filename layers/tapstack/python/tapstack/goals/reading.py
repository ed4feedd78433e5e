"""What a player can reach, as the next command would find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tapstack.economy import claiming, taps
from tapstack.economy.catalogue.model import Achievement, Reward, Season
from tapstack.economy.deciding import settled
from tapstack.economy.performing import whole
from tapstack.economy.rules import causes, metrics, missions, seasons, streaks
from tapstack.goals import prizes
from tapstack.goals.answers import (
    AchievementView,
    ChestView,
    Claimable,
    DayMissions,
    MissionView,
    NextSeason,
    PrizeView,
    ProgressView,
    RerollState,
    RewardView,
    SeasonView,
    StepView,
    StreakView,
    ThemeView,
    TierState,
    WeekMissions,
)
from tapstack.goals.rarity import Rarities
from tapstack.platform import zones
from tapstack.platform.calendar import DAY_MS, Period

if TYPE_CHECKING:
    from tapstack.economy.draft import Draft
    from tapstack.economy.rules.missions import Picked
    from tapstack.goals.ports import Badge, ReadGoalsPorts

DAYS_AHEAD = 7
"""Of how many check-ins to come the rewards are shown."""


class GoalsReader:
    """Answers for one process, which keeps for a moment how rare achievements are."""

    def __init__(self) -> None:
        self._rarities = Rarities()

    def progress(self, ports: ReadGoalsPorts, player_id: str) -> ProgressView:
        """All that a player can reach: a query, a round trip to Redis, and one more read where a prize may be due.

        Raises NotFound (`player_unknown`), Forbidden (`banned`) and StoreUnavailable.
        """
        now_ms, catalogue = ports.clock(), ports.catalogues.current()
        week = Period.WEEK.number_at(now_ms)
        held = whole(ports, player_id).holdings
        live = ports.live_goals.read(
            player_id, week, badges(held.goals.achieved), self._rarities.asked(catalogue, now_ms)
        )
        self._rarities.keep(live, catalogue, now_ms)
        paid = live.paid or taps.saved(ports, player_id)
        held = msgspec.structs.replace(held, paid_taps=paid.paid_taps, last_tap_ms=paid.last_tap_ms)
        draft = settled(held, catalogue, "", now_ms)
        draft.goals = missions.begun(draft.goals, now_ms)
        prize = None
        if draft.goals.league < week - 1:
            placed = prizes.place(ports, live.league, live.seat, week, player_id)
            prize = prize_view(draft, week - 1, *placed) if placed else None
        return progress(draft, ports.chance.key, self._rarities, prize)


def badges(achieved: dict[str, int]) -> list[Badge]:
    """Every tier that was claimed."""
    return [(name, tier) for name, tiers in achieved.items() for tier in range(1, tiers + 1)]


def progress(draft: Draft, key: bytes, rarities: Rarities, prize: PrizeView | None) -> ProgressView:
    """A settled draft as a player sees it."""
    now_ms, catalogue = draft.now_ms, draft.catalogue
    day, week = Period.DAY.number_at(now_ms), Period.WEEK.number_at(now_ms)
    today = DayMissions(Period.DAY.label(day), Period.DAY.start_ms(day + 1), _missions(draft, key, Period.DAY, day))
    this_week = WeekMissions(
        Period.WEEK.label(week),
        Period.WEEK.start_ms(week + 1),
        _missions(draft, key, Period.WEEK, week),
        _chest(draft, week),
    )
    achievements = [
        _achievement(draft, one, rarities)
        for one in catalogue.achievements
        if not one.retired or one.id in draft.goals.achieved
    ]
    streak, season = _streak(draft), _season(draft)
    coming = seasons.following(catalogue.seasons, now_ms)
    states = [
        *(one.state for one in (*today.missions, *this_week.missions)),
        this_week.chest.state,
        *(tier.state for one in achievements for tier in one.tiers),
        *(step.state for step in (season.steps if season else ())),
    ]
    ready = states.count(Claimable.READY) + (prize is not None) + (streak.due and streak.tapped)
    next_reroll_ms = (day + 1) * DAY_MS if draft.goals.rerolled == day else None
    return ProgressView(
        now_ms=now_ms,
        seq=draft.wallet.seq,
        catalogue=catalogue.version,
        ready=ready,
        day=today,
        week=this_week,
        reroll=RerollState(catalogue.missions.reroll, next_reroll_ms),
        achievements=achievements,
        streak=streak,
        season=season,
        next_season=NextSeason(coming.id, seasons.starts_ms(coming)) if coming else None,
        league=prize,
    )


def reward_view(reward: Reward) -> RewardView:
    return RewardView(reward.coin, reward.gem, reward.xp, dict(reward.goods), reward.freezes)


def prize_view(draft: Draft, week: int, tier: str, rank: int) -> PrizeView | None:
    """The prize for a place in the league of a week, None where there is none."""
    prize = draft.catalogue.prize(tier, rank)
    if prize is None:
        return None
    return PrizeView(causes.league(week), Period.WEEK.label(week), tier, rank, reward_view(prize.reward))


def _state(claimed: bool, reached: bool) -> Claimable:
    if claimed:
        return Claimable.CLAIMED
    return Claimable.READY if reached else Claimable.OPEN


def _missions(draft: Draft, key: bytes, period: Period, number: int) -> list[MissionView]:
    return [
        _mission(draft, one, causes.mission(period, number, one.mission.id))
        for one in claiming.picks(draft, key, period)
    ]


def _mission(draft: Draft, picked: Picked, cause: str) -> MissionView:
    target = picked.band.target
    done = target if picked.claimed else min(target, claiming.done(draft, picked))
    state, reward = _state(picked.claimed, done >= target), reward_view(picked.band.reward)
    return MissionView(cause, picked.mission.id, str(picked.mission.metric), done, target, state, reward)


def _chest(draft: Draft, week: int) -> ChestView:
    rules, claimed = draft.catalogue.missions, len(draft.goals.weekly)
    state = _state(draft.goals.chest, claimed >= rules.places)
    return ChestView(causes.chest(week), claimed, rules.places, state, reward_view(rules.chest))


def _achievement(draft: Draft, one: Achievement, rarities: Rarities) -> AchievementView:
    value, claimed = metrics.total(one.metric, draft.wallet, draft.goals), draft.goals.achieved.get(one.id, 0)
    tiers = [
        TierState(
            number,
            tier.target,
            causes.achievement(one.id, number),
            _state(number <= claimed, value >= tier.target and not one.retired),
            rarities.permille((one.id, number), own=number <= claimed),
            reward_view(tier.reward),
        )
        for number, tier in enumerate(one.tiers, 1)
    ]
    return AchievementView(one.id, str(one.metric), value, tiers)


def _streak(draft: Draft) -> StreakView:
    goals, now_ms, rules = draft.goals, draft.now_ms, draft.catalogue.streak
    days = streaks.running(goals, now_ms)
    free_at_ms = streaks.zone_free_at_ms(goals)
    tapped = zones.day_of(claiming.last_tap_ms(draft), goals.zone) >= zones.day_of(now_ms, goals.zone)
    return StreakView(
        days=days,
        best=goals.best,
        freezes=goals.freezes,
        most_freezes=rules.freezes,
        freezes_needed=streaks.missed(goals, now_ms) if days else 0,
        due=streaks.may_check_in(goals, now_ms),
        tapped=tapped,
        next_at_ms=streaks.next_at_ms(goals, now_ms),
        zone=goals.zone,
        zone_free_at_ms=free_at_ms if free_at_ms > now_ms else None,
        next_day=days + 1,
        week=[reward_view(rules.reward(days + ahead)) for ahead in range(1, DAYS_AHEAD + 1)],
    )


def _season(draft: Draft) -> SeasonView | None:
    season = seasons.at(draft.catalogue.seasons, draft.now_ms)
    if season is None or draft.goals.season != season.id:
        return None
    return _season_view(draft, season)


def _season_view(draft: Draft, season: Season) -> SeasonView:
    earned = max(0, draft.wallet.xp - draft.goals.season_base)
    steps = [
        StepView(
            number,
            step.xp,
            causes.step(season.id, number),
            _state(seasons.claimed(draft.goals.steps, number), earned >= step.xp),
            reward_view(step.reward),
        )
        for number, step in enumerate(season.steps, 1)
    ]
    theme = msgspec.convert(msgspec.to_builtins(season.theme), ThemeView)
    return SeasonView(season.id, seasons.starts_ms(season), seasons.ends_ms(season), earned, theme, steps)
