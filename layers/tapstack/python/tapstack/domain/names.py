"""Names as they are searched: without regard to case, width or spacing."""

from __future__ import annotations

import unicodedata

PARTITION_LENGTH = 2
"""Names are indexed by their first two characters, so one search reads one partition."""

RENAME_GRACE_S = 7 * 86_400
"""How long the old name stays reserved for who gave it up: nobody slips into a known name overnight."""

MAX_HELD_NAMES = 3
"""Old names reserved at once; the oldest goes first, so that nobody hoards names by renaming."""


def fold(name: str) -> str:
    """What makes two names alike: compatibility forms, case and spacing don't count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def partition(folded: str) -> str:
    """The part of the index that a folded name, or a search for one, is in."""
    return folded[:PARTITION_LENGTH]
