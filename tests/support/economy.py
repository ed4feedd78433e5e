"""The game's own catalogue, and a player of its economy who remembers everything that happened."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.commands import AnyCommand, Grant
from tapstack.economy.deciding import Chance, decide
from tapstack.economy.model import Entry, Holdings, Mail, Outcome, Wallet
from tapstack.economy.rules.stock import SHARDS

CATALOGUE = Path(__file__).parents[2] / "layers" / "catalogue"
CHANCE = Chance(b"tests")
START_MS = 1_790_000_000_000
MOST_ACTIONS = 100
"""Of one transaction: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""


Data = dict[str, Any]


@cache
def catalogue() -> Catalogue:
    """The one that the game ships."""
    return compiling.compiled(compiling.read(CATALOGUE))[0]


def changed(change: Callable[[Data], object]) -> Catalogue:
    """The shipped catalogue after a change of its data."""
    data = msgspec.json.decode(msgspec.json.encode(catalogue()))
    change(data)
    return msgspec.convert(data, Catalogue)


def item(data: Data, item_id: str) -> Data:
    found: Data = next(one for one in data["items"] if one["id"] == item_id)
    return found


def offer(data: Data, offer_id: str, shop: str = "always") -> Data:
    offers = data["shops"][shop] if shop == "always" else data["shops"][shop]["offers"]
    found: Data = next(one for one in offers if one["id"] == offer_id)
    return found


@dataclass
class EconomyPlayer:
    """Applies outcomes in memory, as a store does."""

    holdings: Holdings = field(default_factory=lambda: Holdings("p1", Wallet()))
    now_ms: int = START_MS
    entries: list[Entry] = field(default_factory=list)
    by: Catalogue = field(default_factory=catalogue)

    def tap(self, paid_taps: int) -> None:
        self.holdings = _replaced(self.holdings, paid_taps=self.holdings.paid_taps + paid_taps, last_tap_ms=self.now_ms)

    def have(self, **fields: object) -> None:
        """Holdings as they might have become."""
        self.holdings = _replaced(self.holdings, **fields)

    def aim(self, **goals: object) -> None:
        """The same of their goals."""
        self.have(goals=msgspec.structs.replace(self.holdings.goals, **goals))

    def get(self, *mails: Mail) -> None:
        self.holdings = _replaced(self.holdings, mails=(*self.holdings.mails, *mails))

    def do(self, command: AnyCommand, cause: str = "") -> Outcome:
        """Decides and applies; a refusal raises and changes nothing."""
        cause = cause or f"o#{len(self.entries)}"
        outcome = decide(self.holdings, self.by, command, cause, self.now_ms, CHANCE)
        assert actions_of(outcome) <= MOST_ACTIONS
        stacks = {**self.holdings.stacks, **outcome.stacks}
        pieces = {**self.holdings.instances, **outcome.instances}
        self.holdings = _replaced(
            self.holdings,
            wallet=outcome.wallet,
            stacks={key: count for key, count in stacks.items() if count},
            instances={key: one for key, one in pieces.items() if one is not None},
            mails=tuple(mail for mail in self.holdings.mails if mail not in outcome.collected),
            goals=self.holdings.goals if outcome.goals is None else outcome.goals,
            target=None,
        )
        self.entries.append(outcome.entry)
        return outcome

    def rich(self, coin: int = 10**7, gem: int = 1_000, xp: int = 10**7) -> EconomyPlayer:
        self.do(Grant(account="mint:tests", coin=coin, gem=gem, xp=xp))
        return self

    def owned(self, item: str) -> str:
        """The id of a piece of an item."""
        return next(one.id for one in self.holdings.instances.values() if one.item == item)


def op_at(now_ms: int) -> str:
    """A UUIDv7 of a time."""
    raw = now_ms.to_bytes(6) + secrets.token_bytes(10)
    return str(uuid.UUID(bytes=raw[:6] + bytes([0x70 | raw[6] & 0x0F, raw[7], 0x80 | raw[8] & 0x3F]) + raw[9:]))


def _replaced(holdings: Holdings, **fields: object) -> Holdings:
    return msgspec.structs.replace(holdings, **fields)


def actions_of(outcome: Outcome) -> int:
    """How many actions an outcome's transaction has at most."""
    shared = SHARDS if outcome.stock else 0
    parts = outcome.stacks, outcome.instances, outcome.collected, outcome.sent
    return 2 + shared + (outcome.goals is not None) + len(outcome.changes) + sum(map(len, parts))


def size_of(wallet: Wallet) -> int:
    """Bytes of a wallet as it is stored."""
    return len(msgspec.json.encode(wallet))
