"""Quests: the streak, missions, the season, a button for each reward that is ready, and the day's exchange."""

from __future__ import annotations

from collections.abc import Iterator

from tapstack.economy import commands
from tapstack.economy.catalogue.model import Catalogue, Mission
from tapstack.economy.scenes.common import carry_out, stamp, stamped_ms
from tapstack.goals import claims, receipts
from tapstack.goals.answers import Claimable, MissionView, ProgressView, RewardView
from tapstack.goals.ports import GoalScenePorts
from tapstack.goals.reading import GoalsReader
from tapstack.goals.texts import TEXTS
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import GameError, Retryable
from tapstack.players.model import Player
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import DEFAULT, Html, number, plural

GoalContext = Context[Player, GoalScenePorts]

BUTTONS = 6
"""Rewards on one screen; after a claim, the next ones move up."""

SIGNS = {Claimable.OPEN: "▫️", Claimable.READY: "🎁", Claimable.CLAIMED: "✅"}

REFUSALS = {
    "too_early": "quests.too_early",
    "period_over": "quests.period_over",
    "claimed": "quests.claimed_before",
    "unknown_cause": "quests.unknown_cause",
    "checked_in": "quests.checked_in_before",
    "no_tap_today": "quests.no_tap_today",
    "no_reroll": "quests.no_reroll",
    "no_other_mission": "quests.no_other_mission",
    "not_enough": "quests.not_enough",
    "op_expired": "quests.old_button",
    "op_reused": "quests.old_button",
}

reader = GoalsReader()
scene: Scene[Player, GoalScenePorts] = Scene("quests", TEXTS, commands=("quests",))


@scene.opens
def show(context: GoalContext) -> None:
    view = reader.progress(context.ports, context.player.id)
    catalogue = context.ports.catalogues.current()
    context.show(context.headed(_lines(context, catalogue, view)), _buttons(context, catalogue, view))


