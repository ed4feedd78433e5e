"""What makes missions, achievements, the streak, seasons and prizes wrong: more rules of the lint (lint.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from tapstack.economy.catalogue.faults import Fault
from tapstack.economy.catalogue.model import UNIQUE, Catalogue, Metric, Mission, Part, Reward, Texts
from tapstack.telegram.texts import LANGUAGES, plural

MOST_NAMES = 1_100
"""Characters of all achievements' ids: what is claimed of them is a part of one item of 2 KB."""

SEASON_GOODS = 16
"""Different goods of a season: at its end one transaction, which has 100 actions, may give them all."""

CHECK_INS = {"day": 1, "week": 7}

_BEFORE_A_WORD = re.compile(r"\{target\} \w")


def texts(catalogue: Catalogue) -> Iterator[tuple[str, str, Texts]]:
    """Every text of the goals, with the kind and the id of its part."""
    yield from (("mission", one.id, one.name) for one in catalogue.missions.templates)
    for one in catalogue.achievements:
        yield from (("achievement", one.id, text) for text in (one.name, one.about))
    for season in catalogue.seasons:
        yield from (("season", season.id, text) for text in (season.name, season.about))


def rewards(catalogue: Catalogue) -> Iterator[tuple[str, str, Reward]]:
    """Everything that can be claimed, with the kind and the id of its part."""
    for mission in catalogue.missions.templates:
        yield from (("mission", mission.id, band.reward) for band in mission.bands)
    yield "chest", "", catalogue.missions.chest
    for achievement in catalogue.achievements:
        yield from (("achievement", achievement.id, tier.reward) for tier in achievement.tiers)
    yield from (("streak", f"day {day}", reward) for day, reward in enumerate(catalogue.streak.days, 1))
    for season in catalogue.seasons:
        yield from (("season", season.id, step.reward) for step in season.steps)
    yield from (("league", f"{prize.tier} {prize.to}", prize.reward) for prize in catalogue.league)
    yield "referral", "", catalogue.referral.reward
    yield from (("territory", one.id, one.reward) for one in catalogue.territories)
    yield from (("rally", f"{step.taps} taps", step.reward) for step in catalogue.rallies.steps)
    yield "rally", "juggernaut", catalogue.rallies.juggernaut


def _unique_ids(catalogue: Catalogue) -> Iterator[Fault]:
    for kind, ids in (
        ("mission", [one.id for one in catalogue.missions.templates]),
        ("achievement", [one.id for one in catalogue.achievements]),
        ("season", [one.id for one in catalogue.seasons]),
        ("league", [f"{one.tier} {one.to}" for one in catalogue.league]),
        ("territory", [one.id for one in catalogue.territories]),
        ("perk", [one.id for one in catalogue.factions.perks]),
    ):
        yield from (Fault(kind, one, "twice") for one in sorted({one for one in ids if ids.count(one) > 1}))


def _rewards(catalogue: Catalogue) -> Iterator[Fault]:
    for kind, part, reward in rewards(catalogue):
        for item_id in reward.goods:
            item = catalogue.item(item_id)
            if item is None:
                yield Fault(kind, part, f"there is no item {item_id}")
            elif item.retired:
                yield Fault(kind, part, f"{item_id} is retired")
            elif isinstance(item, UNIQUE):
                yield Fault(kind, part, f"{item_id} is a piece, which may not fit into a bag: give a crate of them")
        if reward.freezes and kind != "chest":
            yield Fault(kind, part, "freezes come from the week's chest alone: one a week, earned by play")


def _missions(catalogue: Catalogue) -> Iterator[Fault]:
    for mission in catalogue.missions.templates:
        if not mission.metric.periodic:
            yield Fault("mission", mission.id, f"{mission.metric} is not known by day and week")
        if not _rising([band.taps for band in mission.bands]):
            yield Fault("mission", mission.id, "its bands do not rise")
        highest = max(band.target for band in mission.bands)
        if mission.metric is Metric.CHECKINS and highest > CHECK_INS[mission.period]:
            yield Fault("mission", mission.id, f"nobody checks in {highest} times a {mission.period}")
        if highest > 1 and any("{target}" not in text for text in mission.name.values()):
            yield Fault("mission", mission.id, "its name does not say how much it takes: {target}")


def _enough_missions(catalogue: Catalogue) -> Iterator[Fault]:
    """Enough for everybody, beginners too, and one more to exchange for."""
    places = catalogue.missions.places
    for period in ("day", "week") if catalogue.missions.templates else ():
        metrics = {one.metric for one in _live(catalogue, period) if one.band(0)}
        if len(metrics) <= places:
            yield Fault("missions", period, f"{len(metrics)} kinds for beginners: {places} places take one more")


def _live(catalogue: Catalogue, period: str) -> list[Mission]:
    return [one for one in catalogue.missions.templates if one.period == period and not one.retired]


def _achievements(catalogue: Catalogue) -> Iterator[Fault]:
    for one in catalogue.achievements:
        if not _rising([tier.target for tier in one.tiers]):
            yield Fault("achievement", one.id, "its tiers do not rise")
        if any("{target}" not in text for text in one.about.values()):
            yield Fault("achievement", one.id, "does not say how much it takes: {target}")
    length = sum(len(one.id) + 6 for one in catalogue.achievements)
    if length > MOST_NAMES:
        yield Fault("achievements", "", f"their ids take {length:,} characters of {MOST_NAMES:,}")


def _streak(catalogue: Catalogue) -> Iterator[Fault]:
    coins = [reward.coin for reward in catalogue.streak.days]
    if sorted(coins) != coins:
        yield Fault("streak", "", "a later day brings fewer coins")


