"""Claiming rewards: by the name of what they are for, once for each name, whatever is retried or cut short."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.economy.commands import Claim
from tapstack.economy.performing import carry_out
from tapstack.economy.rules import causes
from tapstack.goals import prizes
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Conflict, StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.model import Entry
    from tapstack.goals.ports import ClaimPorts

log = logging.getLogger(__name__)


def claim(ports: ClaimPorts, player_id: str, cause: str) -> Entry:
    """Gives a player the reward for a cause; returns its entry, the same however often it is asked for.

    Raises what `claiming.claim` and `performing.carry_out` raise.
    """
    parsed = causes.parse(cause)
    if isinstance(parsed, causes.LeagueCause):
        return _claim_prize(ports, player_id, cause, parsed.week)
    entry = carry_out(ports, player_id, cause, Claim(cause=cause))
    if isinstance(parsed, causes.AchievementCause):
        try:
            ports.live_goals.add(player_id, [(parsed.id, parsed.tier)])
        except StoreUnavailable as error:
            log.info("counted when they next look at their progress: %s", error.message)
    return entry


def _claim_prize(ports: ClaimPorts, player_id: str, cause: str, week: int) -> Entry:
    """The place is read first, for the decision reads nothing: it stays as it is once its week is closed."""
    known = ports.wallets.entry(player_id, cause)
    if known:
        return known
    now = Period.WEEK.number_at(ports.clock())
    if week >= now:
        raise Conflict("this week is not over", code="too_early")
    if week < now - 1:
        raise Conflict("prizes of a week can be claimed in the week after it", code="period_over")
    league, seat = ports.live_league.seat(now, player_id)
    if league is None or league.week < now:
        raise Conflict("last week's league is being counted: try again in a minute", code="too_early")
    placed = prizes.place(ports, league, seat, now, player_id)
    if placed is None:
        raise causes.unknown()
    return carry_out(ports, player_id, cause, Claim(cause=cause, tier=placed[0], rank=placed[1]))
