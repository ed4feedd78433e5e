"""Pieces: how worn they are, what they bring, and where they are worn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from tapstack.economy.catalogue.model import AnyItem, Armour, Business, Catalogue, Cosmetic, Housing, Title, Weapon
from tapstack.economy.model import Instance

PER_LASTS = 1_000
"""How long a piece lasts is given in thousands of paid taps."""

_WEARING = (Weapon, Armour)
_SLOTS: dict[type, str] = {Weapon: "weapon", Armour: "armour", Housing: "home", Title: "title"}


class Rates(NamedTuple):
    """What a player's businesses earn and cost an hour, and for how many hours revenue piles up (0: the usual)."""

    revenue_h: int = 0
    upkeep_h: int = 0
    hours: int = 0


def slot_of(item: AnyItem) -> str:
    """Where an item is worn; empty if it is not."""
    if isinstance(item, Cosmetic):
        return item.slot
    return _SLOTS.get(type(item), "")


def lasts(item: AnyItem) -> int:
    """The paid taps that a piece lasts, 0 for one that does not wear."""
    return item.lasts * PER_LASTS if isinstance(item, _WEARING) else 0


def worn(instance: Instance, item: AnyItem | None, paid_taps: int) -> int:
    """The paid taps that a piece has been worn for, at most as long as it lasts, where the catalogue knows it."""
    since = max(0, paid_taps - instance.worn_from_pt) if instance.worn_from_pt >= 0 else 0
    total = instance.worn + since
    return total if item is None else min(lasts(item), total)


def put_on(instance: Instance, paid_taps: int) -> Instance:
    return msgspec.structs.replace(instance, worn_from_pt=paid_taps)


def taken_off(instance: Instance, item: AnyItem | None, paid_taps: int) -> Instance:
    return msgspec.structs.replace(instance, worn=worn(instance, item, paid_taps), worn_from_pt=-1)


def resale(instance: Instance, item: AnyItem, paid_taps: int) -> int:
    """What a piece brings: less, the more it is worn."""
    full = lasts(item)
    return item.sell * (full - worn(instance, item, paid_taps)) // full if full else item.sell


def repair_price(instance: Instance, item: AnyItem, paid_taps: int) -> int:
    """What makes it as good as new, by each started 1,000 paid taps."""
    price = item.repair if isinstance(item, _WEARING) else 0
    return -(-worn(instance, item, paid_taps) // PER_LASTS) * price


def rates(catalogue: Catalogue, instances: Iterable[Instance], equipped: Mapping[str, str]) -> Rates:
    """What the pieces in a bag come to; what is in escrow earns nothing."""
    owned: Counter[str] = Counter()
    home = equipped.get("home", "")
    revenue_h = upkeep_h = hours = 0
    for instance in instances:
        item = catalogue.item(instance.item)
        if instance.escrow_until_ms:
            continue
        if isinstance(item, Business):
            owned[item.id] += 1
            if owned[item.id] <= item.most:
                revenue_h, upkeep_h = revenue_h + item.revenue_h, upkeep_h + item.upkeep_h
        elif isinstance(item, Housing) and instance.id == home:
            upkeep_h, hours = upkeep_h + item.upkeep_h, item.hours
    return Rates(revenue_h, upkeep_h, hours)
