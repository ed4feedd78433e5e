"""What makes a catalogue wrong: each rule is a function that lists its faults. A push refuses while there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import chain

from tapstack.economy.catalogue import lint_goals
from tapstack.economy.catalogue.faults import Fault
from tapstack.economy.catalogue.model import (
    LANGUAGES,
    PIECES_AT_ONCE,
    UNIQUE,
    WEIGHTS_TOTAL,
    AnyItem,
    Boost,
    Business,
    Catalogue,
    Crate,
    Currency,
    Drop,
    Housing,
    Item,
    Offer,
    Reward,
    Weapon,
)

DAY_MS = 86_400_000
HOURS = 24
DROP_PIECES = 5
"""What a drop gives at most of what is no stack: ten crates are opened at once, in one transaction."""

BOOST_PAYS = Fraction(5, 4)
"""What a boost may bring at most for each coin that it costs: else all would buy as many as can run at once."""


def faults(catalogue: Catalogue, before: Catalogue | None = None, counted: Iterable[Catalogue] = ()) -> list[Fault]:
    """All that is wrong with a catalogue; `before` is the one that it is to replace, `counted` are others before that.

    What players have got by a version that was rolled back is theirs all the same.
    """
    found = list(chain.from_iterable(rule(catalogue) for rule in (*RULES, *lint_goals.RULES)))
    earlier = [before, *counted] if before else list(counted)
    gone = ((*_gone(catalogue, one), *lint_goals.gone(catalogue, one)) for one in earlier)
    found += dict.fromkeys(chain.from_iterable(gone))
    return found + (list(_back(catalogue, before)) if before else [])


def _all_offers(catalogue: Catalogue) -> Iterator[tuple[Offer, int, str]]:
    """Every offer, with the largest discount (per mille) that it can have, and its shop."""
    shops = catalogue.shops
    yield from ((offer, 0, "always") for offer in shops.always)
    yield from ((offer, max(shops.daily.discounts), "daily") for offer in shops.daily.offers)
    yield from ((offer, max(shops.black_market.discounts), "black_market") for offer in shops.black_market.offers)


def _unique_ids(catalogue: Catalogue) -> Iterator[Fault]:
    for kind, ids in (
        ("item", [item.id for item in catalogue.items]),
        ("tier", [tier.id for tier in catalogue.tiers]),
        *((f"{shop} offer", [offer.id for offer, _, of in _all_offers(catalogue) if of == shop]) for shop in _SHOPS),
    ):
        yield from (Fault(kind, one, "twice") for one in sorted({one for one in ids if ids.count(one) > 1}))


_SHOPS = ("always", "daily", "black_market")


def _known_ids(catalogue: Catalogue) -> Iterator[Fault]:
    tiers = {tier.id for tier in catalogue.tiers}
    for offer, _, shop in _all_offers(catalogue):
        item = catalogue.item(offer.item)
        if item is None:
            yield Fault(f"{shop} offer", offer.id, f"there is no item {offer.item}")
        elif item.retired and not offer.retired:
            yield Fault(f"{shop} offer", offer.id, f"{offer.item} is retired")
        if offer.tier and offer.tier not in tiers:
            yield Fault(f"{shop} offer", offer.id, f"there is no tier {offer.tier}")
    for crate, drop in _drops(catalogue):
        item = catalogue.item(drop.item)
        if bool(drop.item) == (drop.currency is not None):
            yield Fault("crate", crate.id, "a drop is either an item or a currency")
        elif drop.item and item is None:
            yield Fault("crate", crate.id, f"there is no item {drop.item}")
        elif item is not None and item.retired and not crate.retired:
            yield Fault("crate", crate.id, f"{drop.item} is retired")


def _drops(catalogue: Catalogue) -> Iterator[tuple[Crate, Drop]]:
    for crate in _crates(catalogue):
        yield from ((crate, drop) for drop in crate.drops)


def _crates(catalogue: Catalogue) -> list[Crate]:
    return [item for item in catalogue.items if isinstance(item, Crate)]


def _weights(catalogue: Catalogue) -> Iterator[Fault]:
    for crate in _crates(catalogue):
        total = sum(drop.weight for drop in crate.drops)
        if total != WEIGHTS_TOTAL:
            yield Fault("crate", crate.id, f"its weights add up to {total:,}, not {WEIGHTS_TOTAL:,}")


def _pity(catalogue: Catalogue) -> Iterator[Fault]:
    for crate in _crates(catalogue):
        if crate.pity and not any(catalogue.is_rare(drop, crate) for drop in crate.drops):
            yield Fault("crate", crate.id, f"no drop is {crate.pity.rarity} or rarer, as its pity promises")


def _crates_in_crates(catalogue: Catalogue) -> Iterator[Fault]:
    inside = {crate.id: {drop.item for drop in crate.drops} for crate in _crates(catalogue)}
    for crate_id in inside:
        reached, waiting = set[str](), [crate_id]
        while waiting:
            new = inside.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        if crate_id in reached:
            yield Fault("crate", crate_id, "can yield itself")


def _texts(catalogue: Catalogue) -> Iterator[Fault]:
    texts = [("item", item.id, item.name) for item in catalogue.items]
    texts += [("item", item.id, item.about) for item in catalogue.items]
    texts += [("tier", tier.id, tier.name) for tier in catalogue.tiers]
    texts += [("currency", str(currency), names) for currency, names in catalogue.money.names.items()]
    for kind, part, text in [*texts, *lint_goals.texts(catalogue)]:
        missing = [language for language in LANGUAGES if not text.get(language, "").strip()]
        yield from (Fault(kind, part, f"no text in {language}") for language in missing)
        unknown = sorted(set(text) - {*LANGUAGES})
        yield from (Fault(kind, part, f"a text in {language}, which is unknown") for language in unknown)
    yield from (Fault("currency", str(one), "no name") for one in Currency if one not in catalogue.money.names)


def _tiers(catalogue: Catalogue) -> Iterator[Fault]:
    starts = [tier.xp for tier in catalogue.ladder]
    if not starts or starts[0] != 0:
        yield Fault("tiers", "", "none begins at 0 XP")
    if len(set(starts)) != len(starts):
        yield Fault("tiers", "", "two begin at the same XP")


def _enough_offers(catalogue: Catalogue) -> Iterator[Fault]:
    for name, picks in (("daily", catalogue.shops.daily), ("black_market", catalogue.shops.black_market)):
        live = sum(not offer.retired for offer in picks.offers)
        if live < picks.places:
            yield Fault(name, "", f"{live} offers for {picks.places} places")


def _faucet(catalogue: Catalogue) -> Iterator[Fault]:
    """The most that one player can create in a day by tapping, businesses, raids and goals, at best."""
    energy, money = catalogue.energy, catalogue.money
    paid = energy.full + DAY_MS // energy.every_ms
    best = max((item.tap_permille for item in catalogue.items if isinstance(item, Weapon)), default=0)
    taps = paid * money.coins_per_1000_taps * (1_000 + best) // 1_000_000
    revenue = sum(
        item.revenue_h * item.most * HOURS
        for item in catalogue.items
        if isinstance(item, Business) and not item.retired
    )
    goals = round(lint_goals.coins_a_day(catalogue, lambda reward: _reward_value(catalogue, reward)))
    most = taps + revenue + goals + catalogue.raids.a_day * catalogue.raids.arrives
    if most > money.daily_budget:
        shares = f"{taps:,} by taps, {goals:,} by goals"
        what = f"a day can create {most:,} coins ({shares}), above the budget of {money.daily_budget:,}"
        yield Fault("money", "", what)


def _gains(catalogue: Catalogue) -> Iterator[Fault]:
    """Nothing may bring more than it costs at the best price: sold at once, or opened and its drops sold or used up.

    A crate may not on average, nor by what it gives at least. A boost has to be tapped for, and may bring a bit more.
    """
    for offer, discount, shop in _all_offers(catalogue):
        item = catalogue.item(offer.item)
        if item is None or offer.retired or offer.currency is not Currency.COIN:
            continue
        price = Fraction(max(1, offer.price * (1_000 - discount) // 1_000), offer.count)
        value = _value(catalogue, item)
        if value > price * (BOOST_PAYS if isinstance(item, Boost) else 1):
            yield Fault(f"{shop} offer", offer.id, f"brings {float(value):,.2f} coins and costs {float(price):,.2f}")


def _reward_value(catalogue: Catalogue, reward: Reward) -> float:
    """The coins of a reward, with what its goods bring at best."""
    goods = ((catalogue.item(item_id), count) for item_id, count in reward.goods.items())
    return float(reward.coin + sum(count * _value(catalogue, item) for item, count in goods if item))


def _value(catalogue: Catalogue, item: AnyItem, inside: frozenset[str] = frozenset()) -> Fraction:
    """The coins that an item brings at best, on average: sold, used up, or opened."""
    if isinstance(item, Boost):
        return Fraction(max(item.sell, catalogue.boost_coins(item)))
    if not isinstance(item, Crate) or item.id in inside:
        return Fraction(item.sell)
    opened = _opened(catalogue, item, item.drops, inside)
    if item.pity:
        rare = tuple(drop for drop in item.drops if catalogue.is_rare(drop, item))
        sure = _opened(catalogue, item, rare, inside) if rare else Fraction(0)
        opened += max(Fraction(0), sure - opened) / item.pity.opens
    return max(Fraction(item.sell), opened)


def _opened(catalogue: Catalogue, crate: Crate, drops: tuple[Drop, ...], inside: frozenset[str]) -> Fraction:
    total = Fraction(0)
    for drop in drops:
        item = catalogue.item(drop.item)
        if item is not None:
            total += drop.weight * drop.count * _value(catalogue, item, inside | {crate.id})
        elif drop.currency is Currency.COIN:
            total += drop.weight * drop.count
    return total / sum(drop.weight for drop in drops)


def _gem_paths(catalogue: Catalogue) -> Iterator[Fault]:
    """Gems buy looks only: nothing that sells for coins, raises income, is opened, or is a part of chance."""
    for offer, _, shop in _all_offers(catalogue):
        item = catalogue.item(offer.item)
        if offer.currency is Currency.GEM and item is not None and (item.sell or _raises_income(item)):
            yield Fault(f"{shop} offer", offer.id, "gems would become coins, boosts or crates")


def _raises_income(item: Item) -> bool:
    return item.__struct_config__.tag in {"weapon", "armour", "business", "housing", "boost", "crate"}


def _sold_at_a_loss(catalogue: Catalogue) -> Iterator[Fault]:
    """Pieces that fill the bag for good: everything unique can be sold, so a bag can be emptied."""
    for item in catalogue.items:
        if isinstance(item, UNIQUE) and not item.sell:
            yield Fault("item", item.id, "can't be sold, and would stay in the bag for ever")


def _upkeep(catalogue: Catalogue) -> Iterator[Fault]:
    for item in catalogue.items:
        if isinstance(item, Business) and item.upkeep_h >= item.revenue_h:
            yield Fault("business", item.id, f"costs {item.upkeep_h} an hour and earns {item.revenue_h}")
        if isinstance(item, Housing) and item.hours <= catalogue.money.revenue_hours:
            yield Fault("housing", item.id, f"{item.hours} hours are no more than everybody has")


def _gone(catalogue: Catalogue, before: Catalogue) -> Iterator[Fault]:
    """Ids are for ever: what players may have can be retired, not removed, and never becomes another kind."""
    for old in before.items:
        new = catalogue.item(old.id)
        if new is None:
            yield Fault("item", old.id, "is gone; retire it instead")
        elif type(new) is not type(old):
            yield Fault("item", old.id, f"was a {old.__struct_config__.tag}")


def _back(catalogue: Catalogue, before: Catalogue) -> Iterator[Fault]:
    for old in before.items:
        new = catalogue.item(old.id)
        if old.retired and new is not None and not new.retired:
            yield Fault("item", old.id, "was retired")


def _pieces_at_once(catalogue: Catalogue) -> Iterator[Fault]:
    """A transaction holds only so many pieces: of one purchase, or of as many crates as are opened at once."""
    for crate, drop in _drops(catalogue):
        if isinstance(catalogue.item(drop.item), UNIQUE) and drop.count > DROP_PIECES:
            yield Fault("crate", crate.id, f"gives {drop.count} {drop.item}, more than {DROP_PIECES} pieces")
    for offer, _, shop in _all_offers(catalogue):
        if isinstance(catalogue.item(offer.item), UNIQUE) and offer.count > PIECES_AT_ONCE:
            yield Fault(f"{shop} offer", offer.id, f"gives {offer.count}, more than {PIECES_AT_ONCE} pieces")


RULES: tuple[Callable[[Catalogue], Iterator[Fault]], ...] = (
    _unique_ids,
    _known_ids,
    _weights,
    _pity,
    _crates_in_crates,
    _texts,
    _tiers,
    _enough_offers,
    _faucet,
    _gains,
    _gem_paths,
    _sold_at_a_loss,
    _upkeep,
    _pieces_at_once,
)
