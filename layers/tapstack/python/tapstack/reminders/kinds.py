"""The kinds of reminders, the most important first: a new one is an entry here, with its texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.leaderboards.model import Neighbours
from tapstack.platform.calendar import Period
from tapstack.play.rules.score import clicks_of
from tapstack.players.rules.public_names import public_name
from tapstack.reminders import rules
from tapstack.reminders.texts import TEXTS

if TYPE_CHECKING:
    from tapstack.reminders.model import Facts
    from tapstack.reminders.ports import TextPorts


@dataclass(frozen=True, slots=True)
class Kind:
    """A reminder: whether there is anything to say, and what, in a language; no text where that has just changed."""

    is_due: Callable[[Facts], bool]
    text: Callable[[TextPorts, Facts, str], str]


def _week_is_over(ports: TextPorts, facts: Facts, language: str) -> str:
    week = Period.WEEK.number_at(facts.now_ms)
    place = ports.period_boards.neighbours(Period.WEEK, week - 1, facts.player_id, facts.week_score, 0).rank
    players = ports.period_boards.top(Period.WEEK, week - 1, 1).players
    count = clicks_of(facts.week_score)
    text = TEXTS.say("reminder.week", language, rank=place, players=players, count=count)
    moved = _moved(ports, facts.player_id, week)
    return f"{text}\n{TEXTS.say(moved, language)}" if moved else text


def _moved(ports: TextPorts, player_id: str, week: int) -> str:
    """The text of how a player has moved in the league, "" for one who has not."""
    _, before = ports.live_league.seat(week - 1, player_id)
    league, seat = ports.live_league.seat(week, player_id)
    if before is None or seat is None or league is None or league.week != week or seat.tier == before.tier:
        return ""
    return "league.moved_up" if seat.tier > before.tier else "league.moved_down"


def _is_overtaken(ports: TextPorts, facts: Facts, language: str) -> str:
    above = _right_above(ports.all_time_board.neighbours(facts.player_id, facts.score, 1), facts.player_id)
    if above is None:
        return ""
    rival_id, clicks = above
    rival = ports.players.get_many([rival_id]).get(rival_id)
    name = public_name(rival_id, rival.username if rival else None)
    count = clicks - clicks_of(facts.score) + 1
    return TEXTS.say("reminder.overtaken", language, rank=facts.rank, name=name, count=count)


def _right_above(found: Neighbours, player_id: str) -> tuple[str, int] | None:
    place = [row_id for row_id, _ in found.rows].index(player_id)
    return found.rows[place - 1] if place else None


KINDS = (
    Kind(rules.week_is_over, _week_is_over),
    Kind(rules.is_overtaken, _is_overtaken),
)
