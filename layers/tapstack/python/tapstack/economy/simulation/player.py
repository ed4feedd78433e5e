"""One simulated player: visits, taps, collects, and spends, always by `decide`."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tapstack.economy import commands
from tapstack.economy.catalogue.model import Boost, Business, Catalogue, Crate, Currency, Housing, Weapon
from tapstack.economy.commands import AnyCommand
from tapstack.economy.deciding import Chance, decide
from tapstack.economy.model import Entry, Holdings, Wallet
from tapstack.economy.rules import shops
from tapstack.economy.rules.pieces import slot_of, worn
from tapstack.economy.simulation.personas import Persona
from tapstack.platform.errors import GameError

DAY_MS = 86_400_000
BUYS = 4
"""What a player buys in one visit at most."""

SAVES_FOR = 3
"""One who invests saves for what costs at most so many times the coins at hand."""


class SimulatedPlayer:
    """A player with holdings of their own, and the energy that Redis would keep for them."""

    def __init__(self, number: int, persona: Persona, catalogue: Catalogue, chance: Chance, seed: int) -> None:
        self.persona, self.catalogue, self.chance = persona, catalogue, chance
        self.random = random.Random(f"{seed}:{number}")  # noqa: S311 - a simulation's
        self.holdings = Holdings(f"sim{number}", Wallet())
        self.energy, self.energy_at_ms = catalogue.energy.full, 0
        self.commands = 0

    def day(self, start_ms: int) -> Iterator[Entry]:
        """Plays a day; yields what was written."""
        if self.random.random() >= self.persona.plays:
            return
        gap_ms = DAY_MS // self.persona.visits
        for visit in range(self.persona.visits):
            now_ms = start_ms + visit * gap_ms + self.random.randrange(gap_ms // 4)
            self._tap(now_ms, self.random.randint(*self.persona.taps))
            yield from self._visit(now_ms)

    def _tap(self, now_ms: int, taps: int) -> None:
        """Taps; only those with energy are paid, as the tap script decides."""
        energy = self.catalogue.energy
        self.energy = min(energy.full, self.energy + (now_ms - self.energy_at_ms) // energy.every_ms)
        paid = min(taps, self.energy)
        self.energy, self.energy_at_ms = self.energy - paid, now_ms
        held = self.holdings
        self.holdings = Holdings(
            held.player_id, held.wallet, held.paid_taps + paid, held.stacks, held.instances, held.mails
        )

    def _visit(self, now_ms: int) -> Iterator[Entry]:
        yield from self._do(commands.Collect() if self.holdings.wallet.revenue_h else commands.Settle(), now_ms)
        yield from self._care(now_ms)
        for _ in range(BUYS if self.persona.spends else 0):
            bought = list(self._do(self._wish(now_ms), now_ms))
            if not bought:
                return
            yield from bought
            yield from self._use(now_ms)

    def _care(self, now_ms: int) -> Iterator[Entry]:
        """Repairs the weapon in hand when it is used up."""
        piece = self.holdings.instances.get(self.holdings.wallet.equipped.get("weapon", ""))
        item = self.catalogue.item(piece.item) if piece else None
        if piece and isinstance(item, Weapon) and worn(piece, item, self.holdings.wallet.settled) >= item.lasts * 1_000:
            yield from self._do(commands.Repair(instance=piece.id), now_ms)

    def _wish(self, now_ms: int) -> AnyCommand | None:
        """The next thing to buy: what earns, if the player invests and can soon pay it; else what there is coins for."""
        wallet = self.holdings.wallet
        shown = [
            offer
            for offer in shops.offers(self.catalogue, self.chance.key, self.holdings.player_id, now_ms)
            if offer.currency is Currency.COIN and self.catalogue.reaches(wallet.xp, offer.tier)
        ]
        if self.persona.invests:
            earning = [offer for offer in shown if self._earns(offer.item) and offer.price <= wallet.coin * SAVES_FOR]
            if earning:
                best = max(earning, key=lambda offer: offer.price)
                return commands.Buy(offer=best.id, price=best.price) if best.price <= wallet.coin else None
        paid = [offer for offer in shown if offer.price <= wallet.coin and self._is_fun(offer.item)]
        if not paid:
            return None
        offer = self.random.choice(paid)
        return commands.Buy(offer=offer.id, price=offer.price)

    def _earns(self, item_id: str) -> bool:
        """Whether an item would earn, and the player has none of it yet, nor a better one."""
        item, owned = self.catalogue.item(item_id), [one.item for one in self.holdings.instances.values()]
        if isinstance(item, Business):
            return item_id not in owned
        if isinstance(item, Weapon):
            mine = [self.catalogue.item(name) for name in owned]
            return all(not isinstance(one, Weapon) or one.tap_permille < item.tap_permille for one in mine)
        if isinstance(item, Housing):
            homes = [self.catalogue.item(name) for name in owned]
            return all(not isinstance(one, Housing) or one.hours < item.hours for one in homes)
        return False

    def _is_fun(self, item_id: str) -> bool:
        return not isinstance(self.catalogue.item(item_id), Business | Weapon | Housing)

    def _use(self, now_ms: int) -> Iterator[Entry]:
        """Opens, drinks and puts on what was just bought or drawn."""
        for item_id, count in list(self.holdings.stacks.items()):
            item = self.catalogue.item(item_id)
            if isinstance(item, Crate):
                yield from self._do(commands.Open(crate=item_id, count=min(10, count)), now_ms)
            elif isinstance(item, Boost):
                yield from self._do(commands.Use(item=item_id), now_ms)
        equipped = self.holdings.wallet.equipped
        for piece in list(self.holdings.instances.values()):
            item = self.catalogue.item(piece.item)
            slot = slot_of(item) if isinstance(item, Weapon | Housing) else ""
            if (
                slot
                and equipped.get(slot) != piece.id
                and not piece.escrow_until_ms
                and self._is_better(piece.item, slot)
            ):
                yield from self._do(commands.Equip(instance=piece.id), now_ms)
        if len(self.holdings.instances) > self.catalogue.money.bag // 2:
            yield from self._sell_spares(now_ms)

    def _is_better(self, item_id: str, slot: str) -> bool:
        worn_piece = self.holdings.instances.get(self.holdings.wallet.equipped.get(slot, ""))
        new, old = self.catalogue.item(item_id), self.catalogue.item(worn_piece.item) if worn_piece else None
        if isinstance(new, Weapon):
            return not isinstance(old, Weapon) or new.tap_permille > old.tap_permille
        return isinstance(new, Housing) and (not isinstance(old, Housing) or new.hours > old.hours)

    def _sell_spares(self, now_ms: int) -> Iterator[Entry]:
        equipped = set(self.holdings.wallet.equipped.values())
        for piece in list(self.holdings.instances.values()):
            if piece.id not in equipped and not isinstance(self.catalogue.item(piece.item), Business):
                yield from self._do(commands.Sell(instance=piece.id), now_ms)

    def _do(self, command: AnyCommand | None, now_ms: int) -> Iterator[Entry]:
        if command is None:
            return
        held = self.holdings
        self.commands += 1
        try:
            outcome = decide(held, self.catalogue, command, f"o#{self.commands}", now_ms, self.chance)
        except GameError:
            return
        stacks = {**held.stacks, **outcome.stacks} if outcome.stacks else held.stacks
        pieces = {**held.instances, **outcome.instances} if outcome.instances else held.instances
        self.holdings = Holdings(
            held.player_id,
            outcome.wallet,
            held.paid_taps,
            {key: count for key, count in stacks.items() if count},
            {key: one for key, one in pieces.items() if one is not None},
        )
        yield outcome.entry
