"""The shops as simulated players see them: what they sell, by what it is good for, and how much is left of it.

Each offer comes from the shops' own rules; only what is the same for many players is computed once for them.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from tapstack.economy.catalogue.model import Boost, Business, Catalogue, Currency, Housing, Weapon
from tapstack.economy.rules import shops
from tapstack.economy.rules.income import HOUR_MS
from tapstack.economy.rules.shops import Shown


class Choice(NamedTuple):
    """An offer for coins: the XP that it takes, whether it earns, and what a boost pays for each coin."""

    price: int
    xp: int
    earns: bool
    pays: float
    shown: Shown


class Market:
    """The shops for a part of all players, who share a part of what is limited."""

    def __init__(self, catalogue: Catalogue, key: bytes, share: float) -> None:
        self.catalogue, self.key, self.share = catalogue, key, share
        self.xp = {tier.id: tier.xp for tier in catalogue.tiers}
        self.always = self._choices(shops.in_shop(shops.ALWAYS, catalogue, key, "", 0))
        self.black_market: dict[int, list[Choice]] = {}
        self.sold: Counter[str] = Counter()
        picks = catalogue.shops.black_market
        self.limited_from = min((self.xp[one.tier] if one.tier else 0 for one in picks.offers), default=0)

    def daily(self, player_id: str, now_ms: int) -> list[Choice]:
        """What a player's own shop has today."""
        return self._choices(shops.in_shop(shops.DAILY, self.catalogue, self.key, player_id, now_ms))

    def limited(self, now_ms: int, xp: int) -> list[Choice]:
        """What the black market has, and is not sold out; nothing for who is below all its tiers."""
        if xp < self.limited_from:
            return []
        window = now_ms // (self.catalogue.shops.black_market.hours * HOUR_MS)
        if window not in self.black_market:
            shown = shops.in_shop(shops.BLACK_MARKET, self.catalogue, self.key, "", now_ms)
            self.black_market[window] = self._choices(shown)
        return [one for one in self.black_market[window] if self.left(one.shown) > 0]

    def left(self, shown: Shown) -> int:
        return round(shown.stock * self.share) - self.sold[shown.id]

    def _choices(self, offers: list[Shown]) -> list[Choice]:
        """The offers for coins, the dearest first."""
        found = [
            Choice(one.price, self.xp[one.tier] if one.tier else 0, self._earns(one), self._pays(one), one)
            for one in offers
            if one.currency is Currency.COIN
        ]
        return sorted(found, key=lambda choice: (-choice.price, choice.shown.id))

    def _earns(self, shown: Shown) -> bool:
        return isinstance(self.catalogue.item(shown.item), Business | Weapon | Housing)

    def _pays(self, shown: Shown) -> float:
        item = self.catalogue.item(shown.item)
        if not isinstance(item, Boost):
            return 0.0
        return self.catalogue.boost_coins(item) * shown.count / shown.price
