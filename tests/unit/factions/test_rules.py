from __future__ import annotations

import pytest
from msgspec.structs import replace
from tapstack.factions import rules
from tapstack.factions.model import Faction, Member, Role
from tapstack.live.chatting import blocked_words
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import BadRequest
from tapstack.play.model import Counter
from tapstack.play.rules.periods import Periods, PeriodTotal

MONDAY = 20_780
"""A Monday, as a day since 1970."""
NOW_MS = MONDAY * DAY_MS + 1
RUDE = blocked_words()
WEEK = Period.WEEK.number(MONDAY)


def counter(clicks: int, week_base: int = 0, before: int = 0, day: int = MONDAY) -> Counter:
    """So many clicks, `clicks - week_base` of them this day, week and month, and `before` in the week before."""
    last = PeriodTotal(Period.WEEK.number(day) - 1, before, 1) if before else None
    periods = Periods(day, (week_base, week_base, week_base), (None, last, None))
    return Counter("ada", clicks, periods=periods, last_tap_at_ms=day * DAY_MS, paid_taps=clicks)


def faction(**members: Member) -> Faction:
    return Faction(id="f" * 12, name="Red Foxes", created_at_ms=1, code="a", members=members)


def member(clicks: int = 0, territory: str = "", since: int = 0, role: Role = Role.MEMBER, at_ms: int = 1) -> Member:
    return Member(role, at_ms, clicks, clicks, territory, since)


@pytest.mark.parametrize("text", ["Admin", "Аdmin", "Official Foxes", "adm1n", "Телеграм", "Team Support"])
def test_reserved_words_name_no_faction_however_they_are_spelt(text: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        rules.name_of(text, RUDE)
    assert refusal.value.data["reason"] == "reserved"


@pytest.mark.parametrize(
    "text", ["t.me/x", "@foxes", "foo_bar", "/start it", "a" * 25, "ab", "‮foxes", "-foxes", "x  \n"]
)
def test_name_that_telegram_would_link_or_nobody_could_read_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        rules.name_of(text, RUDE)


@pytest.mark.parametrize(
    "text", ["Fuck You", "Хуй", "FUCKERS", "Red Fuckers", "Red-Fuckers", "F u c k You", "F-u-c-k", "Fuсk"]
)
def test_name_is_refused_that_the_chat_would_refuse(text: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        rules.name_of(text, RUDE)
    assert refusal.value.data["reason"] == "rude"


@pytest.mark.parametrize("text", ["Scunthorpe United", "Who Remains", "Страхуй друга", "A B C", "It's Us"])
def test_name_is_taken_that_only_looks_like_a_rude_one(text: str) -> None:
    assert rules.name_of(text, RUDE) == text


def test_name_is_kept_on_one_line_with_single_spaces() -> None:
    assert rules.name_of("  Кот   Учёный ", RUDE) == "Кот Учёный"
    assert rules.name_of("O'Neil-Fans", RUDE) == "O'Neil-Fans"


def test_names_that_people_take_for_each_other_have_one_key() -> None:
    assert len({rules.name_key(name) for name in ("Red Foxes", "red-foxes", "RED  F0XES", "Rеd Fохes")}) == 1
    assert rules.name_key("Blue Foxes") != rules.name_key("Red Foxes")


def test_taps_count_from_joining_on_and_no_further_back_than_the_period() -> None:
    assert rules.in_period(counter(100, week_base=60), Period.WEEK, WEEK, since=0) == 40
    assert rules.in_period(counter(100, week_base=60), Period.WEEK, WEEK, since=90) == 10
    assert rules.in_period(counter(100, week_base=60), Period.WEEK, WEEK + 1, since=0) == 0
    assert rules.in_period(Counter("ada", 5), Period.WEEK, WEEK, since=0) == 0


def test_taps_of_the_week_before_are_known_after_it() -> None:
    after = counter(100, week_base=60, before=50)
    assert rules.in_period(after, Period.WEEK, WEEK - 1, since=0) == 50
    assert rules.in_period(after, Period.WEEK, WEEK - 1, since=45) == 15
    assert rules.in_period(after, Period.WEEK, WEEK - 1, since=70) == 0


def test_taps_of_who_has_left_stay_with_the_faction() -> None:
    stays = faction(ada=member(10, "harbour", since=30), bob=member())
    counters = {"ada": counter(100), "bob": counter(7)}
    before = [rules.score(stays, counters, period, period.number(MONDAY)) for period in (Period.DAY, Period.WEEK)]
    left = rules.left(stays, "ada", counters["ada"], NOW_MS)
    assert before == [97, 97]
    assert [
        rules.score(left, counters, period, period.number(MONDAY)) for period in (Period.DAY, Period.WEEK)
    ] == before
    assert rules.score(left, counters, None, 0) == rules.paid(left, counters) == 97
    assert rules.claimed(stays, counters, WEEK) == rules.claimed(left, counters, WEEK) == {"harbour": 70}
    assert rules.score(left, counters, Period.DAY, MONDAY + 1) == 0


def test_who_leaves_before_the_week_is_closed_takes_nothing_from_it() -> None:
    fought = faction(ada=member(0, "harbour"))
    after = counter(100, week_base=60, before=50)
    left = rules.left(fought, "ada", after, NOW_MS)
    assert rules.claimed(left, {}, WEEK - 1) == rules.claimed(fought, {"ada": after}, WEEK - 1) == {"harbour": 50}


def test_officer_follows_a_leader_before_older_members() -> None:
    left = faction(bob=member(at_ms=1), eve=member(role=Role.OFFICER, at_ms=5), sue=member(role=Role.OFFICER, at_ms=9))
    assert rules.led(left).members["eve"].role is Role.LEADER
    assert rules.led(replace(left, members={})).members == {}


def test_territory_goes_to_most_taps_and_among_equals_to_the_older_faction() -> None:
    assert rules.winner([(5, 1, "old"), (9, 9, "new")]) == "new"
    assert rules.winner([(9, 2, "b"), (9, 1, "c"), (9, 2, "a")]) == "c"
