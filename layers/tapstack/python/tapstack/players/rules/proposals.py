"""Usernames to propose to a player who has none: made of what Telegram calls them."""

from __future__ import annotations

import re
import unicodedata

from tapstack.players.rules.public_names import generated

MAX_LENGTH = 20
MIN_LENGTH = 3

_LETTERS = frozenset("LMN")
"""The major categories of letters, marks and digits: anyascii would spell emoji, too."""

_APOSTROPHES = re.compile("['`]")
"""What anyascii writes for letters like the Russian soft sign."""


def proposals(display_name: str, player_id: str) -> tuple[str, ...]:
    """Valid usernames for a player, the best first; the later ones are numbered, differently for each player.

    The first name alone, where it is long enough: who accepts a proposal does not publish a full name, nor, by their
    @username, a way to their Telegram account.
    """
    words = re.findall("[a-z0-9]+", _romanized(display_name))
    name = words[0] if words and len(words[0]) >= MIN_LENGTH else "_".join(words)
    made = generated(player_id)
    if len(name) < MIN_LENGTH:
        name = f"{made.adjective}_{made.animal}".lower()
    numbers = (f"{made.number}", f"{_number(player_id, 4)}", f"{_number(player_id, 7)}")
    return (name[:MAX_LENGTH].rstrip("_"), *(name[: MAX_LENGTH - len(n)].rstrip("_") + n for n in numbers))


def _number(player_id: str, digits: int) -> int:
    """A number of so many digits."""
    low = int("1".ljust(digits, "0"))
    return low + int.from_bytes(player_id.encode()) % (9 * low)


def _romanized(name: str) -> str:
    """A name in lower-case ASCII, without emoji and other signs."""
    letters = "".join(c if unicodedata.category(c)[0] in _LETTERS else " " for c in unicodedata.normalize("NFKC", name))
    if not letters.isascii():
        from anyascii import anyascii  # reads its tables from files: few starts of a function need them

        letters = _APOSTROPHES.sub("", anyascii(letters))
    return letters.lower()
