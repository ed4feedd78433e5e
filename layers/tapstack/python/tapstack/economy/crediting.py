"""Gives a player what is theirs whether they ask for it or not: also one who is banned, or has not come for long.

Their taps are not settled by it, so nothing of them has to be read; their next command does that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy import projecting
from tapstack.economy.deciding import Chance, decide
from tapstack.economy.model import Written
from tapstack.economy.performing import whole
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.commands import AnyCommand
    from tapstack.economy.ports import CreditPorts

TRIES = 5


def credit(ports: CreditPorts, player_id: str, cause: str, command: AnyCommand) -> bool:
    """Carries out a command that only gives, once for its cause; False for who has no wallet, so was erased.

    Raises StoreUnavailable where others keep changing the wallet.
    """
    for _ in range(TRIES):
        if ports.wallets.entry(player_id, cause):
            return True
        read = whole(ports, player_id)
        if not read.holdings.wallet.seq:
            return False
        outcome = decide(read.holdings, ports.catalogues.current(), command, cause, ports.clock(), Chance(b""))
        done = ports.wallets.write(read, outcome, {})
        if done is Written.DONE:
            projecting.show(ports, player_id, read.holdings.wallet, outcome.wallet)
        if done in (Written.DONE, Written.USED):
            return True
    raise StoreUnavailable("the wallet keeps changing", retry_after_s=5)
