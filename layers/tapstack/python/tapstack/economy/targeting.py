"""Whom a raid is about: read anew for each try, so that the decision goes by what the transaction then requires."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from tapstack.economy.commands import Raid
from tapstack.economy.model import Target
from tapstack.economy.rules import raids
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapstack.economy.catalogue.model import Catalogue
    from tapstack.economy.commands import AnyCommand
    from tapstack.economy.model import RaidBook, Snapshot
    from tapstack.economy.ports import SharedItemPorts, TargetPorts

TRIES = 3


def known(ports: TargetPorts, read: Snapshot, catalogue: Catalogue, command: AnyCommand) -> Snapshot:
    """What a player has, with the target where the command is a raid."""
    if not isinstance(command, Raid):
        return read
    own_id = read.holdings.player_id
    books = books_of(ports, [command.target, own_id])
    found = look(ports, catalogue, command.target, books[command.target], books[own_id])
    if found is None:
        raise StoreUnavailable("what the target has can't be read", code="wallet_unreadable", retry_after_s=1)
    return replace(read, holdings=msgspec.structs.replace(read.holdings, target=found))


def books_of(ports: SharedItemPorts, player_ids: Sequence[str]) -> dict[str, RaidBook]:
    """The latest raids on players, in one read."""
    found = ports.commons.shared([raids.key_of(one) for one in player_ids])
    return {one: raids.book_of(one, found.get(raids.key_of(one))) for one in player_ids}


def look(ports: TargetPorts, catalogue: Catalogue, target_id: str, book: RaidBook, own: RaidBook) -> Target | None:
    """What a player's raid on somebody would go by; None where that can't be read now."""
    now_ms = ports.clock()
    for _ in range(TRIES):
        read = ports.wallets.read(target_id)
        if read is not None:
            break
    else:
        return None
    held = read.holdings
    return Target(
        player_id=target_id,
        paid_taps=held.wallet.settled,
        ready=raids.ready(held, now_ms, catalogue.money),
        defence=raids.defence(held, catalogue),
        book=book,
        is_revenge=target_id in avengeable(own, now_ms),
    )


def avengeable(own: RaidBook, now_ms: int) -> Sequence[str]:
    """Who has raided a player in the last 24 hours, the latest first."""
    return [line.by for line in reversed(raids.recent(own, now_ms))]
