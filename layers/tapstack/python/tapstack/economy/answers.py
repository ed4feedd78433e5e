"""What the API says of the economy. Times are ms since 1970, amounts whole coins and gems."""

from __future__ import annotations

import msgspec

from tapstack.economy.catalogue.model import Currency

Text = dict[str, str]
"""A text in each language of the catalogue."""


class Balances(msgspec.Struct, frozen=True):
    """What a player has of each currency."""

    coin: int
    gem: int


class EnergyState(msgspec.Struct, frozen=True):
    """The taps that would be paid now: `left` of `full`, one more each `every_ms`, all of them in `full_in_ms`."""

    left: int
    full: int
    every_ms: int
    full_in_ms: int


class NextTier(msgspec.Struct, frozen=True):
    """The tier above: it begins at `xp`, and `missing` are still to go."""

    id: str
    name: Text
    xp: int
    missing: int


class TierView(msgspec.Struct, frozen=True):
    """A player's status: it began at `xp`; null for `next` says that it is the highest."""

    id: str
    name: Text
    xp: int
    next: NextTier | None


class BoostView(msgspec.Struct, frozen=True):
    """Adds `permille` coins to each 1,000 paid taps, for `taps_left` more; `source` is a boost, or the worn weapon."""

    source: str
    permille: int
    taps_left: int


class Revenue(msgspec.Struct, frozen=True):
    """What businesses earn and cost an hour, and the coins that are there to collect.

    They pile up until `full_at_ms`, null where there is no business.
    """

    per_h: int
    upkeep_per_h: int
    ready: int
    full_at_ms: int | None


class DrawState(msgspec.Struct, frozen=True):
    """What the next draws come from; `server_seed_hash` was fixed before them (rules/draws.py).

    `nonce` counts the draws of this `epoch`, the time of one server seed; `pity` the openings of each crate since its
    last rare drop.
    """

    epoch: int
    server_seed_hash: str
    client_seed: str
    nonce: int
    pity: dict[str, int]


class EconomyView(msgspec.Struct, frozen=True):
    """A player's wallet, with all that was earned by `now_ms`.

    `balances` are what can be spent, once `pending` coins for paid taps are settled, which every command does first.
    `xp` counts pending taps, too. `worn` maps slots to items. `mail` counts gifts that the next command takes in.
    """

    now_ms: int
    seq: int
    catalogue: str
    balances: Balances
    pending: int
    energy: EnergyState
    xp: int
    tier: TierView
    boosts: list[BoostView]
    revenue: Revenue
    worn: dict[str, str]
    mail: int
    draws: DrawState


class StackView(msgspec.Struct, frozen=True):
    """So many of an item; `worn` where it is on."""

    item: str
    count: int
    worn: bool


class PieceView(msgspec.Struct, frozen=True):
    """One piece, what it brings now and what its repair costs; of the `lasts` paid taps it has, `used` are used up.

    It lasts for ever where `lasts` is 0. One with `escrow_until_ms` has no room in the bag, and is lost at that time.
    """

    id: str
    item: str
    worn: bool
    used: int
    lasts: int
    sells_for: int
    repair_price: int
    escrow_until_ms: int | None


class InventoryView(msgspec.Struct, frozen=True):
    """All that a player has; `room` of `bag` places are free."""

    seq: int
    catalogue: str
    bag: int
    room: int
    stacks: list[StackView]
    pieces: list[PieceView]


class OfferView(msgspec.Struct, frozen=True):
    """`count` of an item for a price; `tier` is the lowest that may buy.

    It is there until `until_ms`, null for always; `left` are the pieces of a limited offer for all players, a few
    seconds old, null without a limit.
    """

    id: str
    shop: str
    item: str
    count: int
    price: int
    currency: Currency
    tier: str | None
    until_ms: int | None
    left: int | None


class ShopView(msgspec.Struct, frozen=True):
    """What the shops sell to the caller now."""

    now_ms: int
    catalogue: str
    offers: list[OfferView]


# -- what a command has done --


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The same for every answer to one `op`: the entry that it has made in the ledger, and what the player had then.

    `settled` are the coins that paid taps had earned before, `change` is what the balances have gained or lost in all.
    """

    op: str
    seq: int
    at_ms: int
    catalogue: str
    balances: Balances
    change: Balances
    xp: int
    settled: int


class Settled(Receipt, frozen=True, kw_only=True):
    """Taps are paid, and mail is taken in."""


class Collected(Receipt, frozen=True, kw_only=True):
    """`coins` of revenue, less upkeep."""

    coins: int


class Bought(Receipt, frozen=True, kw_only=True):
    """`count` of an item for `paid`; `pieces` are the ids of new pieces."""

    item: str
    count: int
    paid: int
    pieces: list[str]


class Sold(Receipt, frozen=True, kw_only=True):
    item: str
    coins: int


class Used(Receipt, frozen=True, kw_only=True):
    """A boost runs for so many paid taps."""

    item: str
    permille: int
    taps: int


class Equipped(Receipt, frozen=True, kw_only=True):
    """What a slot has now, "" for nothing."""

    slot: str
    item: str


class Repaired(Receipt, frozen=True, kw_only=True):
    item: str
    paid: int


class Cheered(msgspec.Struct, frozen=True):
    """The caller has cheered a friend, and can again from `again_at_ms` on."""

    friend: str
    at_ms: int
    again_at_ms: int


class DropView(msgspec.Struct, frozen=True):
    """`count` of an item, or of a currency."""

    item: str | None
    currency: Currency | None
    count: int


class Opened(Receipt, frozen=True, kw_only=True):
    """What was in the crates, in order; `nonce` names the draw."""

    crate: str
    epoch: int
    nonce: int
    drops: list[DropView]


class Reseeded(Receipt, frozen=True, kw_only=True):
    """The server seed of the draws before, and the hash of the one that comes after it."""

    server_seed: str
    server_seed_hash: str
    next_server_seed_hash: str


class Proof(msgspec.Struct, frozen=True):
    """All that is needed to draw a crate again, by anybody: seeds, nonce, openings since the last rare drop before it.

    `server_seed` is null until the player has asked for another one (POST /chance/seed); its hash was shown before the
    draw. `catalogue` is the version whose odds counted.
    """

    op: str
    at_ms: int
    catalogue: str
    crate: str
    epoch: int
    nonce: int
    client_seed: str
    server_seed_hash: str
    server_seed: str | None
    misses: int
    drops: list[DropView]


class LedgerChange(msgspec.Struct, frozen=True):
    """What the player got from a house account, negative for what they gave to it."""

    account: str
    currency: Currency
    amount: int


class LedgerLine(msgspec.Struct, frozen=True):
    """One entry of the ledger: what happened to the player, once, for a cause; `op` where they had asked for it.

    `item` is what it was about: bought, sold, used, put on, repaired, or a crate that was opened. `goods` maps items to
    how many came or went; `balances` and `xp` are those after it.
    """

    seq: int
    kind: str
    cause: str
    op: str | None
    at_ms: int
    catalogue: str
    changes: list[LedgerChange]
    goods: dict[str, int]
    balances: Balances
    xp: int
    hash: str
    item: str | None


class LedgerPage(msgspec.Struct, frozen=True):
    """A part of the player's ledger, newest first; `cursor` asks for what is older, null at the end."""

    entries: list[LedgerLine]
    cursor: str | None
