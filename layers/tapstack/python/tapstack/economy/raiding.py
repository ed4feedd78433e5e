"""What a raid does to a draft: the house pays the raider, and the target's mail says what is gone of their revenue."""

from __future__ import annotations

from typing import Any

from tapstack.economy.catalogue.model import Currency, Metric
from tapstack.economy.draft import Draft
from tapstack.economy.model import Mail, Target
from tapstack.economy.rules import metrics, raids
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import Conflict, Forbidden, NotFound
from tapstack.play.rules.levels import level_of

PREFIX = "c#raid#"
"""Before the raider's id and their op: the cause of the mail to the target."""


def raid(draft: Draft) -> dict[str, Any]:
    """Takes a part of what the target has not collected.

    Raises Forbidden (`raids_off`, `raid_level`), NotFound (`player_unknown`) and Conflict (`raid_rest`,
    `target_protected`, `nothing_to_take`; the first two with `until_ms`, 0 where no time is known).
    """
    rules, target = draft.catalogue.raids, draft.holdings.target
    if not rules.a_day:
        raise Forbidden("there are no raids", code="raids_off")
    if target is None:
        raise NotFound("there is no such player", code="player_unknown")
    if level_of(draft.wallet.settled) < rules.level:
        raise Forbidden(f"raids begin at level {rules.level}", code="raid_level", level=rules.level)
    _refuse_rest(draft, target)
    _refuse_protected(draft, target)
    attack = raids.attack(draft.holdings, draft.catalogue)
    loot = raids.loot(rules, target.ready, attack, target.defence)
    if loot.arrives < rules.least:
        raise Conflict("there is nothing to take", code="nothing_to_take")
    draft.earn("mint:raids", Currency.COIN, loot.arrives)
    draft.reach(Metric.RAIDS)
    draft.aim(raided_at_ms=draft.now_ms)
    own_id = draft.holdings.player_id
    cause = f"{PREFIX}{own_id}#{draft.cause.rpartition('#')[2]}"
    draft.sent.append((target.player_id, Mail(cause=cause, account="sink:raids", loss=loot.taken)))
    draft.changes += (raids.noted(target.book, own_id, draft.now_ms),)
    return {
        "target": target.player_id,
        "taken": loot.taken,
        "coins": loot.arrives,
        "revenge": target.is_revenge,
        "left": left(draft),
    }


def left(draft: Draft) -> int:
    """How many more raids a player has today (UTC)."""
    done = metrics.in_period(Metric.RAIDS, draft.wallet, draft.goals, Period.DAY, draft.now_ms)
    return max(0, draft.catalogue.raids.a_day - done)


def rests_until_ms(draft: Draft) -> int:
    """When the player may raid again; a time that is past where that is now."""
    if not left(draft):
        return (draft.now_ms // DAY_MS + 1) * DAY_MS
    return draft.goals.raided_at_ms + draft.catalogue.raids.rest_min * 60_000


def _refuse_rest(draft: Draft, target: Target) -> None:
    """Revenge needs no rest, but counts among the raids of the day."""
    until_ms = rests_until_ms(draft)
    if until_ms > draft.now_ms and not (target.is_revenge and left(draft)):
        raise Conflict("you must rest before the next raid", code="raid_rest", until_ms=until_ms)


def _refuse_protected(draft: Draft, target: Target) -> None:
    rules = draft.catalogue.raids
    until_ms = raids.protected_until_ms(rules, target.book, draft.holdings.player_id, draft.now_ms)
    if until_ms > draft.now_ms or level_of(target.paid_taps) < rules.level:
        raise protected(until_ms)


def protected(until_ms: int = 0) -> Conflict:
    return Conflict("this player can't be raided now", code="target_protected", until_ms=until_ms)
