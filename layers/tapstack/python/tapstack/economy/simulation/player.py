"""One simulated player: visits, taps, collects, and spends, always by `decide`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import msgspec

from tapstack.economy import claiming, commands
from tapstack.economy.catalogue.model import AnyItem, Boost, Business, Catalogue, Crate, Housing, Weapon
from tapstack.economy.commands import AnyCommand
from tapstack.economy.deciding import MAX_BONUSES, Chance, decided, settled
from tapstack.economy.draft import Draft
from tapstack.economy.model import Goals, Holdings, Instance, Wallet
from tapstack.economy.rules import causes, metrics, missions, seasons
from tapstack.economy.rules.pieces import slot_of, worn
from tapstack.economy.simulation.market import EMPTY, Choice, Market, Shelf
from tapstack.economy.simulation.personas import Persona
from tapstack.platform.calendar import Period
from tapstack.platform.errors import GameError

DAY_MS = 86_400_000
BUYS = 4
"""What a player buys in one visit at most."""

COLLECT, SETTLE, CHECK_IN = commands.Collect(), commands.Settle(), commands.CheckIn()

WORN = (Weapon, Housing)
"""What a player puts on."""

SAVES_FOR = 3
"""One who invests saves for what costs at most so many times the coins at hand."""


class Done(msgspec.Struct, gc=False):
    """What the figures need of a command."""

    at_ms: int
    xp: int
    result: dict[str, Any]


class SimulatedPlayer:
    """A player with holdings of their own, and the energy that Redis would keep for them."""

    def __init__(self, number: int, persona: Persona, market: Market, chance: Chance, seed: int) -> None:
        self.persona, self.market, self.chance = persona, market, chance
        self.catalogue: Catalogue = market.catalogue
        self.random = random.Random(f"{seed}:{number}")  # noqa: S311 - a simulation's
        self.eagerness = 100 + self.random.randint(-persona.varies, persona.varies)
        self.player_id, self.wallet, self.goals = f"sim{number}", Wallet(), Goals()
        self.stacks, self.instances = dict[str, int](), dict[str, Instance]()
        self.paid_taps = self.last_tap_ms = 0
        self.energy, self.energy_at_ms = self.catalogue.energy.full, 0
        self.businesses, self.best_tap, self.best_hours = set[str](), 0, 0
        self.day_ms, self.today = 0, EMPTY
        self.commands = 0
        self.done: list[Done] = []

    @property
    def holdings(self) -> Holdings:
        """What a store would read."""
        return Holdings(
            self.player_id,
            self.wallet,
            self.paid_taps,
            self.stacks,
            self.instances,
            goals=self.goals,
            last_tap_ms=self.last_tap_ms,
        )

    def day(self, start_ms: int) -> list[Done]:
        """Plays a day; returns what was done."""
        persona, self.done = self.persona, []
        if self.random.random() >= persona.plays:
            return self.done
        self.day_ms, self.today = start_ms, EMPTY
        gap_ms = DAY_MS // persona.visits
        for visit in range(persona.visits):
            now_ms = start_ms + visit * gap_ms + self.random.randrange(gap_ms // 4)
            self._tap(now_ms, self.random.randint(*persona.taps) * self.eagerness // 100)
            self._visit(now_ms)
        if self.random.random() < persona.claims:
            self._claim(now_ms)
        return self.done

    def _tap(self, now_ms: int, taps: int) -> None:
        """Taps; only those with energy are paid, as the tap script decides."""
        energy = self.catalogue.energy
        self.energy = min(energy.full, self.energy + (now_ms - self.energy_at_ms) // energy.every_ms)
        paid = min(taps, self.energy)
        self.energy, self.energy_at_ms = self.energy - paid, now_ms
        self.paid_taps, self.last_tap_ms = self.paid_taps + paid, now_ms

    def _visit(self, now_ms: int) -> None:
        self._do(COLLECT if self.wallet.revenue_h else SETTLE, now_ms)
        self._care(now_ms)
        for _ in range(BUYS if self.persona.spends else 0):
            wish = self._wish(now_ms)
            if wish is None:
                return
            chosen, count = wish
            if not self._do(commands.Buy(offer=chosen.shown.id, price=chosen.price, count=count), now_ms):
                return
            self.market.sell(chosen, count)
            self._use(now_ms)

    def _claim(self, now_ms: int) -> None:
        """Checks in, and claims all that is ready; what that makes ready in turn is claimed the next day."""
        self._do(CHECK_IN, now_ms)
        draft = settled(self.holdings, self.catalogue, "", now_ms)
        draft.goals = missions.begun(draft.goals, now_ms)
        for cause in list(self._ready(draft)):
            self._do(commands.Claim(cause=cause), now_ms, cause)
        week = Period.WEEK.number_at(now_ms)
        if len(self.goals.weekly) >= self.catalogue.missions.places and not self.goals.chest:
            self._do(commands.Claim(cause=causes.chest(week)), now_ms, causes.chest(week))

    def _ready(self, draft: Draft) -> Iterator[str]:
        for period in missions.PERIODS:
            for picked in claiming.picks(draft, self.chance.key, period):
                if not picked.claimed and claiming.done(draft, picked) >= picked.band.target:
                    yield causes.mission(period, period.number_at(draft.now_ms), picked.mission.id)
        wallet, goals = draft.wallet, draft.goals
        for one in self.catalogue.achievements:
            claimed = goals.achieved.get(one.id, 0)
            tiers = one.tiers
            if claimed == len(tiers):
                continue
            reached = metrics.total(one.metric, wallet, goals)
            while claimed < len(tiers) and tiers[claimed].target <= reached:
                claimed += 1
                yield causes.achievement(one.id, claimed)
        season, earned = self.catalogue.seasons_by_id.get(goals.season), wallet.xp - goals.season_base
        for number, step in enumerate(season.steps if season else (), 1):
            if step.xp > earned:
                break
            if not seasons.claimed(goals.steps, number):
                yield causes.step(goals.season, number)

    def _care(self, now_ms: int) -> None:
        """Repairs the weapon in hand when it is used up."""
        piece = self.instances.get(self.wallet.equipped.get("weapon", ""))
        item = self.catalogue.item(piece.item) if piece else None
        if piece and isinstance(item, Weapon) and worn(piece, item, self.wallet.settled) >= item.lasts * 1_000:
            self._do(commands.Repair(instance=piece.id), now_ms)

    def _wish(self, now_ms: int) -> tuple[Choice, int] | None:
        """The next thing to buy: what earns, if the player invests and can soon pay it; else what there is coins for.

        An offer, and how many times; None for one who saves, or has enough of everything.
        """
        wallet, market = self.wallet, self.market
        coin, xp = wallet.coin, wallet.xp
        limited = market.limited(now_ms, xp)
        if self.persona.invests:
            most = coin * SAVES_FOR
            best = self._best_to_earn((market.always, limited), most, xp)
            if self._may_be_better(best, most, xp):
                best = self._best_to_earn((market.always, self._daily(), limited), most, xp)
            if best:
                return (best, 1) if best.price <= coin else None
        shelves = (market.always, self._daily(), limited)
        shown = [one for shelf in shelves for one in shelf.other if one.price <= coin and one.xp <= xp]
        if self.persona.calculates:
            return self._boosts(shown)
        return (self.random.choice(shown), 1) if shown else None

    def _daily(self) -> Shelf:
        """What the player's own shop has today; it is made when they need it, as most do not."""
        if self.today is EMPTY:
            self.today = self.market.daily(self.player_id, self.day_ms)
        return self.today

    def _may_be_better(self, best: Choice | None, most: int, xp: int) -> bool:
        """Whether the player's own shop can have something that earns and is as dear as the best elsewhere."""
        dear = best.price if best else 0
        for one in self.market.daily_earning:
            if one.xp <= xp and dear <= one.most and one.least <= most and self._wants(one.item):
                return True
        return False

    def _best_to_earn(self, shelves: tuple[Shelf, ...], most: int, xp: int) -> Choice | None:
        """The dearest thing that earns and that the player wants, up to a price."""
        best: Choice | None = None
        for shelf in shelves:
            for one in shelf.earning:
                price = one.price
                if price > most:
                    continue
                if best and price <= best.price:
                    break
                if one.xp <= xp and self._wants(one.item):
                    best = one
                    break
        return best

    def _boosts(self, shown: list[Choice]) -> tuple[Choice, int] | None:
        """As many as can run at once of the boost that pays most."""
        free = MAX_BONUSES - len(self.wallet.bonuses) - sum(self.stacks.values())
        best = max(shown, key=lambda one: one.pays, default=None)
        if best is None or best.pays <= 1 or free <= 0:
            return None
        stock = self.market.left(best) if best.stock else free
        return best, min(free, stock, self.wallet.coin // best.price)

    def _wants(self, item: AnyItem) -> bool:
        """Whether the player has none of a business yet, or no weapon or home as good."""
        if isinstance(item, Weapon):
            return item.tap_permille > self.best_tap
        return item.hours > self.best_hours if isinstance(item, Housing) else item.id not in self.businesses

    def _look(self) -> None:
        """What the player has of what earns."""
        self.businesses.clear()
        self.best_tap = self.best_hours = 0
        for piece in self.instances.values():
            item = self.catalogue.item(piece.item)
            if isinstance(item, Business):
                self.businesses.add(item.id)
            elif isinstance(item, Weapon):
                self.best_tap = max(self.best_tap, item.tap_permille)
            elif isinstance(item, Housing):
                self.best_hours = max(self.best_hours, item.hours)

    def _use(self, now_ms: int) -> None:
        """Opens, drinks and puts on what was just bought or drawn."""
        for item_id, count in list(self.stacks.items()):
            item = self.catalogue.item(item_id)
            if isinstance(item, Crate):
                self._do(commands.Open(crate=item_id, count=min(10, count)), now_ms)
            elif isinstance(item, Boost):
                for _ in range(min(count, MAX_BONUSES - len(self.wallet.bonuses))):
                    self._do(commands.Use(item=item_id), now_ms)
        equipped = self.wallet.equipped
        for piece in list(self.instances.values()):
            item = self.catalogue.item(piece.item)
            slot = slot_of(item) if isinstance(item, WORN) else ""
            if (
                slot
                and equipped.get(slot) != piece.id
                and not piece.escrow_until_ms
                and self._is_better(piece.item, slot)
            ):
                self._do(commands.Equip(instance=piece.id), now_ms)
        if len(self.instances) > self.catalogue.money.bag // 2:
            self._sell_spares(now_ms)

    def _is_better(self, item_id: str, slot: str) -> bool:
        worn_piece = self.instances.get(self.wallet.equipped.get(slot, ""))
        new, old = self.catalogue.item(item_id), self.catalogue.item(worn_piece.item) if worn_piece else None
        if isinstance(new, Weapon):
            return not isinstance(old, Weapon) or new.tap_permille > old.tap_permille
        return isinstance(new, Housing) and (not isinstance(old, Housing) or new.hours > old.hours)

    def _sell_spares(self, now_ms: int) -> None:
        equipped = set(self.wallet.equipped.values())
        for piece in list(self.instances.values()):
            if piece.id not in equipped and not isinstance(self.catalogue.item(piece.item), Business):
                self._do(commands.Sell(instance=piece.id), now_ms)

    def _do(self, command: AnyCommand, now_ms: int, cause: str = "") -> bool:
        """Says whether it was done."""
        self.commands += 1
        cause = cause or f"o#{self.commands}"
        try:
            draft, result = decided(self.holdings, self.catalogue, command, cause, now_ms, self.chance)
        except GameError:
            return False
        self.wallet, self.goals = draft.wallet, draft.goals
        if stacks := draft.changed_stacks():
            self.stacks = {key: count for key, count in {**self.stacks, **stacks}.items() if count}
        if pieces := draft.changed_pieces():
            self.instances = {key: one for key, one in {**self.instances, **pieces}.items() if one is not None}
            self._look()
        self.done.append(Done(now_ms, draft.wallet.xp, result))
        return True
