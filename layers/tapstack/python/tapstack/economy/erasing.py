"""An erased player's part of the economy: what they had goes to the house, and what they have is deleted.

The ledger stays, under the opaque id alone: without it, the sums of all others would not be zero any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.commands import Close
from tapstack.economy.deciding import Chance, decide
from tapstack.economy.model import Written
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.ports import EraseWalletPorts

CAUSE = "erased"
TRIES = 5


def erase(ports: EraseWalletPorts, player_id: str) -> None:
    """Closes a player's wallet and deletes their holdings; repeating it changes nothing.

    Raises StoreUnavailable where others keep changing the wallet.
    """
    for _ in range(TRIES):
        read = ports.wallets.read(player_id)
        if read is None:
            if ports.wallets.entry(player_id, CAUSE):  # half deleted, by a run that was cut short
                break
            continue  # seen while it changed
        if not read.holdings.wallet.seq:
            break
        outcome = decide(read.holdings, ports.catalogues.current(), Close(), CAUSE, ports.clock(), Chance(b""))
        if ports.wallets.write(read, outcome, {}) in (Written.DONE, Written.USED):
            break
    else:
        raise StoreUnavailable("the wallet keeps changing", retry_after_s=5)
    ports.wallets.delete(player_id)
