"""Everything the bot says, in every language it speaks: one catalogue, the same keys in each (a test holds it)."""

from __future__ import annotations

from html import escape

from tapstack.telegram.texts.en import TEXTS as EN
from tapstack.telegram.texts.ru import TEXTS as RU

CATALOGUE = {"en": EN, "ru": RU}
DEFAULT = "en"
_NARROW_SPACE = "\u202f"


class Html(str):
    """Text that is HTML already; every other value is escaped."""

    __slots__ = ()


def language_of(*wishes: str) -> str:
    """The first wish that the bot speaks (`ru`, `ru-RU`), else English."""
    for wish in wishes:
        language = wish.lower().replace("_", "-").partition("-")[0]
        if language in CATALOGUE:
            return language
    return DEFAULT


def number(value: int, language: str) -> str:
    """A number with its thousands apart, as the language writes it."""
    return f"{value:,}".replace(",", _NARROW_SPACE if language == "ru" else ",")


def say(key: str, language: str, /, **values: object) -> Html:
    """The text of a key as HTML; numbers are written out, names and other texts escaped."""
    shown = {}
    for name, value in values.items():
        if isinstance(value, int):
            shown[name] = number(value, language)
        else:
            shown[name] = value if isinstance(value, Html) else escape(str(value))
    return Html(CATALOGUE[language][key].format(**shown))


def plain(key: str, language: str, /, **values: object) -> str:
    """The text of a key for buttons and toasts, where nothing is markup."""
    shown = {name: number(v, language) if isinstance(v, int) else str(v) for name, v in values.items()}
    return CATALOGUE[language][key].format(**shown)
