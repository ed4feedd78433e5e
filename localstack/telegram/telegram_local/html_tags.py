"""Reading one HTML tag of a message as TDLib does: byte by byte, with its errors as ValueError."""

from collections.abc import Callable
from dataclasses import dataclass, field

_SPACE = b" \t\r\n\0\v"
_TAGS = frozenset(b"a b strong i em s strike del u ins tg-spoiler tg-emoji span pre code blockquote".decode().split())


@dataclass
class Tag:
    """A start tag."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


def read_start_tag(raw: bytes, begin: int, decode: Callable[[str], str]) -> tuple[Tag, int]:
    """The tag that begins at `begin`, and the offset after it."""
    at = begin + 1
    while at < len(raw) and not _is_space(raw, at) and raw[at] != 0x3E:
        at += 1
    if at >= len(raw):
        raise ValueError(f"Unclosed start tag at byte offset {begin}")
    tag = Tag(raw[begin + 1 : at].decode("utf-8", "replace").lower())
    if tag.name not in _TAGS:
        raise ValueError(f'Unsupported start tag "{tag.name}" at byte offset {begin}')
    while True:
        at = _skip_space(raw, at)
        if at >= len(raw):
            raise ValueError(f'Unclosed start tag "{tag.name}" at byte offset {begin}')
        if raw[at] == 0x3E:
            break
        at = _read_attribute(raw, at, begin, tag, decode)
    if tag.name == "span" and tag.attributes.get("class") != "tg-spoiler":
        raise ValueError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
    return tag, at + 1


def _read_attribute(raw: bytes, at: int, begin: int, tag: Tag, decode: Callable[[str], str]) -> int:
    start = at
    while at < len(raw) and not _is_space(raw, at) and raw[at] not in b"=>":
        at += 1
    name = raw[start:at].decode("utf-8", "replace").lower()
    if not name:
        raise ValueError(f'Empty attribute name in the tag "{tag.name}" at byte offset {begin}')
    at = _skip_space(raw, at)
    if at < len(raw) and raw[at] != 0x3D:
        tag.attributes[name] = ""
        return at
    at = _skip_space(raw, at + 1)
    if at >= len(raw):
        raise ValueError(f'Unclosed start tag "{tag.name}" at byte offset {begin}')
    value, at = _read_value(raw, at, begin)
    tag.attributes[name] = decode(value)
    return at


def _read_value(raw: bytes, at: int, begin: int) -> tuple[str, int]:
    start = at
    if raw[at] not in b"\"'":
        while at < len(raw) and (raw[at : at + 1].isalnum() or raw[at] in b".-"):
            at += 1
        if at >= len(raw) or (not _is_space(raw, at) and raw[at] != 0x3E):
            raise ValueError(f"Unexpected end of name token at byte offset {start}")
        return raw[start:at].decode("utf-8", "replace").lower(), at
    end = raw.find(raw[at : at + 1], at + 1)
    if end < 0 or end + 1 >= len(raw):
        raise ValueError(f"Unclosed start tag at byte offset {begin}")
    return raw[at + 1 : end].decode("utf-8", "surrogatepass"), end + 1


def read_end_tag(raw: bytes, begin: int, expected: str) -> int:
    """The offset after the end tag at `begin`, which must close `expected` or be `</>`."""
    at = begin + 2
    while at < len(raw) and not _is_space(raw, at) and raw[at] != 0x3E:
        at += 1
    name = raw[begin + 2 : at].decode("utf-8", "replace").lower()
    at = _skip_space(raw, at)
    if at >= len(raw) or raw[at] != 0x3E:
        raise ValueError(f"Unclosed end tag at byte offset {begin}")
    if name and name != expected:
        raise ValueError(f'Unmatched end tag at byte offset {begin}, expected "</{expected}>", found "</{name}>"')
    return at + 1


def _is_space(raw: bytes, at: int) -> bool:
    return raw[at] in _SPACE


def _skip_space(raw: bytes, at: int) -> int:
    while at < len(raw) and _is_space(raw, at):
        at += 1
    return at
