"""What a player gets to see of the economy. Nothing here writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy import projecting, receipts, taps
from tapstack.economy.answers import (
    Balances,
    BoostView,
    DrawState,
    EconomyView,
    EnergyState,
    InventoryView,
    LedgerPage,
    NextTier,
    OfferView,
    PieceView,
    Proof,
    Revenue,
    ShopView,
    StackView,
    TierView,
)
from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.model import Holdings, Instance, Wallet
from tapstack.economy.performing import whole
from tapstack.economy.rules import draws, income, pieces, shops, stock
from tapstack.economy.rules.ops import cause_of
from tapstack.http.recent import Recent
from tapstack.platform.errors import NotFound

if TYPE_CHECKING:
    from tapstack.economy.ports import ReadWalletPorts
    from tapstack.platform.paging import Cursors

PAGE = 20
MAX_PAGE = 50
STOCK_KEPT_MS = 2_000
"""How old the number of pieces left may be: a purchase counts them anew."""

SHOWN_KEPT_MS, SHOWN_AT_ONCE = 600_000, 1_024
"""How long a process remembers that it has shown a wallet on the boards, and of how many: it shows none twice."""

NEWEST = 2**53 - 1


class EconomyReader:
    """Answers for one process, which keeps for a moment what is the same for all players."""

    def __init__(self) -> None:
        self._left: Recent[dict[str, int]] = Recent(keep_ms=STOCK_KEPT_MS, most=8)
        self._shown: Recent[None] = Recent(keep_ms=SHOWN_KEPT_MS, most=SHOWN_AT_ONCE)

    def economy(self, ports: ReadWalletPorts, player_id: str) -> EconomyView:
        """A player's wallet, with what was earned until now.

        Raises NotFound (`player_unknown`), Forbidden (`banned`) and StoreUnavailable, as all here do.
        """
        paid = taps.of(ports, player_id)
        holdings = whole(ports, player_id, paid.paid_taps).holdings
        catalogue, now_ms, wallet = ports.catalogues.current(), ports.clock(), holdings.wallet
        self._shown.get((player_id, wallet.seq), now_ms, lambda: projecting.repair(ports, player_id, wallet))
        paid_taps = max(paid.paid_taps, wallet.settled)
        xp = paid_taps + wallet.awarded_xp
        seed = draws.server_seed(ports.chance.key, player_id, wallet.epoch)
        return EconomyView(
            now_ms=now_ms,
            seq=wallet.seq,
            catalogue=catalogue.version,
            balances=Balances(wallet.coin, wallet.gem),
            pending=income.tap_coins(wallet, paid_taps, catalogue.money).coins,
            energy=EnergyState(*paid.energy),
            xp=xp,
            tier=_tier(catalogue, xp),
            boosts=[
                BoostView(one.source, one.permille, one.to_pt - max(paid_taps, one.from_pt))
                for one in income.running(wallet.bonuses, paid_taps)
            ],
            revenue=_revenue(wallet, catalogue, now_ms),
            worn={slot: _item_of(holdings, key) for slot, key in wallet.equipped.items()},
            mail=len(holdings.mails),
            draws=DrawState(wallet.epoch, draws.seed_hash(seed), wallet.client_seed, wallet.nonce, wallet.pity),
        )

    def inventory(self, ports: ReadWalletPorts, player_id: str) -> InventoryView:
        """All that a player has."""
        paid = taps.of(ports, player_id)
        holdings = whole(ports, player_id, paid.paid_taps).holdings
        catalogue, now_ms = ports.catalogues.current(), ports.clock()
        worn = set(holdings.wallet.equipped.values())
        there = [one for one in holdings.instances.values() if not 0 < one.escrow_until_ms <= now_ms]
        kept = sum(not one.escrow_until_ms for one in there) + len(holdings.stacks)
        paid_taps = max(paid.paid_taps, holdings.wallet.settled)
        views = [_piece(one, catalogue, paid_taps, one.id in worn) for one in there]
        return InventoryView(
            seq=holdings.wallet.seq,
            catalogue=catalogue.version,
            bag=catalogue.money.bag,
            room=max(0, catalogue.money.bag - kept),
            stacks=[StackView(key, count, key in worn) for key, count in holdings.stacks.items()],
            pieces=[view for view in views if view],
        )

    def shop(self, ports: ReadWalletPorts, player_id: str) -> ShopView:
        """What the shops sell to a player now."""
        taps.of(ports, player_id)  # raises for who is gone or banned
        catalogue, now_ms = ports.catalogues.current(), ports.clock()
        shown = shops.offers(catalogue, ports.chance.key, player_id, now_ms)
        limited = {one.id: one.stock for one in shown if one.stock}
        left = self._left.get(tuple(limited.items()), now_ms, lambda: _left(ports, limited))
        return ShopView(
            now_ms=now_ms,
            catalogue=catalogue.version,
            offers=[
                OfferView(
                    id=one.id,
                    shop=one.shop,
                    item=one.item,
                    count=one.count,
                    price=one.price,
                    currency=one.currency,
                    tier=one.tier,
                    until_ms=one.until_ms or None,
                    left=left.get(one.id),
                )
                for one in shown
            ],
        )


def proof(ports: ReadWalletPorts, player_id: str, op: str) -> Proof:
    """All that is needed to check what was in the crates that an op has opened; raises NotFound (`entry_unknown`)."""
    taps.of(ports, player_id)
    entry = ports.wallets.entry(player_id, cause_of(op))
    if entry is None or entry.kind != "open":
        raise NotFound("no crates were opened by this op", code="entry_unknown")
    drawn = entry.result
    seed = draws.server_seed(ports.chance.key, player_id, drawn["epoch"])
    over = drawn["epoch"] < whole(ports, player_id).holdings.wallet.epoch
    return Proof(
        op=op.lower(),
        at_ms=entry.at_ms,
        catalogue=entry.catalogue,
        crate=drawn["crate"],
        epoch=drawn["epoch"],
        nonce=drawn["nonce"],
        client_seed=drawn["seed"],
        server_seed_hash=draws.seed_hash(seed),
        server_seed=seed if over else None,
        misses=drawn["misses"],
        drops=receipts.drops(entry),
    )


def ledger(ports: ReadWalletPorts, cursors: Cursors, player_id: str, limit: int, cursor: str | None) -> LedgerPage:
    """A page of a player's ledger, newest first; raises BadRequest for a cursor of another list."""
    taps.of(ports, player_id)
    before = cursors.read(cursor, int, "ledger", player_id) if cursor else NEWEST
    size = min(MAX_PAGE, limit or PAGE)
    entries = ports.wallets.page(player_id, before, size)
    more = len(entries) == size and entries[-1].seq > 1
    return LedgerPage(
        [receipts.line(entry) for entry in entries],
        cursors.sign(entries[-1].seq, "ledger", player_id) if more else None,
    )


