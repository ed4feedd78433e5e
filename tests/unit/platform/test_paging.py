"""A cursor opens the list that it was given out for, and nothing else."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.bounds import MAX_CURSOR
from tapstack.platform.errors import BadRequest
from tapstack.platform.paging import Cursors, page_size
from tapstack.players.rules.referrals import MAX_DEPTH

KEY = "signing-key-of-these-tests"
CURSORS = Cursors(lambda: (KEY,))
SCOPE = ("tree", "0123456789abcdef")
PLACE = (1_800_000_000_000, "fedcba9876543210")
Place = tuple[int, str]
SHAPE: Any = Place  # mypy takes no alias for a type


def assert_refused(text: str, cursors: Cursors = CURSORS, shape: Any = SHAPE, scope: tuple[str, ...] = SCOPE) -> None:
    with pytest.raises(BadRequest) as refusal:
        cursors.read(text, shape, *scope)
    assert refusal.value.code == "validation_failed"
    assert refusal.value.data == {"field": "cursor"}


def unsigned(position: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).rstrip(b"=").decode()


@given(st.tuples(st.integers(-(2**60), 2**60), st.text(st.characters(codec="utf-8"), max_size=40)))
def test_cursor_leads_back_to_the_position_it_was_signed_for(position: Place) -> None:
    assert CURSORS.read(CURSORS.sign(position, *SCOPE), SHAPE, *SCOPE) == position


@pytest.mark.parametrize(
    "scope",
    [
        ("tree", "fedcba9876543210"),
        ("invited", "0123456789abcdef"),
        ("tree",),
        ("tree", "0123456789abcdef", ""),
        ("tree0123456789abcdef",),
        ('tree","0123456789abcdef',),
        (),
    ],
)
def test_cursor_of_another_list_or_owner_is_refused(scope: tuple[str, ...]) -> None:
    assert_refused(CURSORS.sign(PLACE, *scope))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "IiI",
            "",
            "A",
            "AAAA",
            "=",
            "====",
            "e30",
            "bnVsbA",
            "W10",
            "\ud800",
            "\u00e9",
            "a b",
            "a\n",
            "\0",
            "+/+/",
            "-_-_",
        ),
        "9" * 16,
        "A" * MAX_CURSOR,
        "A" * 5_000_000,
    ],
    ids=str.__len__,
)
def test_text_that_is_no_cursor_is_refused(text: str) -> None:
    assert_refused(text)
    assert_refused(text, shape=str)


@pytest.mark.parametrize(
    "position",
    [PLACE, 10**400, [PLACE] * 5, json.loads("[" * 400 + "]" * 400), {}, "2026-11-21", "", None],
    ids=range(8),
)
def test_position_that_nobody_signed_is_refused(position: Any) -> None:
    assert_refused(unsigned(position))
    assert_refused(CURSORS.sign(PLACE, *SCOPE)[:16] + unsigned(position))


def test_cursor_cut_or_changed_anywhere_is_refused() -> None:
    good = CURSORS.sign(PLACE, *SCOPE)
    for at in range(len(good)):
        assert_refused(good[:at])
        other = "B" if good[at] != "B" else "C"
        if at < len(good) - 1:  # of the last character some bits mean nothing
            assert_refused(good[:at] + other + good[at + 1 :])
    assert_refused(good + "AAAA")


def test_position_of_another_shape_is_refused_though_we_signed_it() -> None:
    """As after a deployment that has changed what a list's position is."""
    assert_refused(CURSORS.sign("2026-11-21", *SCOPE))


def test_cursor_outlives_the_rotation_of_its_key_and_not_its_end() -> None:
    old = CURSORS.sign(PLACE, *SCOPE)
    rotating = Cursors(lambda: ("the-new-signing-key", KEY))
    assert rotating.read(old, SHAPE, *SCOPE) == PLACE
    new = rotating.sign(PLACE, *SCOPE)
    assert_refused(new)
    assert_refused(old, Cursors(lambda: ("the-new-signing-key",)))


def test_longest_position_fits() -> None:
    deepest = [("0123456789abcdef", (1_800_000_000_000, "0123456789abcdef"))] * MAX_DEPTH
    longest_key = ("k" * 1_024, "0123456789abcdef")
    for position in (deepest, longest_key):
        assert len(CURSORS.sign(position, *SCOPE)) <= MAX_CURSOR


@pytest.mark.parametrize(("asked", "given"), [(-1, 1), (0, 1), (1, 1), (100, 100), (101, 100), (10**30, 100)])
def test_page_is_of_1_to_100(asked: int, given: int) -> None:
    assert page_size(asked) == given
