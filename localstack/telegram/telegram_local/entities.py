"""Message text: HTML to text and entities, as TDLib parses it, with its errors.

Offsets of entities count UTF-16 code units; offsets in errors count bytes of UTF-8.
https://core.telegram.org/bots/api#formatting-options and parse_html of TDLib's MessageEntity.cpp.
"""

import html
import re
from typing import Any
from urllib.parse import urlsplit

from .errors import BadRequest
from .html_tags import Tag, read_end_tag, read_start_tag

Entity = dict[str, Any]

# For entities that cover the same text, the outer comes first (TDLib's get_type_priority).
_PRIORITY = {
    kind: rank
    for rank, kind in enumerate(
        ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic"]
        + ["underline", "strikethrough", "spoiler", "custom_emoji"]
    )
}
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_CHARACTER = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);?")
_DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,!?:;)])"
    r"|(?<![\w/@<])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w`.@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
)


def utf16_length(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def format_text(text: str, parse_mode: str, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """The displayed text with its entities, given and detected. Raises BadRequest if it does not parse."""
    mode = parse_mode.lower()
    if mode == "html":
        text, given = parse_html(text)
    elif mode in ("", "none"):
        given = list(entities or [])
    elif mode in ("markdown", "markdownv2"):
        raise BadRequest("unsupported parse_mode (the local Telegram parses HTML only)")
    else:
        raise BadRequest("unsupported parse_mode")
    text, given = _trim(text, given)
    return text, _sorted(given + _found(text, given))


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Text and entities of HTML. Raises BadRequest "can't parse entities: ..."."""
    try:
        return _parse_html(markup)
    except ValueError as error:
        raise BadRequest(f"can't parse entities: {error}") from None


def _parse_html(markup: str) -> tuple[str, list[Entity]]:
    raw = markup.encode("utf-8", "surrogatepass")
    text: list[str] = []
    length = 0
    nested: list[tuple[Tag, int]] = []
    found: list[Entity] = []
    at = 0
    while at < len(raw):
        if raw[at : at + 1] != b"<":
            end = raw.find(b"<", at)
            end = len(raw) if end < 0 else end
            piece = decode_characters(raw[at:end].decode("utf-8", "surrogatepass"))
            text.append(piece)
            length += utf16_length(piece)
            at = end
        elif raw[at + 1 : at + 2] != b"/":
            tag, at = read_start_tag(raw, at, decode_characters)
            nested.append((tag, length))
        else:
            if not nested:
                raise ValueError(f"Unexpected end tag at byte offset {at}")
            tag, start = nested.pop()
            at = read_end_tag(raw, at, tag.name)
            if length > start:
                shown = _utf16_slice("".join(text), start)
                found.extend(_entity(tag, start, length - start, shown))
    if nested:
        raise ValueError(f'Can\'t find end tag corresponding to start tag "{nested[-1][0].name}"')
    return "".join(text), _sorted(_merge_code(found))


def decode_characters(text: str) -> str:
    """Replace the character references that Telegram supports; others are kept."""
    return _CHARACTER.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name.startswith("#"):
        return html.unescape(f"&{name};")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if 0xD800 <= code <= 0xDFFF:
        raise ValueError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code <= 0x10FFFF else match.group(0)


def _entity(tag: Tag, offset: int, length: int, shown: str) -> list[Entity]:
    entity: Entity = {"offset": offset, "length": length}
    if tag.name == "a":
        return _link(entity, tag.attributes.get("href") or shown)
    if tag.name == "blockquote":
        expandable = "expandable" in tag.attributes
        return [entity | {"type": "expandable_blockquote" if expandable else "blockquote"}]
    if tag.name == "tg-emoji":
        return [entity | {"type": "custom_emoji", "custom_emoji_id": tag.attributes.get("emoji-id", "")}]
    entity["type"] = _TYPES[tag.name]
    language = tag.attributes.get("class", "")
    if tag.name == "code" and language.startswith("language-") and len(language) > 9:
        entity["language"] = language[9:]
    return [entity]


def _link(entity: Entity, address: str) -> list[Entity]:
    user = re.fullmatch(r"tg://user\?id=(\d+)", address)
    if user:
        mentioned = {"id": int(user.group(1)), "is_bot": False, "first_name": ""}
        return [entity | {"type": "text_mention", "user": mentioned}]
    url = checked_link(address)
    return [entity | {"type": "text_link", "url": url}] if url else []


def checked_link(address: str) -> str:
    """An address as Telegram stores it, or "" if it is invalid."""
    if not address or any(character.isspace() for character in address):
        return ""
    url = address if "://" in address else f"http://{address}"
    parts = urlsplit(url)
    if parts.scheme in ("tg", "ton", "tonsite"):
        return url
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not ("." in host or host == "localhost"):
        return ""
    return url if parts.path or parts.query or parts.fragment else f"{url}/"


def _merge_code(found: list[Entity]) -> list[Entity]:
    """<pre><code class="language-x"> over the same text is one block of that language."""
    blocks = {(entity["offset"], entity["length"]): entity for entity in found if entity["type"] == "pre"}
    kept = []
    for entity in found:
        language = entity.pop("language", None) if entity["type"] == "code" else None
        block = blocks.get((entity["offset"], entity["length"]))
        if language and block:
            block["language"] = language
        else:
            kept.append(entity)
    return kept


def _found(text: str, given: list[Entity]) -> list[Entity]:
    """Commands, mentions and addresses detected in a text."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given]
    found: list[Entity] = []
    for match in _DETECTED.finditer(text):
        start = utf16_length(text[: match.start()])
        length = utf16_length(match.group(0))
        inside = any(begin < start + length and start < end for begin, end in taken)
        if match.lastgroup and not (inside and match.lastgroup == "url"):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return found


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Strip white space at both ends and shift the entities accordingly."""
    shown = text.strip(" \t\r\n")
    cut = utf16_length(text) - utf16_length(text.lstrip(" \t\r\n"))
    total = utf16_length(shown)
    kept = []
    for entity in entities:
        start = max(0, int(entity["offset"]) - cut)
        end = min(total, int(entity["offset"]) + int(entity["length"]) - cut)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return shown, kept


def _utf16_slice(text: str, start: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[start * 2 :].decode("utf-16-le", "surrogatepass")


def _sorted(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _PRIORITY.get(e["type"], 99)))
