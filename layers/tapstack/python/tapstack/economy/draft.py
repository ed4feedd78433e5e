"""An outcome in the making: what a command does to holdings, step by step, until it is an Outcome or a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import force_setattr

from tapstack.economy.catalogue.model import UNIQUE, AnyItem, Catalogue, Currency, Metric, Reward
from tapstack.economy.model import (
    COIN,
    GEM,
    PLAYER,
    After,
    Entry,
    Holdings,
    Instance,
    Leg,
    Mail,
    Outcome,
    SharedChange,
    SharedStock,
    Wallet,
)
from tapstack.economy.rules import income, journal, metrics, pieces, seasons
from tapstack.economy.rules.income import HOUR_MS
from tapstack.economy.rules.tallies import NEVER, UNMARKED, grown, marked, numbers_on
from tapstack.leaderboards.model import OF_WALLETS
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict, NotFound

ACTIONS = 88
"""What a transaction of 100 has for goods and mail, beside wallet, entry, limited stock, and one or two to spare:
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""

MOVED_AT_ONCE = 9
"""Pieces that one command takes out of escrow, and as many that it removes as lost: the next ones do the rest."""

ESCROW = 50
"""Who has so many pieces in escrow opens no more crates."""

GOALS = "mint:goals"
"""The account that all rewards of goals come from."""

_RANKED = frozenset(map(str, OF_WALLETS))

LOOKS = ("colour", "frame")
"""The slots that others see, beside the title's."""

_SHOWN = ("title", *LOOKS)


