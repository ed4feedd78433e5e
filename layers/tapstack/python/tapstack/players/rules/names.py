"""Names as they are searched: without regard to case, width or spacing."""

from __future__ import annotations

import re
import unicodedata

from tapstack.platform.bounds import MAX_DISPLAY_NAME, MAX_NAME_KEY_BYTES

PARTITION_LENGTH = 2
"""Names are indexed by their first two characters, so one search reads one partition."""

RENAME_GRACE_S = 7 * 86_400
"""How long the old name stays reserved for who gave it up: nobody slips into a known name overnight."""

MAX_HELD_NAMES = 3
"""Old names reserved at once; the oldest goes first, so that nobody hoards names by renaming."""


_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Controls, overrides of the direction, private use: https://www.unicode.org/reports/tr44/#General_Category_Values"""

_JOINER = "\u200d"
"""Holds an emoji of several together."""

_LINKS = re.compile(r"[@/#$+:\\]|[.](?=\S)")
"""What Telegram's apps make links of: addresses, mentions, commands, tags, telephone numbers."""


def display_name(first_name: str, last_name: str) -> str:
    """A Telegram user's name on one line, cut to its bound, without what can't be seen."""
    words = f"{first_name} {last_name}".split()
    seen = "".join(c for c in " ".join(words) if c == _JOINER or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(seen.split())[:MAX_DISPLAY_NAME].strip(f" {_JOINER}")


def without_links(name: str) -> str:
    """A name that a message may carry to somebody else: no app makes a link of any part of it."""
    return " ".join(_LINKS.sub(" ", unicodedata.normalize("NFKC", name)).split())


def fold(name: str) -> str:
    """What makes two names alike: compatibility forms, case and spacing don't count.

    Cut to the bytes that an index takes, at the end of a character.
    """
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded.encode()[:MAX_NAME_KEY_BYTES].decode(errors="ignore").rstrip()


def partition(folded: str) -> str:
    """The part of the index that a folded name, or a search for one, is in."""
    return folded[:PARTITION_LENGTH]
