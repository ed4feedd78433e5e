"""What a player's export says of the economy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tapstack.economy import receipts
from tapstack.economy.performing import whole
from tapstack.economy.reading import NEWEST
from tapstack.platform.calendar import Period

if TYPE_CHECKING:
    from tapstack.economy.ports import ExportWalletPorts

MOST_ENTRIES = 1_000
"""Entries of the ledger in an export at most, the latest ones: a query returns 1 MB, which may be fewer."""


def exported(ports: ExportWalletPorts, player_id: str) -> dict[str, Any] | None:
    """A player's wallet, goods and ledger; None for a player who has never had any.

    Raises StoreUnavailable (`wallet_unreadable`), as `whole` does.
    """
    held = whole(ports, player_id).holdings
    wallet = held.wallet
    if not wallet.seq:
        return None
    entries = ports.wallets.page(player_id, NEWEST, MOST_ENTRIES)
    return {
        "balances": {"coin": wallet.coin, "gem": wallet.gem},
        "xp": wallet.xp,
        "season": {"began": Period.DAY.label(wallet.season.day), "xp": wallet.season.xp} if wallet.season.xp else None,
        "client_seed": wallet.client_seed,
        "stacks": dict(held.stacks),
        "goals": msgspec.to_builtins(held.goals),
        "pieces": [msgspec.to_builtins(one) for one in held.instances.values()],
        "ledger": [msgspec.to_builtins(receipts.line(entry)) for entry in entries],
        "ledger_complete": not entries or entries[-1].seq == 1,
    }
