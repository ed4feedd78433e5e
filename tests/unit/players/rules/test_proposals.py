"""Usernames that are proposed to a player who has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.bounds import MAX_DISPLAY_NAME
from tapstack.players.rules import names
from tapstack.players.rules.identity import USERNAME
from tapstack.players.rules.proposals import proposals
from tapstack.players.rules.public_names import generated

ID = "b35a000000000001"
GENERATED = "{0.adjective}_{0.animal}".format(generated(ID)).lower()


@pytest.mark.parametrize(
    ("first", "last", "proposed"),
    [
        ("Боб", "", "bob"),
        ("Наталья", "Щёлкова", "natalya"),
        ("Ada", "Lovelace", "ada"),
        ("Al", "Capp", "al_capp"),
        ("王芳", "", "wangfang"),
        ("Müller", "", "muller"),
        ("Anna-Maria", "", "anna"),
        ("\u202eboB\u202c", "", "bob"),
        ("Bo\u0000b\u200b", "", "bob"),
        ("🅱🐱 Боб 🚀", "", "bob"),
        ("Ⓑⓞⓑ", "", "bob"),
        ("Adа", "", "ada"),  # the last letter is Cyrillic: it looks like Ada, and is checked as ada
        ("Abcdefghijklmnopqrstuvwxyz", "", "abcdefghijklmnopqrst"),
        ("😀" * 64, "", GENERATED),
        ("", "", GENERATED),
        ("O", "", GENERATED),
        ("___", "", GENERATED),
        ("<b>Bob</b>", "", "b_bob_b"),
    ],
)
def test_first_proposal_is_the_first_name_in_plain_letters(first: str, last: str, proposed: str) -> None:
    assert proposals(names.display_name(first, last), ID)[0] == proposed


@given(st.text(max_size=MAX_DISPLAY_NAME), st.text("0123456789abcdef", min_size=16, max_size=16))
def test_every_proposal_of_any_name_is_valid_and_they_differ(name: str, player_id: str) -> None:
    found = proposals(names.display_name(name, ""), player_id)
    assert all(USERNAME.fullmatch(proposal) for proposal in found), found
    assert len(set(found)) == len(found) == 4


def test_two_with_the_same_name_are_numbered_differently() -> None:
    assert set(proposals("Bob", ID)) & set(proposals("Bob", "b35a000000000002")) == {"bob"}
