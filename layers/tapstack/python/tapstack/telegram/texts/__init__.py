"""What a bot says, in every language it speaks. Each concept has its own texts; a test holds the languages together.

A language is a file of this folder: its own name (`language`), its plurals, how it groups digits, and the texts of
every bot. The texts of a concept are in a file of the same name in the concept's `texts/`, or here as well. A text
that a language lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

DEFAULT = "en"
Text = str | Mapping[str, str]
"""A text, or its plural forms by CLDR's categories, of which `count` chooses one: https://cldr.unicode.org."""

LANGUAGES = (DEFAULT, *sorted({module.name for module in iter_modules(__path__)} - {DEFAULT}))


class Html(str):
    """Text that is HTML already; every other value is escaped."""

    __slots__ = ()


class Texts:
    """The texts of a concept, or of several, by language and key."""

    def __init__(self, **by_language: Mapping[str, Text]) -> None:
        self.by_language = by_language

    @classmethod
    def of(cls, package: str) -> Texts:
        """The texts of a concept, from the files of its package and from those of the languages."""
        english: dict[str, Text] = _module(f"{package}.{DEFAULT}").TEXTS
        merged = {}
        for language in LANGUAGES:
            common = {key: text for key, text in _module(f"{__name__}.{language}").TEXTS.items() if key in english}
            name = f"{package}.{language}"
            merged[language] = english | common | (_module(name).TEXTS if find_spec(name) else {})
        return cls(**merged)

    @classmethod
    def together(cls, *parts: Texts) -> Texts:
        """The texts of several concepts in one. Raises ValueError for a key that two of them define differently."""
        merged: dict[str, dict[str, Text]] = {}
        for part in parts:
            for language, texts in part.by_language.items():
                known = merged.setdefault(language, {})
                for key, text in texts.items():
                    if known.setdefault(key, text) != text:
                        raise ValueError(f"{key} has two texts in {language}")
        return cls(**merged)

    def has(self, key: str) -> bool:
        """Whether there is a text of a key."""
        return key in self.by_language[DEFAULT]

    def say(self, key: str, language: str, /, **values: object) -> Html:
        """The text of a key as HTML; numbers are formatted, names and other texts escaped."""
        shown = {}
        for name, value in values.items():
            if isinstance(value, int):
                shown[name] = number(value, language)
            else:
                shown[name] = value if isinstance(value, Html) else escape(str(value))
        return Html(self._form(key, language, values).format(**shown))

    def plain(self, key: str, language: str, /, **values: object) -> str:
        """The text of a key for buttons and toasts, where nothing is markup."""
        shown = {name: number(v, language) if isinstance(v, int) else str(v) for name, v in values.items()}
        return self._form(key, language, values).format(**shown)

    def _form(self, key: str, language: str, values: Mapping[str, object]) -> str:
        text = self.by_language[language][key]
        if isinstance(text, str):
            return text
        count = values["count"]
        return text.get(plural(count if isinstance(count, int) else 0, language), text["other"])


def language_of(*wishes: str) -> str:
    """The first wish that the bot speaks (`ru`, `ru-RU`), else English."""
    for wish in wishes:
        language = wish.lower().replace("_", "-").partition("-")[0]
        if language in LANGUAGES:
            return language
    return DEFAULT


def number(value: int, language: str) -> str:
    """A number with its thousands apart, as the language writes it."""
    separator: str = _module(f"{__name__}.{language}").THOUSANDS
    return f"{value:,}".replace(",", separator)


def plural(count: int, language: str) -> str:
    """The category of a count, by the language's rule."""
    category: str = _module(f"{__name__}.{language}").plural(count)
    return category


def _module(name: str) -> ModuleType:
    return import_module(name)


TEXTS = Texts.of(__name__)
"""What every bot says."""