def _tier(catalogue: Catalogue, xp: int) -> TierView:
    tier = catalogue.tier_of(xp)
    above = next((one for one in catalogue.ladder if one.xp > xp), None)
    following = NextTier(above.id, above.name, above.xp, above.xp - xp) if above else None
    return TierView(tier.id, tier.name, tier.xp, following)


def _revenue(wallet: Wallet, catalogue: Catalogue, now_ms: int) -> Revenue:
    ready = income.collected(wallet, now_ms, catalogue.money)
    hours = max(catalogue.money.revenue_hours, wallet.hours)
    full_at_ms = wallet.collected_at_ms + hours * income.HOUR_MS if wallet.revenue_h else None
    return Revenue(wallet.revenue_h, wallet.upkeep_h, ready.revenue - ready.upkeep, full_at_ms)


def _item_of(holdings: Holdings, key: str) -> str:
    instance = holdings.instances.get(key)
    return instance.item if instance else key


def _piece(instance: Instance, catalogue: Catalogue, paid_taps: int, worn: bool) -> PieceView | None:
    item = catalogue.item(instance.item)
    if item is None:
        return None
    return PieceView(
        id=instance.id,
        item=item.id,
        worn=worn,
        used=pieces.worn(instance, item, paid_taps),
        lasts=pieces.lasts(item),
        sells_for=pieces.resale(instance, item, paid_taps),
        repair_price=pieces.repair_price(instance, item, paid_taps),
        escrow_until_ms=instance.escrow_until_ms or None,
    )


def _left(ports: ReadWalletPorts, limited: dict[str, int]) -> dict[str, int]:
    sold = ports.commons.sold({offer: stock.shards(of) for offer, of in limited.items()}) if limited else {}
    return {offer: stock.left(of, sold[offer]) for offer, of in limited.items()}
