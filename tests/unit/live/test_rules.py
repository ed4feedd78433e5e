"""What may be said in a room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.live.chatting import blocked_words
from tapstack.live.rules import clean
from tapstack.platform.errors import BadRequest


@pytest.mark.parametrize(
    "text",
    ["gg", "Well played, Ada!", "3.14 is pi", "v1.2", "e.g. this", "хуже некуда", "мудрый ход", "Скунторп",
     "I like cats 🐈‍⬛", "a@b", "No. Me neither", "употребать",
     "hello...world", "I can't. Me too!", "педикюр", "у кота педикулёз"],
)  # fmt: skip
def test_honest_text_is_shown_as_it_is(text: str) -> None:
    assert clean(text, blocked_words()) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://x", "message_link"),
        ("HTTP : //x", "message_link"),
        ("see example.com now", "message_link"),
        ("t.me/free", "message_link"),
        ("t . me / free", "message_link"),
        ("t.me", "message_link"),
        ("write to @freecoins", "message_link"),
        ("tg://join", "message_link"),
        ("fuck", "message_rude"),
        ("FUUUUCK", "message_rude"),
        ("f.u.c.k", "message_rude"),
        ("you wh0re", "message_rude"),
        ("ПИ3ДА", "message_rude"),
        ("ёбаный", "message_rude"),
        ("ну ты педик!", "message_rude"),
        ("педику это", "message_rude"),
        ("педиком", "message_rude"),
        ("\u200b", "message_empty"),
        (" \n\t", "message_empty"),
        ("\u200d", "message_empty"),
    ],
)
def test_text_that_may_not_be_said_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadRequest) as refused:
        clean(text, blocked_words())
    assert refused.value.code == code


def test_marks_do_not_cover_the_lines_above() -> None:
    assert clean("Z" + "\u0301" * 50, ()) == "\u0179\u0301\u0301"


@given(st.text(max_size=40))
def test_what_is_shown_is_one_line_and_stays_the_same(text: str) -> None:
    try:
        shown = clean(text, ())
    except BadRequest:
        return
    assert shown == " ".join(shown.split())
    assert not any(ord(c) < 32 for c in shown)
    assert clean(shown, ()) == shown
