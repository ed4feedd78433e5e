"""Raids: how much they take, and how often anybody is raided.

A raid takes from what the target's businesses have earned and the target has not collected, never from a balance. The
house pays the raider, less than it takes from the target, so that nobody gains by raiding accounts of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

import msgspec

from tapstack.economy.catalogue.model import Armour, Catalogue, Money, Raids, Weapon
from tapstack.economy.model import Holdings, RaidBook, RaidLine, Shared, SharedChange
from tapstack.economy.rules import income, pieces
from tapstack.platform.calendar import DAY_MS

EVEN = 1_000
"""Attack less defence is added to this: at 1,000 the two are even, and nothing is taken at 0."""


class Loot(NamedTuple):
    """The coins that a raid takes from the target, and those of them that arrive."""

    taken: int
    arrives: int


def ready(holdings: Holdings, now_ms: int, money: Money) -> int:
    """The coins that a player could collect now, less what raids have taken that the player has not met yet."""
    due = income.collected(holdings.wallet, now_ms, money)
    return max(0, due.revenue - due.upkeep - sum(mail.loss for mail in holdings.mails))


def attack(holdings: Holdings, catalogue: Catalogue) -> int:
    """The attack (per mille) of the weapon in hand; a worn-out one has none."""
    item = _in_use(holdings, catalogue, "weapon")
    return item.attack if isinstance(item, Weapon) else 0


def defence(holdings: Holdings, catalogue: Catalogue) -> int:
    """The defence (per mille) of the armour that is worn; one that is worn out has none."""
    item = _in_use(holdings, catalogue, "armour")
    return item.defence if isinstance(item, Armour) else 0


def _in_use(holdings: Holdings, catalogue: Catalogue, slot: str) -> Weapon | Armour | None:
    piece = holdings.instances.get(holdings.wallet.equipped.get(slot, ""))
    item = catalogue.item(piece.item) if piece else None
    if piece is None or not isinstance(item, Weapon | Armour):
        return None
    return item if pieces.worn(piece, item, holdings.wallet.settled) < pieces.lasts(item) else None


def loot(of: Raids, ready_coins: int, attacking: int, defending: int) -> Loot:
    """What a raid brings where so many coins are to be had."""
    strength = max(0, EVEN + attacking - defending)
    taken = min(of.most, ready_coins, ready_coins * of.take * strength // 1_000_000)
    return Loot(taken, taken * of.keep // 1_000)


def recent(book: RaidBook, now_ms: int) -> tuple[RaidLine, ...]:
    """The raids of the last 24 hours, oldest first."""
    return tuple(line for line in book.lines if line.at_ms > now_ms - DAY_MS)


def protected_until_ms(of: Raids, book: RaidBook, by: str, now_ms: int) -> int:
    """When a player may be raided again by somebody; 0 where that is now."""
    lines = recent(book, now_ms)
    own = [line.at_ms for line in lines if line.by == by]
    full = [lines[-of.suffered].at_ms] if len(lines) >= of.suffered else []
    return max(own + full, default=-DAY_MS) + DAY_MS


def noted(book: RaidBook, by: str, now_ms: int) -> SharedChange:
    """The change that adds a raid to a book, and drops those of more than 24 hours ago: nobody else has changed it."""
    lines = (*recent(book, now_ms), RaidLine(by, now_ms))
    return SharedChange(
        key_of(book.player_id),
        put={
            "seq": book.seq + 1,
            "lines": msgspec.json.encode(lines).decode(),
            "expires_at_s": (now_ms + 2 * DAY_MS) // 1_000,
        },
        where={"seq": book.seq or None},
    )


def key_of(player_id: str) -> str:
    """The key of the item with the raids on a player."""
    return f"RAID#{player_id}"


def book_of(player_id: str, item: Mapping[str, Shared] | None) -> RaidBook:
    """The book in an item; an empty one for a player whom nobody has raided."""
    if not item:
        return RaidBook(player_id)
    return RaidBook(
        player_id, cast("int", item["seq"]), msgspec.json.decode(cast("str", item["lines"]), type=tuple[RaidLine, ...])
    )
