"""The catalogue: the same in every language, and names are never markup."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from tapstack.bot.scene_list import COMMANDS, SCENES
from tapstack.telegram.setup import GROUP, PRIVATE
from tapstack.telegram.texts import CATALOGUE, language_of, number, say

EN = CATALOGUE["en"]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", sorted(CATALOGUE))
def test_language_has_every_text_with_the_same_values_and_tags(language: str) -> None:
    texts = CATALOGUE[language]
    assert set(texts) == set(EN)
    for key, text in texts.items():
        assert fields(text) == fields(EN[key]), key
        assert re.findall("<[^>]+>", text) == re.findall("<[^>]+>", EN[key]), key


@pytest.mark.parametrize("language", sorted(CATALOGUE))
def test_texts_keep_telegrams_limits(language: str) -> None:
    texts = CATALOGUE[language]
    assert len(texts["about.description"]) <= 512
    assert len(texts["about.short"]) <= 120
    assert len(texts["name.placeholder"]) <= 64
    assert all(1 <= len(text) <= 256 for key, text in texts.items() if key.startswith("command."))


def test_values_are_escaped_and_numbers_written_out() -> None:
    assert say("home.hello", "en", name="<b>&") == "👋 Welcome, <b>&lt;b&gt;&amp;</b>!"
    assert number(1_234_567, "en") == "1,234,567"
    assert number(1_234_567, "ru") == "1\u202f234\u202f567"


@pytest.mark.parametrize(
    ("wishes", "language"),
    [(("", "ru-RU"), "ru"), (("ru", "en"), "ru"), (("", "de", ""), "en"), (("", "EN_us"), "en"), ((), "en")],
)
def test_language_is_the_first_wish_that_is_spoken(wishes: tuple[str, ...], language: str) -> None:
    assert language_of(*wishes) == language


def test_every_command_that_telegram_offers_is_understood() -> None:
    assert set(PRIVATE) <= set(COMMANDS)
    assert {f"command.{name}" for name in (*PRIVATE, *GROUP)} <= set(EN)


def test_every_scene_can_be_opened_and_has_the_name_of_its_file() -> None:
    for name, scene in SCENES.items():
        assert scene.name == name
        assert "open" in scene.actions
