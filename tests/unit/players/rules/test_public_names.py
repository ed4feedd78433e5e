"""What others see of a player who has chosen no name."""

from __future__ import annotations

import re
import secrets
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from tapstack.players.rules.identity import USERNAME
from tapstack.players.rules.public_names import ADJECTIVES, ANIMALS, public_name

PLAYER_IDS = st.text("0123456789abcdef", min_size=16, max_size=16)


@given(PLAYER_IDS)
def test_generated_name_is_readable_and_no_possible_username(player_id: str) -> None:
    name = public_name(player_id, None)
    assert re.fullmatch("[A-Z][a-z]+ [A-Z][a-z]+ [1-9][0-9]", name)
    assert not USERNAME.fullmatch(name)


def test_generated_name_stays_the_same_for_ever() -> None:
    """Players know each other by it, and archived boards show it: a release must not rename everybody."""
    assert public_name("b35a000000000001", None) == "Early Quail 96"
    assert public_name("0000000000000000", None) == "Arctic Dove 93"


def test_username_comes_first() -> None:
    assert public_name("b35a000000000001", "Ada") == "Ada"


def test_few_of_a_thousand_players_share_a_generated_name() -> None:
    names = {public_name(secrets.token_hex(8), None) for _ in range(1_000)}
    assert len(names) > 980


def test_words_are_different_and_a_username_made_of_them_fits() -> None:
    assert len({*ADJECTIVES, *ANIMALS}) == len(ADJECTIVES) + len(ANIMALS) == 128
    assert all(USERNAME.fullmatch(f"{adjective}_{animal}") for adjective, animal in product(ADJECTIVES, ANIMALS))
