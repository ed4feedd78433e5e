"""The bot's scenes, commands and texts: whole, and the same in every language."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
import tapstack
from tapstack.bot.groups import COMMANDS as GROUP_COMMANDS
from tapstack.bot.scene_list import COMMANDS, OFFERED, SCENES, TEXTS
from tapstack.economy.texts import TEXTS as ECONOMY
from tapstack.groups.texts import TEXTS as GROUPS
from tapstack.leaderboards.texts import TEXTS as LEADERBOARDS
from tapstack.league.texts import TEXTS as LEAGUE
from tapstack.players.texts import TEXTS as PLAYERS
from tapstack.privacy.texts import TEXTS as PRIVACY
from tapstack.telegram.texts import LANGUAGES, Text, plural
from tapstack.telegram.texts import TEXTS as COMMON

EN = TEXTS.by_language["en"]
LAYER = Path(tapstack.__file__).parent


def forms(text: Text) -> list[str]:
    """A text, or its plural forms."""
    return [text] if isinstance(text, str) else list(text.values())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_every_text_with_the_same_values_and_tags(language: str) -> None:
    texts = TEXTS.by_language[language]
    assert set(texts) == set(EN)
    for key, text in texts.items():
        for form in forms(text):
            assert fields(form) == fields(forms(EN[key])[0]), key
            assert re.findall("<[^>]+>", form) == re.findall("<[^>]+>", forms(EN[key])[0]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    used = {plural(count, language) for count in range(200)} | {"other"}
    for key, text in TEXTS.by_language[language].items():
        if not isinstance(text, str):
            assert {"other"} <= set(text) <= used, key
            assert isinstance(EN[key], str) is False, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_keep_telegrams_limits(language: str) -> None:
    texts = TEXTS.by_language[language]
    assert len(texts["about.description"]) <= 512
    assert len(texts["about.short"]) <= 120
    assert all(1 <= len(text) <= 256 for key, text in texts.items() if key.startswith("command."))


def said(package: str = "") -> set[str]:
    """Every literal of a package that is the key of a text, and the keys that one made with a value begins."""
    found: set[str] = set()
    for path in (LAYER / package).rglob("*.py"):
        if path.parent.name != "texts":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Constant(str(key)) if key in EN:
                        found.add(key)
                    case ast.JoinedStr([ast.Constant(str(start)), _]) if re.fullmatch(r"\w+\.\w+\.", start):
                        found |= {key for key in EN if key.startswith(start)}
    return found


def test_no_text_is_left_that_nobody_says() -> None:
    made = {"name.bad_length", "name.bad_characters"}  # from the reason of a refusal
    commands = {key for key in EN if key.startswith("command.")}
    assert set(EN) - commands - made == said() - commands - made


def test_telegram_offers_the_commands_that_are_described() -> None:
    described = (
        "start tap top league wallet shop bag crates quests faction heist rally duel raid profile invite settings "
        "inbox privacy help cancel"
    )
    assert " ".join(OFFERED) == described
    assert {f"command.{name}" for name in (*OFFERED, *GROUP_COMMANDS)} == {k for k in EN if k.startswith("command.")}
    assert set(OFFERED) <= set(COMMANDS)


def test_every_scene_can_be_opened_under_its_name() -> None:
    assert all(scene.name == name and "open" in scene.actions for name, scene in SCENES.items())


def test_concept_says_nothing_that_a_concept_above_it_defines() -> None:
    concepts = {"telegram": COMMON, "players": PLAYERS, "leaderboards": LEADERBOARDS}
    concepts |= {"groups": GROUPS, "league": LEAGUE, "economy": ECONOMY, "privacy": PRIVACY}
    known = {"about.description", "about.short", "menu"}  # set_up has the bot hand these in
    for package, texts in concepts.items():
        known |= set(texts.by_language["en"])
        assert said(package) <= known, package
