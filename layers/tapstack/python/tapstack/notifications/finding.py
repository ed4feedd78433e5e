"""What the walk finds out about a player: that they were overtaken, how their week has ended, where it has led
them, and what their goals call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.inbox.model import Kind, Notice
from tapstack.league.model import TIERS
from tapstack.notifications import ending, rules
from tapstack.platform.calendar import Period
from tapstack.play.rules.score import clicks_of

if TYPE_CHECKING:
    from tapstack.leaderboards.model import Neighbours
    from tapstack.notifications.model import Facts
    from tapstack.notifications.ports import FindPorts


def found(ports: FindPorts, facts: Facts) -> list[Notice]:
    """What there is to tell a player now that nobody else has told them."""
    notices = []
    if rules.week_is_over(facts):
        notices += _week(ports, facts)
    if rules.is_overtaken(facts):
        notices += _overtaken(ports, facts)
    return notices + _goals(ports, facts)


def _goals(ports: FindPorts, facts: Facts) -> list[Notice]:
    """One query; what stands in the tables is enough, for a check-in, a claim and a command write there."""
    read = ports.wallets.read(facts.player_id)
    if read is None:
        return []
    held = read.holdings
    return ending.of_goals(held.goals, held.wallet.xp, ports.catalogues.current(), facts.now_ms)


def _week(ports: FindPorts, facts: Facts) -> list[Notice]:
    week = Period.WEEK.number_at(facts.now_ms)
    label = Period.WEEK.label(week - 1)
    rank = ports.period_boards.neighbours(Period.WEEK, week - 1, facts.player_id, facts.week_score, 0).rank
    players = ports.period_boards.top(Period.WEEK, week - 1, 1).players
    of_week = {"rank": rank, "players": players, "count": clicks_of(facts.week_score)}
    notices = [Notice(Kind.WEEK, label, facts.now_ms, of_week)]
    _, before = ports.live_league.seat(week - 1, facts.player_id)
    league, seat = ports.live_league.seat(week, facts.player_id)
    if before and seat and league and league.week == week and seat.tier != before.tier:
        moved = "up" if seat.tier > before.tier else "down"
        notices.append(Notice(Kind.LEAGUE, label, facts.now_ms, {"moved": moved, "tier": str(TIERS[seat.tier])}))
    return notices


def _overtaken(ports: FindPorts, facts: Facts) -> list[Notice]:
    """Nothing where that has just changed."""
    above = _right_above(ports.all_time_board.neighbours(facts.player_id, facts.score, 1), facts.player_id)
    if above is None:
        return []
    rival_id, clicks = above
    of_place = {"rank": facts.rank, "count": clicks - clicks_of(facts.score) + 1}
    today = Period.DAY.label(Period.DAY.number_at(facts.now_ms))
    return [Notice(Kind.OVERTAKEN, today, facts.now_ms, of_place, frozenset({rival_id}))]


def _right_above(found: Neighbours, player_id: str) -> tuple[str, int] | None:
    place = [row_id for row_id, _ in found.rows].index(player_id)
    return found.rows[place - 1] if place else None
