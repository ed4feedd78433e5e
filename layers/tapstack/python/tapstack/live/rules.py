"""What a room may be called, what may be said there, and how often. No clock, no store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from tapstack.live.model import Pace
from tapstack.platform.errors import BadRequest

ROOM = "(?:faction|heist|rally|duel|lobby)(?::|%3A|%3a)[A-Za-z0-9_-]{1,40}"
"""The name of a room: its kind and its key. In a path the colon may be escaped."""

MAX_TEXT = 400
"""Characters that a message can have anywhere."""

USUAL_TEXT = 300
"""Characters of a message in a room that says nothing else."""

SHORT_TEXT = 200
"""Characters that every room takes: nothing is asked about a message that is no longer."""

MEMBERS_MAX = 200
"""Connections in one room: one event is one push to each of them."""

ROOMS_MAX = 8
"""Rooms that one connection may be in."""

CONNECTIONS_MAX = 8
"""Connections of one player: the newest stay."""

KEPT = 50
"""Events that a room keeps."""

SPEAKING = Pace(burst=5, every_ms=2_000)

PRESENCE_MS = 660_000
"""How long somebody counts as being there after a ping; the Mini App sends one a minute."""

CONNECTION_MS = 7_500_000
"""How long a connection is known: API Gateway cuts each after 2 hours."""

ROOM_MS = 7 * 86_400_000
"""How long a room is kept in which nothing happens."""

OP_MS = 3_600_000
"""How long a room knows what was said under an op: a retry within this time says nothing twice."""

OP_AGE_MS = 1_800_000
"""The oldest op that is taken, by its own time: half of OP_MS, as clocks differ."""

_LINK = re.compile(
    r"(?:https?|tg|ton)\s*:\s*/|\bwww\s*\.|\bt\s*\.\s*me\s*/"
    r"|\b[\w-]+\.(?:com|net|org|ru|io|me|app|xyz|top|info|site|online|shop|club|link|live|gg|tv|su|biz|dev|рф)\b"
    r"|@\w{4,}",
    re.IGNORECASE,
)
_ALIKE = str.maketrans("@$013457", "asoieast")
_ALIKE_CYRILLIC = str.maketrans("@03461aceopxykmbth", "аозчбіасеорхукмвтн".replace("і", "и"))
_CYRILLIC = re.compile("[а-яё]")


def room_of(text: str) -> str:
    """The name of a room in a path, with its colon."""
    return text.replace("%3A", ":").replace("%3a", ":")


def is_room(text: str) -> bool:
    """Whether a text is the name of a room."""
    return ":" in text and re.fullmatch(ROOM, text) is not None


def kind_of(room: str) -> tuple[str, str]:
    """The kind of a room and its key."""
    kind, _, key = room.partition(":")
    return kind, key


def clean(text: str, words: Collection[str]) -> str:
    """A message as it is shown; raises BadRequest (`message_empty`, `message_link`, `message_rude`).

    `words` are what nobody may say (`is_rude`).
    """
    visible = "".join(c if unicodedata.category(c)[0] != "C" or c == "\u200d" else " " for c in text)
    shown = " ".join(unicodedata.normalize("NFC", visible).split())
    if not shown.strip("\u200d "):
        raise BadRequest("there is nothing to say", code="message_empty")
    if _LINK.search(shown):
        raise BadRequest("messages take no links", code="message_link")
    if is_rude(shown, words):
        raise BadRequest("not in these words", code="message_rude")
    return _few_marks(shown)


def is_rude(text: str, words: Collection[str]) -> bool:
    """Whether a text has one of the words that nobody may say.

    They are folded (`folded`): beginnings of words, or whole words where a space ends them.
    """
    return any(f"{word} ".startswith(tuple(words)) for word in folded(text).split())


def folded(text: str) -> str:
    """A text for comparing words: lower case, no marks, digits and signs as the letters that they stand for."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    words = (w.translate(_ALIKE_CYRILLIC if _CYRILLIC.search(w) else _ALIKE) for w in kept.split())
    return re.sub(r"(\w)\1{2,}", r"\1", re.sub(r"[^\w\s]|_", "", " ".join(words)))


def _few_marks(text: str) -> str:
    """At most two combining marks on a letter: more of them cover the lines above."""
    out: list[str] = []
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if marks <= 2:
            out.append(c)
    return "".join(out)


def made_at_ms(op: str) -> int:
    """When an op, a UUIDv7, was made by its maker's clock."""
    return int(op.replace("-", "")[:12], 16)
