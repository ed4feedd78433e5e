"""Crates give what their odds say, and pity keeps its promise: a million draws in all."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections import Counter

import pytest
from support.economy import catalogue
from tapstack.economy.catalogue.model import Crate, Drop
from tapstack.economy.rules import draws

CRATES = [item for item in catalogue().items if isinstance(item, Crate)]
DRAWS = 200_000
"""Of each crate: enough to find a drop of 1 in 100 that comes a tenth too often (4.5 standard deviations)."""

SEED = hashlib.sha256(b"a million draws").hexdigest()


def p_value(observed: Counter[Drop], drops: tuple[Drop, ...]) -> float:
    """How likely drops by their weights are at least as far off (chi-square, by Wilson and Hilferty)."""
    total, weights = observed.total(), sum(drop.weight for drop in drops)
    expected = {drop: total * drop.weight / weights for drop in drops}
    chi_square = sum((observed[drop] - wanted) ** 2 / wanted for drop, wanted in expected.items())
    spread = 2 / (9 * (len(drops) - 1))
    z = ((chi_square / (len(drops) - 1)) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return math.erfc(z / math.sqrt(2)) / 2


def test_what_is_unfair_is_found_out() -> None:
    drops = CRATES[0].drops
    fair = Counter({drop: drop.weight for drop in drops})
    assert p_value(fair, drops) > 0.999
    assert p_value(fair + Counter({drops[0]: 6_000}), drops) < 0.001


@pytest.mark.parametrize("crate", CRATES, ids=lambda crate: crate.id)
def test_crates_give_what_their_odds_say_and_keep_their_pity(crate: Crate) -> None:
    numbers, misses, longest = draws.Draws(SEED, crate.id, 0), 0, 0
    free, by_pity = Counter[int](), Counter[int]()
    for _ in range(DRAWS):
        counts = by_pity if crate.pity and misses >= crate.pity.opens else free
        drop, misses = draws.open_crate(catalogue(), crate, misses, numbers)
        counts[id(drop)] += 1
        longest = max(longest, misses)
    of = {id(drop): drop for drop in crate.drops}
    assert p_value(Counter({of[key]: count for key, count in free.items()}), crate.drops) > 0.001
    assert free.total() + by_pity.total() == DRAWS
    if crate.pity:
        rare = tuple(drop for drop in crate.drops if catalogue().is_rare(drop, crate))
        assert longest == crate.pity.opens
        assert p_value(Counter({of[key]: count for key, count in by_pity.items()}), rare) > 0.001


def test_numbers_are_what_anybody_can_compute_from_the_seeds() -> None:
    """The rule as the page of fairness states it, written down once more."""
    digests = b"".join(
        hmac.new(bytes.fromhex(SEED), f"mine:7:{cursor}".encode(), hashlib.sha256).digest() for cursor in range(3)
    )
    words = [int.from_bytes(digests[at : at + 8]) for at in range(0, len(digests), 8)]
    numbers = draws.Draws(SEED, "mine", 7)
    assert [numbers.below(1_000_000) for _ in words] == [word % 1_000_000 for word in words]


def test_a_word_that_would_favour_some_numbers_is_passed_over() -> None:
    bound = 2**63 + 1
    digest = hmac.new(bytes.fromhex(SEED), b"mine:7:0", hashlib.sha256).digest()
    words = [int.from_bytes(digest[at : at + 8]) for at in range(0, 32, 8)]
    fair = next(word for word in words if word < bound)
    assert fair != words[0], "the first word must be one to pass over"
    assert draws.Draws(SEED, "mine", 7).below(bound) == fair
