"""Which answers count, when heists are, and who gets what."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.heists import lint, pools, rules
from tapstack.heists.model import Kind, Prize, Winner
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import BadRequest

KEY = b"of a test"
DATA = pools.data()
START_MS = 1_800_000_000_000


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("  Эхо! ", "эхо"),
        ("ёж", "еж"),
        ("ЁЖ", "Еж"),
        ("an Echo", "echo"),
        ("the  alarm-clock", "Alarm clock"),
        ("café", "cafe"),
        ("\uff25\uff23\uff28\uff2f", "echo"),
        ("e\u200bcho", "echo"),
        ("мой\u0301", "мой"),
        ("3,14", "3.14"),
        ("don\u2019t", "dont"),
    ],
)
def test_answer_counts_however_it_is_written(said: str, meant: str) -> None:
    assert rules.fold(said) == rules.fold(meant) != ""


@pytest.mark.parametrize(
    ("said", "other"), [("йод", "иод"), ("еж", "ежи"), ("a", ""), ("!!!", "echo"), ("эхо эхо", "эхо")]
)
def test_other_answers_stay_other_answers(said: str, other: str) -> None:
    assert rules.fold(said) != rules.fold(other)


def test_right_answers_count_in_both_languages_and_by_their_letter() -> None:
    for number in range(50):
        asked = rules.ask(DATA.pools, KEY, f"h{number}", Kind.TRIVIA, ())
        assert asked
        right = [rules.is_right(asked, letter) for letter in "abcd"]
        assert right.count(True) == 1
        assert asked.options[right.index(True)] == asked.answer
        assert rules.is_right(asked, asked.answer.en)
        assert rules.is_right(asked, asked.answer.ru.upper())
        assert not any(rules.is_right(asked, one.en) for one in asked.options if one != asked.answer)
        with pytest.raises(BadRequest):
            rules.is_right(asked, "none of these")


@pytest.mark.parametrize("kind", [Kind.RIDDLE, Kind.SCRAMBLE, Kind.GRAB])
def test_each_question_has_a_right_answer_and_wrong_ones(kind: Kind) -> None:
    ids = DATA.pools.ids(kind)
    for one in ids:
        asked = rules.ask(DATA.pools, KEY, "h", kind, set(ids) - {one})
        assert asked
        assert rules.is_right(asked, asked.answer.en)
        assert rules.is_right(asked, asked.answer.ru)
        assert not rules.is_right(asked, "something else")


def test_scrambled_word_is_never_the_word_and_has_its_letters() -> None:
    for word in DATA.pools.words:
        for number in range(20):
            mixed = rules.scrambled(word.ru, KEY, f"h{number}")
            assert mixed != word.ru
            assert Counter(mixed) == Counter(word.ru)
    assert rules.scrambled("aab", KEY, "h") != "aab"


def test_question_depends_on_the_key_that_nobody_knows() -> None:
    names = [f"w202612{day:02}-0700" for day in range(1, 29)]
    chosen = {key: [rules.ask(DATA.pools, key, name, Kind.TRIVIA, ()) for name in names] for key in (b"one", b"other")}
    assert chosen[b"one"] != chosen[b"other"]
    ids = {asked.id for asked in chosen[b"one"] if asked}
    assert len(ids) > 14


def test_no_question_is_asked_twice_and_none_is_left_in_the_end() -> None:
    used: set[str] = set()
    for number in range(len(DATA.pools.riddles)):
        asked = rules.ask(DATA.pools, KEY, f"h{number}", Kind.RIDDLE, used)
        assert asked
        assert asked.id not in used
        used.add(asked.id)
    assert rules.ask(DATA.pools, KEY, "one more", Kind.RIDDLE, used) is None


def test_question_comes_again_after_30_days_and_no_earlier() -> None:
    asked = {"a": START_MS}
    assert rules.recent(asked, START_MS + 30 * DAY_MS - 1) == asked
    assert rules.recent(asked, START_MS + 30 * DAY_MS) == {}


def test_slots_are_named_by_their_start_and_found_by_their_name() -> None:
    for slot in rules.slots(DATA.schedule, START_MS, START_MS + 7 * DAY_MS):
        assert rules.slot_of(DATA.schedule, slot.id) == slot
        assert rules.running_slot(DATA.schedule, slot.starts_ms) == slot
        assert rules.running_slot(DATA.schedule, slot.ends_ms) is None
        before = rules.running_slot(DATA.schedule, slot.starts_ms - 1)
        assert before is None or before.id != slot.id
    for name in ("w20261322-0700", "w20261122-0701", "g20261122-aaaaaaaaaaaaa", ""):
        assert rules.slot_of(DATA.schedule, name) is None


PRIZES = st.builds(
    Prize,
    each=st.integers(1, 1_000),
    most=st.integers(1, 50_000),
    first=st.lists(st.integers(1, 100), min_size=1, max_size=10).map(tuple),
    least=st.integers(1, 5),
)


@given(PRIZES, st.integers(0, 300), st.sets(st.integers(1, 10)))
def test_shares_are_the_pool_to_the_coin(prize: Prize, count: int, ranks: set[int]) -> None:
    players = [f"p{number}" for number in range(count)]
    winners = {rank: players[-place] for place, rank in enumerate(sorted(ranks), 1) if place <= count}
    winners = {rank: player for rank, player in winners.items() if rank <= len(prize.first)}
    shares = rules.shares(prize, winners, players)
    assert list(shares) == players
    assert sum(shares.values()) == rules.pool(prize, count)
    assert all(coins >= 0 for coins in shares.values())
    assert rules.pool(prize, count) <= min(prize.most, prize.each * count)
    rest = [coins for player, coins in shares.items() if player not in winners.values()]
    assert not rest or max(rest) - min(rest) <= 1


def test_kept_places_win_over_those_that_only_redis_knew() -> None:
    kept = {1: Winner(player="ada", op="o", sum="s"), 3: Winner(player="bob", op="o", sum="s")}
    live = {1: "eve", 2: "ada", 3: "bob", 4: "joe"}
    assert rules.final_places(kept, live, 3) == {1: "ada", 2: "eve", 3: "bob"}
    assert rules.all_players(["eve", "bob"], kept) == ["ada", "eve", "bob"]


def test_questions_and_schedule_have_no_fault() -> None:
    assert lint.faults(DATA) == []
    counts = {kind: len(DATA.pools.ids(kind)) for kind in Kind}
    assert counts == {Kind.TRIVIA: 200, Kind.RIDDLE: 60, Kind.SCRAMBLE: 200, Kind.GRAB: 60}
