"""Carries out what somebody asks of the economy: once for each cause, whatever is retried, lost or cut short.

Read, decide, write in one transaction; whoever loses a race reads and decides again. A cause that there is an entry for
is answered from that entry, so a retry gets the first answer, also where nobody knows whether the first was written.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from tapstack.economy import inviting, projecting, taps, targeting, titles
from tapstack.economy.commands import AnyCommand, Open
from tapstack.economy.deciding import decide
from tapstack.economy.model import Entry, Outcome, SharedChange, SharedStock, Snapshot, Written
from tapstack.economy.rules import ops, stock
from tapstack.economy.rules.journal import hash_of
from tapstack.inbox.model import Kind
from tapstack.inbox.notifying import notify
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Conflict, GameError, StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.ports import CommandPorts, HoldingPorts

TRIES = 4
BACKOFF_S = 0.03

Pause = Callable[[float], None]

Also = Callable[[], Sequence[SharedChange]]
"""How what players share changes with a command: read and decided anew for each try. It may raise a refusal."""


def _nothing_shared() -> Sequence[SharedChange]:
    return ()


def perform(
    ports: CommandPorts,
    player_id: str,
    op: str,
    command: AnyCommand,
    also: Also = _nothing_shared,
    *,
    pause: Pause = time.sleep,
) -> Entry:
    """Does what a player asks for by an op (a UUIDv7); returns its entry, the same for every retry.

    Raises Conflict (`op_expired`, `op_reused`), what `decide` raises, NotFound (`player_unknown`), Forbidden (`banned`)
    and StoreUnavailable.
    """
    ops.refuse_expired(op, ports.clock())
    return carry_out(ports, player_id, ops.cause_of(op), command, also, pause=pause)


def carry_out(
    ports: CommandPorts,
    player_id: str,
    cause: str,
    command: AnyCommand,
    also: Also = _nothing_shared,
    *,
    pause: Pause = time.sleep,
) -> Entry:
    """Does something for a cause, unless it is done; raises as `perform` does.

    `also` says anew for each try how what players share is to change in the same transaction; it may refuse. Where
    there was nothing to settle or to collect, nothing is written.
    """
    paid = taps.of(ports, player_id)
    if isinstance(command, Open):
        ports.catalogues.keep()
    in_doubt: StoreUnavailable | None = None
    sold: Mapping[int, int] | None = None
    for wait_s in _waits():
        written = _known(ports, player_id, cause, command) if in_doubt else None
        if written:
            return written
        catalogue = ports.catalogues.current()
        read = inviting.known(ports, whole(ports, player_id, paid.paid_taps, paid.last_tap_ms), catalogue)
        try:
            read = targeting.known(ports, read, catalogue, command)
            outcome = decide(read.holdings, catalogue, command, cause, ports.clock(), ports.chance)
            shards = _shards(ports, player_id, outcome.stock, sold)
            shared = also()
        except GameError:
            # The reason may be that it is done: what is spent can't be spent again.
            written = _known(ports, player_id, cause, command)
            if written:
                return written
            raise
        if outcome.idle:
            projecting.repair(ports, player_id, read.holdings.wallet)
            # It may be the retry of what was not.
            nothing = msgspec.structs.replace(outcome.entry, seq=read.holdings.wallet.seq)
            return _known(ports, player_id, cause, command) or nothing
        try:
            done = ports.wallets.write(read, outcome, shards, shared)
        except StoreUnavailable as error:
            done, in_doubt = Written.STALE, error
        if done is Written.DONE:
            titles.show(ports, read, outcome)
            projecting.show(ports, player_id, read.holdings.wallet, outcome.wallet)
            _announce(ports, outcome)
            return outcome.entry
        if done is Written.USED:
            break
        sold = _sold(ports, outcome.stock) if done is Written.SHORT and outcome.stock else None
        pause(wait_s)
    written = _known(ports, player_id, cause, command)
    if written:
        return written
    raise in_doubt or StoreUnavailable("too much is happening at once", retry_after_s=1)


def _announce(ports: CommandPorts, outcome: Outcome) -> None:
    """Tells those whom an outcome has sent something that it waits for them: one notice a day."""
    today = Period.DAY.label(Period.DAY.number_at(outcome.entry.at_ms))
    for player_id, mail in outcome.sent:
        if mail.loss:  # nothing waits for who was raided
            continue
        notify(ports, player_id, Kind.MAIL, today)


def whole(ports: HoldingPorts, player_id: str, paid_taps: int = 0, last_tap_ms: int = 0) -> Snapshot:
    """All that a player has, as it was at one time.

    Raises StoreUnavailable (`wallet_unreadable`) where it doesn't add up, which only a restored table does.
    """
    for _ in range(TRIES):
        read = ports.wallets.read(player_id)
        if read is not None:
            held = msgspec.structs.replace(read.holdings, paid_taps=paid_taps, last_tap_ms=last_tap_ms)
            return replace(read, holdings=held)
    raise StoreUnavailable("what this player has can't be read", code="wallet_unreadable", retry_after_s=60)


def _known(ports: CommandPorts, player_id: str, cause: str, command: AnyCommand) -> Entry | None:
    """The entry for a cause, None where there is none; raises Conflict (`op_reused`) for one of another command."""
    entry = ports.wallets.entry(player_id, cause)
    if entry and entry.params != hash_of(command):
        raise Conflict("this op was used for something else", code="op_reused")
    return entry


def _shards(
    ports: CommandPorts, player_id: str, wanted: SharedStock | None, sold: Mapping[int, int] | None
) -> Mapping[int, int]:
    """Where the pieces of a limited offer come from; raises Conflict (`sold_out`) where there are not so many."""
    if wanted is None:
        return {}
    first = stock.first_choice(player_id, wanted.of, wanted.count) if sold is None else None
    if first:
        return first
    sold = _sold(ports, wanted) if sold is None else sold
    chosen = stock.choice(player_id, wanted.of, wanted.count, sold)
    if chosen is None:
        left = stock.left(wanted.of, sold)
        raise Conflict(f"{left} of these are left", code="sold_out", left=left)
    return chosen


def _sold(ports: CommandPorts, wanted: SharedStock) -> Mapping[int, int]:
    return ports.commons.sold({wanted.offer: stock.shards(wanted.of)})[wanted.offer]


def _waits() -> Iterator[float]:
    """How long to wait after each try, in seconds: longer each time, and not as long as who else tries."""
    for attempt in range(TRIES):
        yield BACKOFF_S * 2**attempt * random.random()  # noqa: S311
