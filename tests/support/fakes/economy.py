"""The economy's stores in memory: the same conditions as those of the real transactions."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from threading import Lock, RLock
from typing import Any

from tapstack.duels.model import Duel, State
from tapstack.economy.catalogue.model import Pointer
from tapstack.economy.commands import AnyCommand, CheckIn, Found, Raid, Reroll
from tapstack.economy.model import (
    Entry,
    Goals,
    Holdings,
    Instance,
    Mail,
    Outcome,
    Shared,
    SharedChange,
    Snapshot,
    Tally,
    Wallet,
    Written,
)
from tapstack.economy.rules.causes import rally
from tapstack.economy.rules.journal import hash_of
from tapstack.economy.rules.ops import cause_of
from tapstack.economy.rules.stock import room
from tapstack.factions.paying import founded_id
from tapstack.platform.clock import Clock
from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import energy_at

from support.economy import MOST_ACTIONS, actions_of
from support.fakes.play import ENERGY_EVERY_MS, ENERGY_FULL, MemoryPlay
from support.game import (
    CHECKED_IN,
    DECLINED,
    DUEL,
    FACTION_ID,
    FOUNDED,
    FRIEND_ID,
    HEIST_ID,
    OPENED_OP,
    RAIDED,
    RAIDED_TARGET,
    RALLY,
    REROLLED,
    REROLLED_CAUSE,
)


@dataclass
class _Held:
    wallet: Wallet = field(default_factory=Wallet)
    stacks: dict[str, int] = field(default_factory=dict)
    instances: dict[str, Instance] = field(default_factory=dict)
    mails: dict[str, Mail] = field(default_factory=dict)
    goals: Goals = field(default_factory=Goals)


def provided() -> _Held:
    """What everybody has in a game in memory: enough for any call of the API to succeed."""
    return _Held(
        Wallet(seq=1, coin=100_000, tallies={"taps": Tally(100)}, flows={"mint:tests": -100_000}),
        {"espresso": 1_000, "paper_bag": 1_000, "title_fox": 1},
        {"spoon": Instance(id="spoon", item="wooden_spoon", got_at_ms=1, worn=20_000)},
        goals=Goals(referred=True),
    )


def _entry(player_id: str, cause: str, kind: str, result: dict[str, Any], command: AnyCommand | None = None) -> Entry:
    """The first entry of a ledger; without its command it answers no retry."""
    params = hash_of(command) if command else ""
    return Entry(
        player_id=player_id, cause=cause, seq=1, at_ms=1, catalogue="0" * 16, kind=kind, result=result, params=params
    )


def opened(player_id: str) -> Entry:
    """The crates that everybody has opened there."""
    drawn = {"crate": "paper_bag", "epoch": 0, "nonce": 0, "seed": "", "misses": 0, "drops": [["espresso", "", 1]]}
    return _entry(player_id, cause_of(OPENED_OP), "open", drawn)


def rerolled(player_id: str, cause: str) -> Entry:
    """The mission that everybody has exchanged there: which ones one has is known to nobody beforehand."""
    result = {"paid": 100, "new": REROLLED_CAUSE}
    return _entry(player_id, cause, "reroll", result, Reroll(cause=REROLLED_CAUSE))


def checked_in(player_id: str, cause: str) -> Entry:
    """The day that everybody has checked in on there: nobody has tapped before."""
    result = {"streak": 1, "best": 1, "freezes": 0, "frozen": 0, "next_at_ms": 2, "reward": {"coin": 30}}
    return _entry(player_id, cause, "checkin", result, CheckIn())


def founded(player_id: str, cause: str) -> Entry:
    """The payment for the faction that the first player has founded there."""
    command = Found(faction=founded_id(player_id, cause), name="Red Foxes", price=1_000)
    return _entry(player_id, cause, "found", {"faction": FACTION_ID, "paid": 1_000}, command)


def raided(player_id: str, cause: str) -> Entry:
    """The raid that everybody has made there."""
    said = {"target": RAIDED_TARGET, "taken": 100, "coins": 60, "revenge": False, "left": 3}
    return _entry(player_id, cause, "raid", said, Raid(target=RAIDED_TARGET))


def going_on(key: str) -> dict[str, Shared] | None:
    """The rally and the duels that go on there."""
    if key == f"RALLY#{RALLY}":
        return {"host": FRIEND_ID, "starts_at_ms": 1, "ends_at_ms": 2**52, "state": "open", "bases": {}}
    if key in (f"DUEL#{DUEL}", f"DUEL#{DECLINED}"):
        offered = Duel("", FRIEND_ID, 2**52, State.DECLINED if key.endswith(DECLINED) else State.OFFERED)
        return {name: str(value) if name == "state" else value for name, value in asdict(offered).items()}
    return None


def rallied(player_id: str, cause: str) -> Entry:
    """The reward that everybody has had there for it."""
    return _entry(player_id, cause, "claim", {"coin": 40})


class MemoryCommons:
    """What all players share."""

    def __init__(self) -> None:
        self.taken: dict[str, dict[int, int]] = defaultdict(dict)
        self.points: tuple[Pointer, ...] = ()
        self.versions: dict[str, bytes] = {}
        self.key = b""
        self.items: dict[str, dict[str, Any]] = {}
        self.provided: Callable[[str], dict[str, Shared] | None] = lambda _: None
        self._lock = RLock()

    # -- items of any kind --

    def shared(self, keys: Sequence[str]) -> dict[str, dict[str, Shared]]:
        with self._lock:
            found = {key: self._item(key) for key in keys}
            return {key: copy.deepcopy(item) for key, item in found.items() if item is not None}

    def _item(self, key: str) -> dict[str, Any] | None:
        if key not in self.items and (given := self.provided(key) or going_on(key)) is not None:
            self.items[key] = dict(given)
        return self.items.get(key)

    def change(self, changes: Sequence[SharedChange]) -> bool:
        assert len({one.key for one in changes}) == len(changes), "a transaction takes an item once"
        with self._lock:
            for one in changes:
                item = self._item(one.key) or {}
                if any(_at(item, name) != held for name, held in one.where.items()):
                    return False
                if any(_at(item, name) is None for name in one.there):
                    return False
            for one in changes:
                if one.delete:
                    self.items.pop(one.key, None)
                    continue
                item = self.items.setdefault(one.key, {})
                for name, value in one.put.items():
                    _put(item, name, dict(value) if isinstance(value, Mapping) else value)
                for name, by in one.add.items():
                    _put(item, name, (_at(item, name) or 0) + by)
                for name in one.drop:
                    _drop(item, name)
            return True

    def listed(self, name: str, start: str, after: str, limit: int) -> list[tuple[str, str]]:
        with self._lock:
            rows = sorted((item["sort"], key) for key, item in self.items.items() if item.get("list") == name)
        past = tuple(after.split("\n", 1)) if after else ("", "")
        return [row for row in rows if row[0].startswith(start) and row > past][:limit]

    # -- offers and catalogues --

    def sold(self, offers: dict[str, int]) -> dict[str, dict[int, int]]:
        return {offer: dict(self.taken[offer]) for offer in offers}

    def pointers(self) -> tuple[Pointer, ...]:
        return self.points

    def point(self, pointers: tuple[Pointer, ...], before: tuple[Pointer, ...]) -> bool:
        if self.points != before:
            return False
        self.points = pointers
        return True

    def catalogue(self, version: str) -> bytes | None:
        return self.versions.get(version)

    def put_catalogue(self, version: str, body: bytes) -> None:
        self.versions[version] = body

    def chance_key(self, fresh: bytes) -> bytes:
        self.key = self.key or fresh
        return self.key


def _at(item: Mapping[str, Any], path: str) -> Any:
    name, _, rest = path.partition(".")
    return _at(item.get(name) or {}, rest) if rest else item.get(name)


def _put(item: dict[str, Any], path: str, value: Any) -> None:
    name, _, rest = path.partition(".")
    if rest:
        item[name][rest] = value
    else:
        item[name] = value


def _drop(item: dict[str, Any], path: str) -> None:
    name, _, rest = path.partition(".")
    if rest:
        item.get(name, {}).pop(rest, None)
    else:
        item.pop(name, None)


class MemoryWallets:
    """What players have, and the ledger."""

    def __init__(self, commons: MemoryCommons, provide: bool = False) -> None:
        self.commons = commons
        self.provide = provide
        self.held: dict[str, _Held] = defaultdict(provided if provide else _Held)
        self.ledger: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._lock = Lock()

    def read(self, player_id: str) -> Snapshot | None:
        with self._lock:
            held = self.held[player_id]
            mails = tuple(held.mails[cause] for cause in sorted(held.mails))
            stacks, pieces = dict(held.stacks), dict(held.instances)
            return Snapshot(Holdings(player_id, held.wallet, 0, stacks, pieces, mails, held.goals))

    def entry(self, player_id: str, cause: str) -> Entry | None:
        if self.provide and cause == cause_of(OPENED_OP):
            return opened(player_id)
        if self.provide and cause.endswith(REROLLED):
            return rerolled(player_id, cause)
        if self.provide and cause.endswith(CHECKED_IN):
            return checked_in(player_id, cause)
        if self.provide and cause.endswith(FOUNDED):
            return founded(player_id, cause)
        if self.provide and cause == f"c#heist#{HEIST_ID}":
            return Entry(
                player_id=player_id,
                cause=cause,
                seq=1,
                at_ms=1,
                catalogue="0" * 16,
                kind="grant",
                result={"coins": 120},
            )
        if self.provide and cause == rally(RALLY):
            return rallied(player_id, cause)
        if self.provide and cause.endswith(RAIDED):
            return raided(player_id, cause)
        return self.ledger[player_id].get(cause)

    def causes(self, player_id: str, prefix: str) -> list[str]:
        return sorted(cause for cause in self.ledger[player_id] if cause.startswith(prefix))

    def page(self, player_id: str, before_seq: int, limit: int) -> list[Entry]:
        found = [entry for entry in self.ledger[player_id].values() if entry.seq < before_seq]
        return sorted(found, key=lambda entry: -entry.seq)[:limit]

    def entries(self, player_id: str) -> Iterator[Entry]:
        return iter(list(self.ledger[player_id].values()))

    def write(
        self, read: Snapshot, outcome: Outcome, stock: Mapping[int, int], also: Sequence[SharedChange] = ()
    ) -> Written:
        player_id, entry = read.holdings.player_id, outcome.entry
        if actions_of(outcome) > MOST_ACTIONS:
            raise AssertionError("more than a transaction can hold")
        with self._lock:
            held = self.held[player_id]
            if entry.cause in self.ledger[player_id]:
                return Written.USED
            if held.wallet.seq != read.holdings.wallet.seq:
                return Written.STALE
            if any(mail.cause not in held.mails for mail in outcome.collected):
                return Written.STALE
            if not self._take(outcome, stock):
                return Written.SHORT
            if not self.commons.change([*outcome.changes, *also]):
                return Written.STALE
            self.ledger[player_id][entry.cause] = entry
            held.wallet = outcome.wallet
            held.goals = held.goals if outcome.goals is None else outcome.goals
            held.stacks = {key: n for key, n in {**held.stacks, **outcome.stacks}.items() if n}
            pieces = {**held.instances, **outcome.instances}
            held.instances = {key: one for key, one in pieces.items() if one is not None}
            for mail in outcome.collected:
                del held.mails[mail.cause]
            for to, mail in outcome.sent:
                self.held[to].mails.setdefault(mail.cause, mail)
            return Written.DONE

    def delete(self, player_id: str) -> None:
        with self._lock:
            self.held.pop(player_id, None)

    def _take(self, outcome: Outcome, stock: Mapping[int, int]) -> bool:
        if outcome.stock is None:
            return True
        sold, of = self.commons.taken[outcome.stock.offer], outcome.stock.of
        if any(sold.get(shard, 0) + count > room(of, shard) for shard, count in stock.items()):
            return False
        for shard, count in stock.items():
            sold[shard] = sold.get(shard, 0) + count
        return True


class MemoryPaidTaps:
    """Paid taps and energy of who is loaded."""

    def __init__(self, play: MemoryPlay, clock: Clock) -> None:
        self.play, self.clock = play, clock

    def paid_taps(self, player_id: str) -> PaidTaps | None:
        player = self.play.live.get(player_id)
        if player is None:
            return None
        left = energy_at(self.clock(), player.energy_tat_ms, full=ENERGY_FULL, every_ms=ENERGY_EVERY_MS)
        return PaidTaps(player.paid_taps, left, player.reached_at_ms)