@scene.on("claim")
def claim(context: GoalContext) -> None:
    """The button names a cause, which is checked like any other request's."""
    try:
        entry = claims.claim(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = _explained(context, error)
    else:
        context.headline = context.say("quests.claimed", reward=_reward(context, receipts.claimed(entry).reward))
    show(context)


@scene.on("checkin")
def check_in(context: GoalContext) -> None:
    try:
        entry = carry_out(context, stamped_ms(context.argument), commands.CheckIn())
    except GameError as error:
        context.headline = _explained(context, error)
    else:
        done = receipts.checked_in(entry)
        reward = _reward(context, done.reward)
        context.headline = context.say("quests.checked_in", count=done.streak, reward=reward)
    show(context)


@scene.on("swap")
def swap(context: GoalContext) -> None:
    """Which mission to exchange."""
    view, catalogue = reader.progress(context.ports, context.player.id), context.ports.catalogues.current()
    rows: Rows = [
        [context.button("b.swap_this", f"quests:reroll:{one.cause}", name=_mission_name(context, catalogue, one))]
        for one in _exchangeable(view)
    ]
    text = context.say("quests.swap" if rows else "quests.no_reroll", price=view.reroll.price)
    context.show(text, [*rows, [context.button("b.quests", "quests:open")], context.home_row()])


@scene.on("reroll")
def reroll(context: GoalContext) -> None:
    """An exchange of today, whenever the button was shown: there is one a day, and a mission goes once."""
    today_ms = context.ports.clock() // DAY_MS * DAY_MS
    try:
        entry = carry_out(context, today_ms, commands.Reroll(cause=context.argument))
    except GameError as error:
        context.headline = _explained(context, error)
    else:
        context.headline = context.say("quests.swapped", price=entry.result["paid"])
    show(context)


def _exchangeable(view: ProgressView) -> list[MissionView]:
    """The missions that may be exchanged now; who has reached one claims it."""
    if view.reroll.next_at_ms is not None:
        return []
    return [one for one in (*view.day.missions, *view.week.missions) if one.state is Claimable.OPEN]


def _lines(context: GoalContext, catalogue: Catalogue, view: ProgressView) -> Iterator[str]:
    streak, season = view.streak, view.season
    yield context.say("quests.title")
    yield ""
    yield context.say("quests.streak", count=streak.days, best=streak.best, freezes=streak.freezes)
    if streak.due and not streak.tapped:
        yield context.say("quests.tap_first")
    yield from ("", context.say("quests.today"))
    yield from (_mission(context, catalogue, one) for one in view.day.missions)
    yield from ("", context.say("quests.week"))
    yield from (_mission(context, catalogue, one) for one in view.week.missions)
    chest = view.week.chest
    yield context.say("quests.chest", sign=SIGNS[chest.state], done=chest.claimed, target=chest.of)
    if season:
        reached = sum(step.state is not Claimable.OPEN for step in season.steps)
        name = context.translated(catalogue.seasons_by_id[season.season].name)
        yield ""
        yield context.say("quests.season", name=name, xp=season.xp, step=reached, steps=len(season.steps))
    if view.ready:
        yield from ("", context.say("quests.more", count=view.ready))


def _mission(context: GoalContext, catalogue: Catalogue, one: MissionView) -> Html:
    name = _mission_name(context, catalogue, one)
    return context.say("quests.mission", sign=SIGNS[one.state], name=name, done=one.done, target=one.target)


def _mission_name(context: GoalContext, catalogue: Catalogue, one: MissionView) -> str:
    return mission_name(catalogue.missions_by_id[one.mission], one.target, context.language)


def mission_name(mission: Mission, target: int, language: str) -> str:
    """What a mission that takes so much is called."""
    form = mission.forms.get(language, {}).get(plural(target, language))  # type: ignore[call-overload]
    text: str = form or mission.name.get(language) or mission.name[DEFAULT]
    return text.replace("{target}", number(target, language))


def _buttons(context: GoalContext, catalogue: Catalogue, view: ProgressView) -> Rows:
    rows = []
    if view.streak.due and view.streak.tapped:
        rows.append([context.button("b.check_in", f"quests:checkin:{stamp(context)}", day=view.streak.next_day)])
    ready = list(_ready(context, catalogue, view))
    for cause, name, reward in ready[:BUTTONS]:
        rows.append([context.button("b.claim", f"quests:claim:{cause}", name=name, reward=_reward(context, reward))])
    if _exchangeable(view):
        rows.append([context.button("b.swap", "quests:swap", price=view.reroll.price)])
    if view.season:
        rows.append([context.button("b.season_board", "leaderboard:by:xp-season")])
    rows.append([context.button("b.wallet", "wallet:open"), context.button("b.tap", "tap:open")])
    return [*rows, context.home_row()]


def _ready(context: GoalContext, catalogue: Catalogue, view: ProgressView) -> Iterator[tuple[str, str, RewardView]]:
    """All that can be claimed: its cause, what it is called, and what it brings."""
    for one in (*view.day.missions, *view.week.missions):
        if one.state is Claimable.READY:
            yield one.cause, _mission_name(context, catalogue, one), one.reward
    chest, prize, season = view.week.chest, view.league, view.season
    if chest.state is Claimable.READY:
        yield chest.cause, context.plain("quests.chest_name"), chest.reward
    if prize:
        yield prize.cause, context.plain("quests.prize_name", week=prize.week, rank=prize.rank), prize.reward
    for step in season.steps if season else ():
        if season and step.state is Claimable.READY:
            name = context.translated(catalogue.seasons_by_id[season.season].name)
            yield step.cause, context.plain("quests.step_name", season=name, step=step.step), step.reward
    for achievement in view.achievements:
        tier = next((one for one in achievement.tiers if one.state is Claimable.READY), None)
        if tier:
            names = catalogue.achievements_by_id[achievement.achievement].name
            yield tier.cause, context.translated(names), tier.reward


def _reward(context: GoalContext, reward: RewardView) -> str:
    """What a reward brings, in few words."""
    catalogue = context.ports.catalogues.current()
    parts = [f"{reward.coin:,} 🪙"] if reward.coin else []
    parts += [f"{reward.gem} 💎"] if reward.gem else []
    parts += [context.plain("quests.xp", xp=reward.xp)] if reward.xp else []
    for item_id, count in reward.goods.items():
        item = catalogue.item(item_id)
        many = f" ×{count}" if count > 1 else ""
        parts += [f"{context.translated(item.name)}{many}"] if item else []
    parts += [context.plain("quests.freezes", count=reward.freezes)] if reward.freezes else []
    return ", ".join(parts)


def _explained(context: GoalContext, error: GameError) -> Html:
    """Why something was refused; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    return context.say("quests.refused", why=context.say(REFUSALS.get(error.code, "quests.impossible")))
