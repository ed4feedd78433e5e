"""The shops as simulated players see them: what they sell, by what it is good for, and how much is left of it.

Each offer comes from the shops' own rules; only what is the same for many players is computed once for them.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import msgspec

from tapstack.economy.catalogue.model import AnyItem, Armour, Boost, Catalogue, Cosmetic, Crate, Currency, Picks, Title
from tapstack.economy.rules import shops
from tapstack.economy.rules.income import HOUR_MS
from tapstack.economy.rules.shops import Shown


class Choice(msgspec.Struct, frozen=True, gc=False):
    """An offer for coins: the XP that it takes, what a boost pays for each coin, and how many there are (0: any)."""

    price: int
    xp: int
    pays: float
    stock: int
    item: AnyItem
    shown: Shown


class MayEarn(msgspec.Struct, frozen=True, gc=False):
    """What earns and may be in a daily shop, at a price from `least` to `most`; it takes so much XP."""

    least: int
    most: int
    xp: int
    item: AnyItem


class Shelf(NamedTuple):
    """What one shop sells for coins, the dearest first: what earns, and all the rest."""

    earning: list[Choice]
    other: list[Choice]


EMPTY = Shelf([], [])
NOT_EARNING = (Armour, Cosmetic, Title, Boost, Crate)


class Market:
    """The shops for a part of all players, who share a part of what is limited."""

    def __init__(self, catalogue: Catalogue, key: bytes, share: float) -> None:
        self.catalogue, self.key, self.share = catalogue, key, share
        self.xp = {tier.id: tier.xp for tier in catalogue.tiers}
        self.always = self._shelf(shops.in_shop(shops.ALWAYS, catalogue, key, "", 0))
        self.daily_earning = self._may_earn(catalogue.shops.daily)
        self.black_market: dict[int, Shelf] = {}
        self.sold: Counter[str] = Counter()
        picks = catalogue.shops.black_market
        self.limited_from = min((self.xp[one.tier] if one.tier else 0 for one in picks.offers), default=0)

    def daily(self, player_id: str, now_ms: int) -> Shelf:
        """What a player's own shop has today."""
        return self._shelf(shops.in_shop(shops.DAILY, self.catalogue, self.key, player_id, now_ms))

    def limited(self, now_ms: int, xp: int) -> Shelf:
        """What the black market has, and is not sold out; nothing for who is below all its tiers."""
        if xp < self.limited_from:
            return EMPTY
        window = now_ms // (self.catalogue.shops.black_market.hours * HOUR_MS)
        shelf = self.black_market.get(window)
        if shelf is None:
            shown = shops.in_shop(shops.BLACK_MARKET, self.catalogue, self.key, "", now_ms)
            shelf = self.black_market[window] = self._shelf(shown)
        return shelf

    def sell(self, choice: Choice, count: int) -> None:
        """Counts what is sold of what is limited; the shelf loses what is sold out."""
        if not choice.stock:
            return
        self.sold[choice.shown.id] += count
        if self.left(choice) <= 0:
            for shelf in (one for market in self.black_market.values() for one in market):
                if choice in shelf:
                    shelf.remove(choice)

    def left(self, choice: Choice) -> int:
        return choice.stock - self.sold[choice.shown.id]

    def _may_earn(self, picks: Picks) -> list[MayEarn]:
        lowest = 1_000 - max(picks.discounts)
        found = ((offer, self.catalogue.by_id[offer.item]) for offer in picks.offers)
        return [
            MayEarn(offer.price * lowest // 1_000, offer.price, self.xp[offer.tier] if offer.tier else 0, item)
            for offer, item in found
            if not isinstance(item, NOT_EARNING)
        ]

    def _shelf(self, offers: list[Shown]) -> Shelf:
        shelf = Shelf([], [])
        for shown in offers:
            stock = round(shown.stock * self.share)
            if shown.currency is Currency.COIN and (stock > 0 or not shown.stock):
                choice = self._choice(shown, stock)
                shelf[isinstance(choice.item, NOT_EARNING)].append(choice)
        for choices in shelf:
            choices.sort(key=_dearest_first)
        return shelf

    def _choice(self, shown: Shown, stock: int) -> Choice:
        item = self.catalogue.by_id[shown.item]
        pays = self.catalogue.boost_coins(item) * shown.count / shown.price if isinstance(item, Boost) else 0.0
        return Choice(shown.price, self.xp[shown.tier] if shown.tier else 0, pays, stock, item, shown)


def _dearest_first(choice: Choice) -> tuple[int, str]:
    return -choice.price, choice.shown.id
