"""Texts: the same in every language, and names are never markup."""

from __future__ import annotations

import pytest
from tapstack.telegram.texts import Texts, language_of, number

GREETING = Texts(en={"hello": "Hello, <b>{name}</b>!"}, ru={"hello": "Привет, <b>{name}</b>!"})


def test_values_are_escaped_and_numbers_formatted() -> None:
    assert GREETING.say("hello", "en", name="<b>&") == "Hello, <b>&lt;b&gt;&amp;</b>!"
    assert GREETING.say("hello", "ru", name=1_234) == "Привет, <b>1\u202f234</b>!"
    assert GREETING.plain("hello", "en", name="<b>&") == "Hello, <b><b>&</b>!"
    assert number(1_234_567, "en") == "1,234,567"
    assert number(1_234_567, "ru") == "1\u202f234\u202f567"


def test_texts_of_several_concepts_come_together() -> None:
    bye = Texts(en={"bye": "Bye!"}, ru={"bye": "Пока!"})
    together = Texts.together(GREETING, bye, bye)
    assert together.plain("bye", "ru") == "Пока!"
    assert together.has("hello")
    assert not together.has("nothing")


def test_key_with_two_texts_is_refused() -> None:
    other = Texts(en={"hello": "Hi, {name}!"}, ru={"hello": "Привет, <b>{name}</b>!"})
    with pytest.raises(ValueError, match="hello has two texts in en"):
        Texts.together(GREETING, other)


@pytest.mark.parametrize(
    ("wishes", "language"),
    [(("", "ru-RU"), "ru"), (("ru", "en"), "ru"), (("", "de", ""), "en"), (("", "EN_us"), "en"), ((), "en")],
)
def test_language_is_the_first_wish_that_is_spoken(wishes: tuple[str, ...], language: str) -> None:
    assert language_of(*wishes) == language