class Draft:
    """What has changed so far. Nothing of it counts before `outcome`; a refusal leaves everything as it was."""

    __slots__ = (
        *("holdings", "catalogue", "cause", "now_ms", "wallet", "stacks", "instances", "goals", "collected"),
        *("sent", "stock", "changes", "lost", "made", "had_escrow", "_booked", "_numbers", "_lost"),
    )

    def __init__(self, holdings: Holdings, catalogue: Catalogue, cause: str, now_ms: int) -> None:
        self.holdings, self.catalogue, self.cause, self.now_ms = holdings, catalogue, cause, now_ms
        old = holdings.wallet
        self.wallet = msgspec.structs.replace(old, tallies=old.tallies.copy(), marks=old.marks.copy())
        self._numbers = numbers_on(now_ms // DAY_MS)
        self.goals = holdings.goals
        self.stacks, self.instances = holdings.stacks, holdings.instances
        self._booked: dict[str, int] = {}
        self.collected: tuple[Mail, ...] = ()
        self.sent: list[tuple[str, Mail]] = []
        self.stock: SharedStock | None = None
        self.changes: tuple[SharedChange, ...] = ()
        self.lost = 0
        self.made = 0
        self.had_escrow = bool(self.instances) and self.waiting() > 0
        self._lost: tuple[str, ...] = ()
        if self.had_escrow:
            self._lost = tuple(one.id for one in self.instances.values() if one.escrow_until_ms and self._is_lost(one))
            for lost in self._lost:
                del self._own_instances()[lost]

    # -- money --

    def earn(self, account: str, currency: Currency, amount: int) -> None:
        """Takes an amount from a house account; coins that come in are counted."""
        if not amount:
            return
        self._post(account, currency, amount)
        if currency is COIN:
            self.count("coins", amount)

    def pay(self, account: str, currency: Currency, amount: int) -> None:
        """Gives an amount to a house account, if the player has it."""
        if not amount:
            return
        have = self.wallet.balance(currency)
        if have < amount:
            raise Conflict(
                f"you have {have} of {amount}", code="not_enough", currency=str(currency), have=have, need=amount
            )
        self._post(account, currency, -amount)

    def give_back(self, account: str, currency: Currency, amount: int) -> None:
        """Takes an amount from an account that players' money waits in: nobody has earned it, so it is not counted."""
        self._post(account, currency, amount)

    def _post(self, account: str, currency: Currency, amount: int) -> None:
        if amount:
            booked, wallet = self._booked, self.wallet
            house = account if currency is COIN else journal.flow_name(account, currency)
            booked[house] = booked.get(house, 0) - amount
            if currency is COIN:
                force_setattr(wallet, "coin", wallet.coin + amount)
            else:
                force_setattr(wallet, "gem", wallet.gem + amount)

    # -- the rest of the wallet --

    def set(self, **fields: Any) -> None:
        """Changes the draft's own copy of the wallet, which nobody else has seen yet: one copy for all changes."""
        wallet = self.wallet
        for name, value in fields.items():
            force_setattr(wallet, name, value)

    def count(self, name: str, by: int) -> None:
        if by <= 0:
            return
        wallet, numbers = self.wallet, self._numbers
        old = wallet.tallies.get(name, NEVER)
        wallet.tallies[name] = grown(old, by, numbers)
        if name in _RANKED:
            wallet.marks[name] = marked(wallet.marks.get(name, UNMARKED), old, self.now_ms, numbers[2])

    # -- goals --

    def aim(self, **fields: Any) -> None:
        """Changes the draft's own copy of the goals."""
        if self.goals is self.holdings.goals:
            self.goals = msgspec.structs.replace(self.goals, **fields)
            return
        for name, value in fields.items():
            force_setattr(self.goals, name, value)

    def reach(self, metric: Metric, by: int = 1) -> None:
        """Counts something for goals: with the wallet, or with the goals what only they need."""
        if by <= 0:
            return
        if metric in metrics.TALLIES:
            return self.count(metric._value_, by)
        self.aim(counts=metrics.grown(self.goals.counts, metric, by, self._numbers[0]))

    def reward(self, reward: Reward) -> None:
        """Gives what a claim brings."""
        self.earn(GOALS, COIN, reward.coin)
        if reward.gem:
            self.earn(GOALS, GEM, reward.gem)
        if reward.xp:
            force_setattr(self.wallet, "awarded_xp", self.wallet.awarded_xp + reward.xp)
        for item_id, count in reward.goods.items():
            self.give(self.item(item_id), count)
        if reward.freezes:
            self.aim(
                freezes=max(self.goals.freezes, min(self.catalogue.streak.freezes, self.goals.freezes + reward.freezes))
            )

    # -- goods --

    def item(self, item_id: str) -> AnyItem:
        item = self.catalogue.item(item_id)
        if item is None:
            raise NotFound("there is no such item", code="unknown_item")
        return item

    def instance(self, instance_id: str) -> tuple[Instance, AnyItem]:
        """A piece that lies in the player's bag."""
        instance = self.instances.get(instance_id)
        if instance is None:
            raise NotFound("you have no such piece", code="unknown_instance")
        if instance.escrow_until_ms:
            raise Conflict("your bag is full: make room for it first", code="in_escrow")
        return instance, self.item(instance.item)

    def give(self, item: AnyItem, count: int) -> list[str]:
        """Adds goods and returns the new pieces' ids; a piece that the bag has no room for is kept in escrow."""
        if not isinstance(item, UNIQUE):
            self._own_stacks()[item.id] = self.stacks.get(item.id, 0) + count
            return []
        ids = []
        for _ in range(count):
            new_id = f"{journal.hash_of([self.holdings.player_id, self.cause])[:12]}-{self.made}"
            self.made += 1
            until_ms = 0 if self.room() > 0 else self.now_ms + self.catalogue.money.escrow_h * HOUR_MS
            self.put(Instance(id=new_id, item=item.id, got_at_ms=self.now_ms, escrow_until_ms=until_ms))
            ids.append(new_id)
        self.rate()
        return ids

    def take(self, item: AnyItem, count: int) -> None:
        """Takes so many of a stack."""
        have = self.stacks.get(item.id, 0)
        if have < count:
            raise Conflict(f"you have {have} of {count}", code="not_enough_items", item=item.id, have=have, need=count)
        if have == count and item.id in self.wallet.equipped.values():
            raise Conflict("take it off first", code="equipped")
        self._own_stacks()[item.id] = have - count

    def drop(self, instance: Instance) -> None:
        """Takes a piece out of the bag, which makes room for one in escrow."""
        del self._own_instances()[instance.id]
        self.unpack()
        self.rate()

    def put(self, instance: Instance) -> None:
        self._own_instances()[instance.id] = instance

    def _own_instances(self) -> dict[str, Instance]:
        """The pieces, to change them: a copy of what was read is made for the first change."""
        if self.instances is self.holdings.instances:
            self.instances = self.instances.copy()
        return self.instances

    def _own_stacks(self) -> dict[str, int]:
        """The stacks, likewise."""
        if self.stacks is self.holdings.stacks:
            self.stacks = self.stacks.copy()
        return self.stacks

    def actions_for(self, goods: Mapping[str, int]) -> int | None:
        """How many parts of holdings goods would change at most; None where the catalogue does not know them all."""
        items = [(self.catalogue.item(item_id), count) for item_id, count in goods.items()]
        if any(item is None for item, _ in items):
            return None
        return sum(count if isinstance(item, UNIQUE) else 1 for item, count in items)

    def given(self) -> int:
        """How many parts of holdings goods have come to so far."""
        return self.made + sum(count != self.holdings.stacks.get(key, 0) for key, count in self.stacks.items())

    def waiting(self) -> int:
        """How many pieces are in escrow."""
        return len([one for one in self.instances.values() if one.escrow_until_ms])

    def room(self) -> int:
        """How many more pieces and stacks fit into the bag."""
        kept = sum(not one.escrow_until_ms for one in self.instances.values())
        return self.catalogue.money.bag - kept - sum(count > 0 for count in self.stacks.values())

    def unpack(self) -> None:
        """Moves pieces from escrow into the bag, as far as there is room, those first that would be lost first."""
        waiting = sorted((one for one in self.instances.values() if one.escrow_until_ms), key=_until)
        for one in waiting[: max(0, min(self.room(), MOVED_AT_ONCE))] if waiting else ():
            self.put(msgspec.structs.replace(one, escrow_until_ms=0))

    def rate(self) -> None:
        """Brings the rates up to date; revenue so far is collected at the rates that it was earned at."""
        rates = pieces.rates(self.catalogue, self.instances.values(), self.wallet.equipped)
        if rates != (self.wallet.revenue_h, self.wallet.upkeep_h, self.wallet.hours):
            self.collect()
            self.set(revenue_h=rates.revenue_h, upkeep_h=rates.upkeep_h, hours=rates.hours)

    def collect(self) -> int:
        """Takes in the revenue until now; returns what is left of it after upkeep, and after raids."""
        taken = income.collected(self.wallet, self.now_ms, self.catalogue.money)
        raided, self.lost = min(self.lost, taken.revenue - taken.upkeep), 0
        self.earn("mint:business", COIN, taken.revenue)
        self.pay("sink:upkeep", COIN, taken.upkeep)
        self.pay("sink:raids", COIN, raided)
        self.set(
            collected_at_ms=max(self.now_ms, self.wallet.collected_at_ms),
            revenue_carry=taken.revenue_carry,
            upkeep_carry=taken.upkeep_carry,
        )
        return taken.revenue - taken.upkeep - raided

    # -- the end --

    def finish(self) -> None:
        """What every command ends with: what it has brought is counted and booked, and nothing happens after it."""
        if self.lost:
            self.collect()
        old, wallet = self.holdings.wallet, self.wallet
        if self._booked:
            force_setattr(wallet, "flows", journal.flowed(old.flows, self._booked))
        xp = wallet.xp
        gained = xp - old.xp
        if gained > 0:
            self.count("xp", gained)
            force_setattr(wallet, "season", seasons.score(old.season, self.goals, self.catalogue, xp, self.now_ms))
        force_setattr(wallet, "shown", shown_of(old))
        force_setattr(wallet, "seq", old.seq + 1)

    def _legs(self) -> Iterator[Leg]:
        """The legs of the house as they were booked, with the player's own after the first in each currency."""
        old, wallet = self.holdings.wallet, self.wallet
        own = {COIN: wallet.coin - old.coin, GEM: wallet.gem - old.gem}
        for name, amount in self._booked.items():
            account, currency = journal.account_of(name)
            if amount:
                yield Leg(account, currency, amount)
            if mine := own.pop(currency, 0):
                yield Leg(PLAYER, currency, mine)

    def changed_stacks(self) -> dict[str, int]:
        """How many there are now of the stacks that are others than before."""
        old = self.holdings.stacks
        if self.stacks is old:
            return {}
        return {key: count for key, count in self.stacks.items() if count != old.get(key, 0)}

    def changed_pieces(self) -> dict[str, Instance | None]:
        """The pieces that have changed, None for those that are gone."""
        old = self.holdings.instances
        if self.instances is old:
            return {}
        later = self._lost[MOVED_AT_ONCE:]
        changed: dict[str, Instance | None] = {key: one for key, one in self.instances.items() if one != old.get(key)}
        return changed | {key: None for key in old if key not in self.instances and key not in later}

    def outcome(self, kind: str, result: Any, params: str, by: str = "", why: str = "") -> Outcome:
        """The draft, once it is finished, as what one transaction writes."""
        old, stacks, changed = self.holdings, self.changed_stacks(), self.changed_pieces()
        entry = journal.chained(
            Entry(
                player_id=old.player_id,
                cause=self.cause,
                seq=self.wallet.seq,
                at_ms=self.now_ms,
                catalogue=self.catalogue.version,
                kind=kind,
                after=After(self.wallet.coin, self.wallet.gem, self.wallet.xp),
                legs=tuple(self._legs()),
                goods={key: count - old.stacks.get(key, 0) for key, count in stacks.items()},
                instances=changed,
                state=journal.changes(old.wallet, self.wallet),
                goals=journal.goal_changes(old.goals, self.goals),
                params=params,
                result=result,
                by=by,
                why=why,
            ),
            old.wallet.head,
        )
        self.set(head=entry.hash)
        goals = self.goals if entry.goals else None
        sent = tuple(self.sent)
        return Outcome(self.wallet, entry, stacks, changed, self.collected, sent, self.stock, goals, self.changes)

    def _is_lost(self, instance: Instance) -> bool:
        return instance.escrow_until_ms <= self.now_ms


def title_of(wallet: Wallet) -> str:
    """The title that stands beside a player's name."""
    return wallet.equipped.get("title", "")


def looks_of(wallet: Wallet) -> str:
    """The items that paint a player's name and picture for everybody, separated by spaces."""
    return " ".join([wallet.equipped[slot] for slot in LOOKS if slot in wallet.equipped])


def shown_of(wallet: Wallet) -> str:
    """All that others see of what a player wears."""
    equipped = wallet.equipped
    return " ".join([equipped[slot] for slot in _SHOWN if slot in equipped]) if equipped else ""


def _until(instance: Instance) -> tuple[int, str]:
    return instance.escrow_until_ms, instance.id
