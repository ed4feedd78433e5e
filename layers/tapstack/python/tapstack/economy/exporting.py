"""What a player's export says of the economy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tapstack.economy import receipts
from tapstack.economy.reading import NEWEST

if TYPE_CHECKING:
    from tapstack.economy.ports import ExportWalletPorts

MOST_ENTRIES = 1_000
"""Entries of the ledger in an export, the latest ones."""


def exported(ports: ExportWalletPorts, player_id: str) -> dict[str, Any] | None:
    """A player's wallet, goods and ledger; None for a player who has never had any."""
    read = ports.wallets.read(player_id)
    if read is None or not read.holdings.wallet.seq:
        return None
    held, entries = read.holdings, ports.wallets.page(player_id, NEWEST, MOST_ENTRIES)
    wallet = held.wallet
    return {
        "balances": {"coin": wallet.coin, "gem": wallet.gem},
        "xp": wallet.xp,
        "client_seed": wallet.client_seed,
        "stacks": dict(held.stacks),
        "goals": msgspec.to_builtins(held.goals),
        "pieces": [msgspec.to_builtins(one) for one in held.instances.values()],
        "ledger": [msgspec.to_builtins(receipts.line(entry)) for entry in entries],
        "ledger_complete": len(entries) < MOST_ENTRIES,
    }
