"""What an operator writes, checked as Telegram will check it: before anybody gets it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from urllib.parse import urlsplit

from tapstack.broadcasts.model import Button, Buttons, Content
from tapstack.broadcasts.rules import DEFAULT_LANGUAGE
from tapstack.platform.errors import BadRequest
from tapstack.telegram.links import app_link, chat_link
from tapstack.telegram.markup import CAPTION_MAX, TEXT_MAX, check_html
from tapstack.telegram.texts import LANGUAGES

ROW_MAX, BUTTONS_MAX = 8, 100
"""https://core.telegram.org/bots/api#inlinekeyboardmarkup; more of a row would go to the next one."""

BUTTON_TEXT_MAX = 64
"""Characters; a phone shows fewer still."""

URL_MAX = 2_048
IN_A_ROW, LEADS_TO = " | ", " -> "

_FILE_ID = re.compile(r"[A-Za-z0-9_-]{20,200}")
_START = {"start": re.compile(r"[A-Za-z0-9_-]{1,64}"), "startapp": re.compile(r"[A-Za-z0-9_-]{0,512}")}
"""https://core.telegram.org/bots/features#deep-linking and https://core.telegram.org/bots/webapps"""

_LINKS: Mapping[str, Callable[[str, str], str]] = {"start": chat_link, "startapp": app_link}


def compose(texts: Mapping[str, str], rows: Mapping[str, Sequence[str]], photo: str, bot_name: str | None) -> Content:
    """A broadcast's content from what an operator has written: texts in Telegram's HTML, and rows of buttons.

    A row is `Text -> target | Text -> target`; a target is a URL, `web_app:URL`, `startapp:PARAMETER` for the Mini App
    or `start:PARAMETER` for the chat. Raises BadRequest (`validation_failed`), which says what is wrong.
    """
    _check_languages(texts, {language for language, given in rows.items() if given})
    for language, text in texts.items():
        try:
            check_html(text, most=CAPTION_MAX if photo else TEXT_MAX)
        except BadRequest as error:
            under = " under a picture" if photo else ""
            raise _wrong(f"the {language} text{under}: {error.message}") from error
    if photo and not _FILE_ID.fullmatch(photo):
        _check_url(photo, ("https", "http"), "the picture")
    return Content(dict(texts), {i: _buttons(i, given, bot_name) for i, given in rows.items() if given}, photo)


def _check_languages(texts: Mapping[str, str], with_buttons: Collection[str]) -> None:
    """Everybody gets a text they can read, and who gets a text gets its buttons."""
    if unknown := sorted({*texts, *with_buttons} - set(LANGUAGES)):
        raise _wrong(f"the bot speaks {', '.join(LANGUAGES)}, not {', '.join(unknown)}")
    if DEFAULT_LANGUAGE not in texts:
        raise _wrong(f"the {DEFAULT_LANGUAGE} text is missing: it is for all languages without one")
    if with_buttons and (missing := sorted(set(texts) - set(with_buttons))):
        raise _wrong(f"there are buttons, but none for {', '.join(missing)}")
    if extra := sorted(set(with_buttons) - set(texts)):
        raise _wrong(f"there are buttons for {', '.join(extra)}, but no text")


def _buttons(language: str, rows: Sequence[str], bot_name: str | None) -> Buttons:
    found = tuple(tuple(_button(given, bot_name) for given in row.split(IN_A_ROW)) for row in rows)
    if any(len(row) > ROW_MAX for row in found) or sum(map(len, found)) > BUTTONS_MAX:
        raise _wrong(f"the {language} buttons: at most {ROW_MAX} in a row, and {BUTTONS_MAX} in all")
    return found


def _button(given: str, bot_name: str | None) -> Button:
    text, arrow, target = (part.strip() for part in given.partition(LEADS_TO))
    if not arrow or not target:
        raise _wrong(f"a button is `Text{LEADS_TO}target`, not {given!r}")
    if not 0 < len(text) <= BUTTON_TEXT_MAX:
        raise _wrong(f"a button's text has 1 to {BUTTON_TEXT_MAX} characters, not {len(text)}: {given!r}")
    kind, _, rest = target.partition(":")
    if kind == "web_app":
        return Button(text, web_app=_check_url(rest, ("https",), f"the button {text!r}"))
    if kind in _LINKS:
        if not _START[kind].fullmatch(rest):
            raise _wrong(f"the button {text!r}: {rest!r} is no parameter of a link to the bot")
        if not bot_name:
            raise _wrong(f"the button {text!r}: the bot's name is not known yet; set TELEGRAM_BOT_USERNAME")
        return Button(text, url=_LINKS[kind](bot_name, rest))
    return Button(text, url=_check_url(target, ("https", "http", "tg"), f"the button {text!r}"))


def _check_url(url: str, schemes: Sequence[str], of: str) -> str:
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and parts.scheme in schemes
    except ValueError:
        whole = False
    if not whole or len(url) > URL_MAX or not url.isprintable() or " " in url:
        raise _wrong(f"{of}: {url[:100]!r} is no address that begins with {' or '.join(f'{s}://' for s in schemes)}")
    return url


def _wrong(what: str) -> BadRequest:
    return BadRequest(what, code="validation_failed")
