"""Who is reminded, when, and of what."""

from __future__ import annotations

from tapstack.notifications.model import Facts, Seen
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.telegram.model import Chat

HOUR_MS = 3_600_000

IDLE_MS = 4 * HOUR_MS
"""Who has tapped more recently is still at it."""

LOST_MS = 10 * DAY_MS
"""Who has not tapped for so long is left alone. Long enough to hear of a week that one has played in."""

GAP_MS = 16 * HOUR_MS
"""Between two reminders: days end at midnight UTC, which is noon somewhere."""

MORNING, EVENING = 10, 21
"""Local hours between which people are written to."""

REGIONS: dict[str, tuple[int, int]] = {"ru": (2, 7)}
"""Languages that are spoken in few enough time zones for a common day: the westernmost and the easternmost, in hours
ahead of UTC. Russian: Kaliningrad to Novosibirsk, where nine in ten of its speakers live."""

AROUND_MS = 2 * HOUR_MS
"""English is spoken around the clock, and of other languages nothing is known: such people are written to within this
time of the hour at which they last tapped. Telegram tells nobody's time zone."""


def is_quiet(now_ms: int, chat: Chat, language: str, last_tap_at_ms: int) -> bool:
    """Whether a person is to be left in peace at this time of day, as far as it can be told: who says it is asked."""
    if chat.ahead_min(now_ms) is not None:
        return chat.is_quiet(now_ms)
    if language in REGIONS:
        west, east = REGIONS[language]
        hour = now_ms // HOUR_MS % 24
        return not MORNING - west <= hour < EVENING - east
    apart = (now_ms - last_tap_at_ms) % DAY_MS
    return min(apart, DAY_MS - apart) > AROUND_MS


def may_remind(now_ms: int, chat: Chat, language: str, last_tap_at_ms: int, seen: Seen | None) -> bool:
    """Whether a player may be reminded of anything now."""
    idle_ms = now_ms - last_tap_at_ms
    if not IDLE_MS <= idle_ms <= LOST_MS or is_quiet(now_ms, chat, language, last_tap_at_ms):
        return False
    return seen is None or now_ms - seen.reminded_at_ms >= GAP_MS


def is_first_day_of_week(now_ms: int) -> bool:
    """Whether a week has just ended: the only day on which its result is told, so that nobody hears it twice."""
    return now_ms // DAY_MS == Period.WEEK.start_ms(Period.WEEK.number_at(now_ms)) // DAY_MS


def week_is_over(facts: Facts) -> bool:
    """Whether there is a result of last week to tell."""
    return is_first_day_of_week(facts.now_ms) and facts.week_score > 0


def is_overtaken(facts: Facts) -> bool:
    """Whether anybody has passed a player since they last played, or since they were last told."""
    return facts.rank > facts.before.rank


def last_week(now_ms: int) -> int:
    """The number of the week before this one."""
    return Period.WEEK.number_at(now_ms) - 1
