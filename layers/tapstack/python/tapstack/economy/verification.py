"""Holds what players have against their journals, and restores it from them. For operators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tapstack.economy.model import Entry, Snapshot
from tapstack.economy.rules import journal
from tapstack.economy.rules.rebuilding import differences, rebuilt
from tapstack.platform.errors import Conflict

if TYPE_CHECKING:
    from tapstack.economy.ports import FlowsPorts, RebuildPorts, VerifyPorts, VerifyWalletPorts

TRIES = 4

Seen = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not add up for a player."""

    player_id: str
    what: str


@dataclass
class Flows:
    """What house accounts have given (below zero) and got, what players have, and their sums by currency."""

    accounts: Counter[str] = field(default_factory=Counter)
    players: int = 0
    balances: Counter[str] = field(default_factory=Counter)

    @property
    def sums(self) -> dict[str, int]:
        """Accounts and balances together: 0 for each currency, or something is wrong."""
        sums = Counter(self.balances)
        for account, amount in self.accounts.items():
            sums[account.partition("/")[2] or "coin"] += amount
        return dict(sums)


def faults(ports: VerifyPorts, seen: Seen = lambda _: None) -> Iterator[Fault]:
    """All that is wrong with any player's journal or holdings; reads everything."""
    known = set()
    for player_id in ports.economy_audit.owners():
        known.add(player_id)
        yield from faults_of(ports, player_id)
        seen(1)
    for player_id in ports.economy_audit.journalled():
        if player_id not in known:
            yield from faults_of(ports, player_id)
            seen(1)


def faults_of(ports: VerifyWalletPorts, player_id: str) -> list[Fault]:
    """What is wrong with one player: gaps, altered entries, sums that are not zero, holdings that differ."""
    read, entries = _read(ports, player_id)
    wrong = journal.breaks(entries)
    if read is None:
        wrong.append("what this player has can't be read")
    elif not _erased(read, entries):
        wrong += differences(rebuilt(player_id, entries), read.holdings)
    return [Fault(player_id, what) for what in wrong]


def rebuild(ports: RebuildPorts, player_id: str) -> list[str]:
    """Gives a player what the journal says; returns what was different, nothing where all was well.

    Raises Conflict (`journal_broken`) where the journal itself can't be trusted.
    """
    read, entries = _read(ports, player_id)
    if broken := journal.breaks(entries):
        raise Conflict(f"the journal itself is broken: {broken[0]}", code="journal_broken")
    found = rebuilt(player_id, entries)
    wrong = ["what this player has can't be read"] if read is None else differences(found, read.holdings)
    if wrong and not (read and _erased(read, entries)):
        ports.economy_audit.restore(found)
        return wrong
    return []


def flows(ports: FlowsPorts, seen: Seen = lambda _: None) -> Flows:
    """Where all money comes from and goes to."""
    found = Flows()
    for wallet in ports.economy_audit.wallets():
        found.players += 1
        found.accounts.update(wallet.flows)
        found.balances.update(coin=wallet.coin, gem=wallet.gem)
        seen(1)
    return found


def _read(ports: VerifyWalletPorts, player_id: str) -> tuple[Snapshot | None, list[Entry]]:
    """What a player has and their journal, of the same moment if the player leaves one."""
    for _ in range(TRIES):
        read = ports.wallets.read(player_id)
        entries = sorted(ports.wallets.entries(player_id), key=lambda entry: entry.seq)
        if read and read.holdings.wallet.seq == (entries[-1].seq if entries else 0):
            break
    return read, entries


def _erased(read: Snapshot, entries: list[Entry]) -> bool:
    """Whether the player was erased: nothing is left but the journal, and that ends with the end."""
    held = read.holdings
    nothing = not (held.wallet.seq or held.stacks or held.instances)
    return nothing and bool(entries) and entries[-1].kind == "close"
