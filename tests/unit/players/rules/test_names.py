"""Names as they are kept, searched and shown to others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.bounds import MAX_DISPLAY_NAME, MAX_NAME_KEY_BYTES
from tapstack.players.rules import names

LIGATURE = "\ufdfa"
"""Folds to 18 characters, 33 bytes."""


@given(st.text(max_size=200))
def test_fold_fits_an_index_key(name: str) -> None:
    assert len(names.fold(name).encode()) <= MAX_NAME_KEY_BYTES


def test_fold_cuts_64_ligatures_at_the_end_of_a_character() -> None:
    folded = names.fold(LIGATURE * 64)
    assert 0 < len(folded.encode()) <= MAX_NAME_KEY_BYTES
    assert folded.startswith(names.fold(LIGATURE))


@given(st.text(max_size=100), st.text(max_size=100))
def test_display_name_is_one_line_within_its_bound(first: str, last: str) -> None:
    name = names.display_name(first, last)
    assert len(name) <= MAX_DISPLAY_NAME
    assert name == " ".join(name.split())


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Ada", "Lovelace", "Ada Lovelace"),
        ("  Ada\n\t", "", "Ada"),
        ("\u202eadA", "", "adA"),
        ("A\u200bd\u2060a\x00", "", "Ada"),
        ("\u200d\u200b", "", ""),
        ("Zoë", "\U0001f469\u200d\U0001f680", "Zoë \U0001f469\u200d\U0001f680"),
    ],
)
def test_display_name_drops_what_cannot_be_seen(first: str, last: str, shown: str) -> None:
    assert names.display_name(first, last) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada", "Ada"),
        ("Anne-Marie O'Neil Jr.", "Anne-Marie O'Neil Jr."),
        ("FREE TON: t.me/scam", "FREE TON t me scam"),
        ("https://evil.example", "https evil example"),
        ("@ada_bot /start #win $TON", "ada_bot start win TON"),
        ("+7 999 123-45-67", "7 999 123-45-67"),
        ("t\uff0eme\uff0fx \uff20you", "t me x you"),
    ],
)
def test_name_for_others_carries_no_link(name: str, shown: str) -> None:
    assert names.without_links(name) == shown


@given(st.text(alphabet="ab.@/:#$+ \uff0e\uff0f\uff20\u2024", max_size=30))
def test_name_for_others_never_carries_a_link(name: str) -> None:
    assert not re.search(r"[@/#$+:]|[.]\S", names.without_links(name))
