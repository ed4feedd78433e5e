"""What a bot says, in every language it speaks. Each concept has its own texts; a test holds the languages together."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tapstack.telegram.texts import en, ru

LANGUAGES = ("en", "ru")
DEFAULT = "en"
_NARROW_SPACE = "\u202f"


class Html(str):
    """Text that is HTML already; every other value is escaped."""

    __slots__ = ()


class Texts:
    """The texts of a concept, or of several, by language and key."""

    def __init__(self, **by_language: Mapping[str, str]) -> None:
        self.by_language = by_language

    @classmethod
    def together(cls, *parts: Texts) -> Texts:
        """The texts of several concepts in one. Raises ValueError for a key that two of them define differently."""
        merged: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
        for part in parts:
            for language, texts in merged.items():
                for key, text in part.by_language[language].items():
                    if texts.setdefault(key, text) != text:
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
        return Html(self.by_language[language][key].format(**shown))

    def plain(self, key: str, language: str, /, **values: object) -> str:
        """The text of a key for buttons and toasts, where nothing is markup."""
        shown = {name: number(v, language) if isinstance(v, int) else str(v) for name, v in values.items()}
        return self.by_language[language][key].format(**shown)


def language_of(*wishes: str) -> str:
    """The first wish that the bot speaks (`ru`, `ru-RU`), else English."""
    for wish in wishes:
        language = wish.lower().replace("_", "-").partition("-")[0]
        if language in LANGUAGES:
            return language
    return DEFAULT


def number(value: int, language: str) -> str:
    """A number with its thousands apart, as the language writes it."""
    return f"{value:,}".replace(",", _NARROW_SPACE if language == "ru" else ",")


TEXTS = Texts(en=en.TEXTS, ru=ru.TEXTS)
"""What every bot says."""