def _seasons(catalogue: Catalogue) -> Iterator[Fault]:
    for season in catalogue.seasons:
        if season.starts >= season.ends:
            yield Fault("season", season.id, "ends before it begins")
        if not _rising([step.xp for step in season.steps]):
            yield Fault("season", season.id, "its steps do not rise")
        goods = {item_id for step in season.steps for item_id in step.reward.goods}
        if len(goods) > SEASON_GOODS:
            yield Fault("season", season.id, f"gives {len(goods)} different goods: {SEASON_GOODS} fit into one payment")
    for first, second in pairwise(sorted(catalogue.seasons, key=lambda one: (one.starts, one.ends))):
        if second.starts < first.ends:
            yield Fault("season", second.id, f"begins before {first.id} is over")


def _rallies(catalogue: Catalogue) -> Iterator[Fault]:
    if not _rising([step.taps for step in catalogue.rallies.steps]):
        yield Fault("rallies", "", "their steps do not rise")


def _rising(numbers: list[int]) -> bool:
    return all(first < second for first, second in pairwise(numbers))


def gone(catalogue: Catalogue, before: Catalogue) -> Iterator[Fault]:
    """Ids are for ever: claims and journals name them."""
    kept: tuple[tuple[str, tuple[Part, ...], dict[str, Any]], ...] = (
        ("mission", before.missions.templates, catalogue.missions_by_id),
        ("achievement", before.achievements, catalogue.achievements_by_id),
        ("season", before.seasons, catalogue.seasons_by_id),
    )
    for kind, parts, now in kept:
        for old in parts:
            new = now.get(old.id)
            if new is None:
                yield Fault(kind, old.id, "is gone; retire it instead")
            elif old.retired and not new.retired:
                yield Fault(kind, old.id, "was retired")
            elif getattr(old, "metric", None) != getattr(new, "metric", None):
                yield Fault(kind, old.id, "counted something else")
    for achievement in before.achievements:
        there = catalogue.achievements_by_id.get(achievement.id)
        if there and len(there.tiers) < len(achievement.tiers):
            yield Fault("achievement", achievement.id, "had more tiers")
    for season in before.seasons:
        later = catalogue.seasons_by_id.get(season.id)
        if later and (later.starts != season.starts or len(later.steps) < len(season.steps)):
            yield Fault("season", season.id, "began at another time, or had more steps")


MOST_SEATS, TERRITORIES = 50, 12


def coins_a_day(catalogue: Catalogue, value: Callable[[Reward], float]) -> float:
    """The most that goals bring a player on an average day, achievements apart: those come once."""
    rules = catalogue.missions

    def best(period: str) -> float:
        most = sorted((max(value(band.reward) for band in one.bands) for one in _live(catalogue, period)), reverse=True)
        return sum(most[: rules.places])

    season = max(
        (
            sum(value(step.reward) for step in one.steps) / max(1, (one.ends - one.starts).days)
            for one in catalogue.seasons
        ),
        default=0.0,
    )
    streak = max((value(reward) for reward in catalogue.streak.days), default=0.0)
    prize = max((value(one.reward) for one in catalogue.league), default=0.0)
    land = max((value(one.reward) for one in catalogue.territories), default=0.0)
    rules_of_rallies = catalogue.rallies
    step = max((value(one.reward) for one in rules_of_rallies.steps), default=0.0)
    rallies = rules_of_rallies.a_day * (step + value(rules_of_rallies.juggernaut)) if rules_of_rallies.steps else 0.0
    return best("day") + streak + season + rallies + (best("week") + value(rules.chest) + prize + land) / 7


def _factions(catalogue: Catalogue) -> Iterator[Fault]:
    rules = catalogue.factions
    taps = [level.taps for level in rules.levels]
    if taps[0] or taps != sorted(set(taps)):
        yield Fault("factions", "levels", "begin at 0 taps, and each takes more than the one before")
    seats = max(level.seats for level in rules.levels) + sum(perk.seats for perk in rules.perks)
    if seats > MOST_SEATS:
        yield Fault("factions", "seats", f"a faction could have {seats} of {MOST_SEATS} members")
    for perk in rules.perks:
        if perk.level > len(rules.levels):
            yield Fault("perk", perk.id, f"there is no level {perk.level}")
        if not (perk.colour or perk.seats or perk.message):
            yield Fault("perk", perk.id, "does nothing")
    if catalogue.territories and len(catalogue.territories) != TERRITORIES:
        yield Fault("territories", "", f"a map has {TERRITORIES} of them")


def _plurals(catalogue: Catalogue) -> Iterator[Fault]:
    """A number before a noun needs the noun's form; a text may well end with the number instead ("crates: 1")."""
    counted = [
        *(("mission", m.id, m.name, m.forms, [band.target for band in m.bands]) for m in catalogue.missions.templates),
        *(("achievement", a.id, a.about, a.forms, [tier.target for tier in a.tiers]) for a in catalogue.achievements),
    ]
    for kind, part, texts, forms, targets in counted:
        for language in texts.keys() & set(LANGUAGES):
            if not _BEFORE_A_WORD.search(texts[language]):
                continue
            needed = {plural(target, language) for target in targets} - {"other"}
            missing = sorted(needed - set(forms.get(language, {})))
            if missing:
                yield Fault(kind, part, f"has no plural form in {language} for {', '.join(missing)}")


RULES: tuple[Callable[[Catalogue], Iterator[Fault]], ...] = (
    _unique_ids,
    _rewards,
    _missions,
    _enough_missions,
    _achievements,
    _plurals,
    _streak,
    _seasons,
    _factions,
    _rallies,
)
