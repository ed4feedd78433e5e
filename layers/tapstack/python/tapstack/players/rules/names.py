"""Names: how they are shown, searched and reserved."""

from __future__ import annotations

import re
import unicodedata

from tapstack.platform.bounds import MAX_DISPLAY_NAME, MAX_NAME_KEY_BYTES

PARTITION_LENGTH = 2
"""Names are indexed by their first two characters, so one search reads one partition."""

RENAME_GRACE_S = 7 * 86_400
"""How long an old name stays reserved for its player: nobody takes over a known name overnight."""

MAX_HELD_NAMES = 3
"""Old names reserved at once; the oldest is released first, so that nobody hoards names by renaming."""


_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Controls, overrides of the direction, private use: https://www.unicode.org/reports/tr44/#General_Category_Values"""

_JOINER = "\u200d"
"""Holds an emoji of several together."""

_LINKS = re.compile(r"[@/#$+:\\]|[.](?=\S)")
"""What Telegram's apps turn into links: addresses, mentions, commands, tags, telephone numbers."""


def display_name(first_name: str, last_name: str) -> str:
    """A Telegram user's name on one line, cut to its bound, without invisible characters."""
    words = f"{first_name} {last_name}".split()
    seen = "".join(c for c in " ".join(words) if c == _JOINER or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(seen.split())[:MAX_DISPLAY_NAME].strip(f" {_JOINER}")


def without_links(name: str) -> str:
    """A name that is safe in a message to somebody else: no app makes a link of any part of it."""
    return " ".join(_LINKS.sub(" ", unicodedata.normalize("NFKC", name)).split())


def fold(name: str) -> str:
    """What two names have in common if they differ in compatibility forms, case and spacing only.

    Cut to the bytes that an index takes, at the end of a character.
    """
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded.encode()[:MAX_NAME_KEY_BYTES].decode(errors="ignore").rstrip()


def partition(folded: str) -> str:
    """The partition of the index for a folded name, or for a search."""
    return folded[:PARTITION_LENGTH]
