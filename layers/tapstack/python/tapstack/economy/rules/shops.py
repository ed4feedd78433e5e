"""What the shops sell to whom and when: computed, never stored.

The daily shop is picked for each player and day, the black market for all players and a window of hours, by HMAC: the
same whoever asks and however often, and nobody can reckon it in advance without the key.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

import msgspec

from tapstack.economy.catalogue.model import Catalogue, Currency, Offer, Picks
from tapstack.economy.rules.income import HOUR_MS

ALWAYS, DAILY, BLACK_MARKET = SHOPS = "always", "daily", "black_market"


class Shown(msgspec.Struct, frozen=True):
    """An offer as it stands now; `window` numbers the time it is there, until `until_ms` (0: always).

    `stock` is how many there are of it for all players in that window, 0 without a limit.
    """

    shop: str
    id: str
    item: str
    count: int
    price: int
    currency: Currency
    tier: str | None
    window: int = 0
    until_ms: int = 0
    stock: int = 0


def offers(catalogue: Catalogue, key: bytes, player_id: str, now_ms: int) -> list[Shown]:
    """All that a player sees in the shops at a time (ms since 1970)."""
    return [shown for shop in SHOPS for shown in in_shop(shop, catalogue, key, player_id, now_ms)]


def find(catalogue: Catalogue, key: bytes, player_id: str, now_ms: int, offer_id: str) -> Shown | None:
    """The offer of this id that the player sees at a time, if it is there."""
    shop, _, name = offer_id.partition(".")
    if shop == ALWAYS:
        return next((_shown(ALWAYS, one) for one in catalogue.shops.always if one.id == name and not one.retired), None)
    return next((shown for shown in in_shop(shop, catalogue, key, player_id, now_ms) if shown.id == offer_id), None)


def in_shop(shop: str, catalogue: Catalogue, key: bytes, player_id: str, now_ms: int) -> list[Shown]:
    """What a player sees in one of the shops at a time."""
    shops = catalogue.shops
    if shop == ALWAYS:
        return [_shown(ALWAYS, offer) for offer in shops.always if not offer.retired]
    if shop == DAILY:
        return _picked(DAILY, shops.daily, key, player_id, now_ms)
    return _picked(BLACK_MARKET, shops.black_market, key, "", now_ms) if shop == BLACK_MARKET else []


def _picked(shop: str, picks: Picks, key: bytes, who: str, now_ms: int) -> list[Shown]:
    window = now_ms // (picks.hours * HOUR_MS)
    until_ms = (window + 1) * picks.hours * HOUR_MS
    live = {offer.id: offer for offer in picks.offers if not offer.retired}
    return [
        _shown(
            shop,
            live[offer_id],
            discount=picks.discounts[number % len(picks.discounts)],
            window=window,
            until_ms=until_ms,
            stock=picks.stock,
        )
        for offer_id, number in _drawn(tuple(live), picks.places, key, shop, who, window)
    ]


@lru_cache(maxsize=8)
def _drawn(ids: tuple[str, ...], places: int, key: bytes, shop: str, who: str, window: int) -> list[tuple[str, int]]:
    """The offers that a window has, each with a number for its discount; kept, for who looks at them buys one next."""
    own_key = hmac.digest(key, f"{shop}:{who}:{window}".encode(), "sha256")
    keyed = hashlib.blake2b(key=own_key, digest_size=8)

    def number(name: str) -> bytes:
        of_name = keyed.copy()
        of_name.update(name.encode())
        return of_name.digest()

    return [(one, int.from_bytes(number(f"{one}%"))) for one in sorted(ids, key=number)[:places]]


def _shown(shop: str, offer: Offer, *, discount: int = 0, window: int = 0, until_ms: int = 0, stock: int = 0) -> Shown:
    price = max(1, offer.price * (1_000 - discount) // 1_000)
    return Shown(
        shop,
        f"{shop}.{offer.id}" if window == 0 else f"{shop}.{offer.id}.{window}",
        offer.item,
        offer.count,
        price,
        offer.currency,
        offer.tier,
        window,
        until_ms,
        stock,
    )
