"""The HTML that Telegram takes in a message: https://core.telegram.org/bots/api#html-style"""

from __future__ import annotations

import re
from html import unescape

from tapstack.platform.errors import BadRequest

TEXT_MAX, CAPTION_MAX = 4_096, 1_024
"""Of a message, and under a picture: after the markup is taken out; counted in UTF-16 units, which never count less
than Telegram does."""

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)(?:\s*=\s*["']([^"']*)["'])?""", re.IGNORECASE)
_ENTITY = re.compile(r"&([a-z][a-z0-9]*);", re.IGNORECASE)
_ENTITIES = {"lt", "gt", "amp", "quot"}

_PLAIN = re.compile("")
_ATTRIBUTES = {
    **dict.fromkeys("b strong i em u ins s strike del tg-spoiler pre".split(), {}),
    "code": {"class": re.compile(r"language-\S+")},
    "a": {"href": re.compile(r"(https?://|tg://|mailto:|tel:)\S+")},
    "span": {"class": re.compile("tg-spoiler")},
    "blockquote": {"expandable": _PLAIN},
    "tg-emoji": {"emoji-id": re.compile(r"\d+")},
}
"""The tags, and what their attributes may be."""

_NEEDED = {"a": "href", "span": "class", "tg-emoji": "emoji-id"}


def check_html(text: str, *, most: int = TEXT_MAX) -> None:
    """Raises BadRequest (`validation_failed`), saying what is wrong and where, for what Telegram might refuse."""
    opened: list[str] = []
    at, shown = 0, ""
    while (begin := text.find("<", at)) >= 0:
        shown += text[at:begin]
        tag = _TAG.match(text, begin)
        if tag is None:
            raise _broken("a < that begins no tag (write &lt;)", begin)
        closing, name, attributes = tag.group(1), tag.group(2).lower(), tag.group(3)
        if closing:
            if not opened or opened.pop() != name:
                raise _broken(f"</{name}> closes nothing that is open", begin)
        else:
            _check_attributes(name, attributes, begin)
            opened.append(name)
        at = tag.end()
    shown += text[at:]
    if opened:
        raise _broken(f"<{opened[-1]}> is never closed", len(text))
    for entity in _ENTITY.finditer(shown):
        if entity.group(1) not in _ENTITIES:
            raise _broken(f"Telegram doesn't know {entity.group(0)}", text.find(entity.group(0)))
    _check_length(unescape(shown).strip(), most)


def _check_attributes(name: str, attributes: str, begin: int) -> None:
    if name not in _ATTRIBUTES:
        raise _broken(f"Telegram doesn't know <{name}>", begin)
    given = {found.group(1).lower(): found.group(2) or "" for found in _ATTRIBUTE.finditer(attributes)}
    if _NEEDED.get(name, "") not in {"", *given}:
        raise _broken(f"<{name}> needs {_NEEDED[name]}", begin)
    for attribute, value in given.items():
        allowed = _ATTRIBUTES[name].get(attribute)
        if allowed is None or not allowed.fullmatch(unescape(value)):
            raise _broken(f"<{name}> may not have {attribute}={value!r}", begin)


def _check_length(shown: str, most: int) -> None:
    units = len(shown.encode("utf-16-le", "surrogatepass")) // 2
    if not 0 < units <= most:
        raise BadRequest(f"a message has 1 to {most} characters, this has {units}", code="validation_failed")


def _broken(what: str, at: int) -> BadRequest:
    return BadRequest(f"broken text: {what}, at character {at + 1}", code="validation_failed", field="text", at=at)
