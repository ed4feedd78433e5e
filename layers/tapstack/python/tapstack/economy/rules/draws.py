"""Draws that anybody can check: HMAC-SHA256 over seeds that are fixed before the player pays.

The server's seed of a player is fixed, and its hash is shown, before the first draw; the client's seed is the
player's own; the nonce rises with each draw, in the transaction that pays for it, so nothing ever draws again. The
seed itself is shown once the player has asked for the next one: then every draw of it can be computed anew, offline.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field

from tapstack.economy.catalogue.model import WEIGHTS_TOTAL, Catalogue, Crate, Drop

_WORD = 8
_BACKWARDS = range(hashlib.sha256().digest_size - _WORD, -1, -_WORD)
_RANGE = 1 << (8 * _WORD)


def server_seed(master: bytes, player_id: str, epoch: int) -> str:
    """A player's seed (hex), the same whenever it is computed, unknown to who does not have the master key."""
    return hmac.digest(master, f"draws:{player_id}:{epoch}".encode(), "sha256").hex()


def seed_hash(seed: str) -> str:
    """What is shown of a seed before it is used."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


@dataclass(slots=True)
class Draws:
    """The numbers that belong to one nonce, in order."""

    server_seed: str
    client_seed: str
    nonce: int
    _words: list[int] = field(default_factory=list)
    _cursor: int = 0

    def below(self, bound: int) -> int:
        """The next number of 0 .. bound - 1, each exactly as likely: words that would favour some are passed over."""
        fair = _RANGE - _RANGE % bound
        while (word := self._word()) >= fair:
            pass
        return word % bound

    def _word(self) -> int:
        if not self._words:
            message = f"{self.client_seed}:{self.nonce}:{self._cursor}".encode()
            digest = hmac.digest(bytes.fromhex(self.server_seed), message, "sha256")
            self._words = [int.from_bytes(digest[i : i + _WORD]) for i in _BACKWARDS]
            self._cursor += 1
        return self._words.pop()


def pick(drops: Sequence[Drop], draws: Draws) -> Drop:
    """One of the drops, by their weights."""
    at = draws.below(sum([drop.weight for drop in drops]))
    for drop in drops:
        at -= drop.weight
        if at < 0:
            return drop
    raise AssertionError("a draw below the sum of the weights")


def open_crate(catalogue: Catalogue, crate: Crate, misses: int, draws: Draws) -> tuple[Drop, int]:
    """A crate's drop, and how many of it have now been opened without its rare one (pity).

    Once that many are reached, only the drops count that have the rarity, with the weights they have.
    """
    drops, pity = crate.drops, crate.pity
    if pity is None:
        return pick(drops, draws), 0
    if misses >= pity.opens:
        drops = tuple(drop for drop in drops if catalogue.is_rare(drop, crate))
    drop = pick(drops, draws)
    return drop, 0 if catalogue.is_rare(drop, crate) else misses + 1


def odds(crate: Crate) -> list[tuple[Drop, float]]:
    """The published chance of each drop, before pity."""
    return [(drop, drop.weight / WEIGHTS_TOTAL) for drop in crate.drops]
