"""Paying shares: each player's own, once for ever, when they ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.commands import Share
from tapstack.economy.performing import carry_out
from tapstack.heists import rules
from tapstack.heists.answering import refuse_barred
from tapstack.heists.answers import HeistClaimed
from tapstack.heists.closing import close
from tapstack.platform.errors import NotFound

if TYPE_CHECKING:
    from tapstack.heists.ports import ClaimPorts


def cause_of(heist_id: str) -> str:
    """The cause of a share's entry in the ledger."""
    return f"c#heist#{heist_id}"


def claim(ports: ClaimPorts, player_id: str, heist_id: str) -> HeistClaimed:
    """Pays a player their share of a heist that is over; again it changes nothing, and answers the same.

    A share can be claimed for rules.KEPT_MS. Of heists in groups a day pays so many (economy/sharing.py): they are
    counted with the payment, so a claim that is refused or fails costs none. Raises NotFound (`heist_unknown`,
    `no_share`), Conflict (`too_early`, `shares_used_up`), Forbidden (`banned`, `heist_barred`) and StoreUnavailable.
    """
    refuse_barred(ports.players.get(player_id))
    cause = cause_of(heist_id)
    paid = ports.wallets.entry(player_id, cause)
    if paid:
        return HeistClaimed(int(paid.result["coins"]), paid.seq)
    stored = close(ports, heist_id)
    assert stored.result is not None  # noqa: S101 - what `close` returns is closed
    coins = ports.heists.share(heist_id, stored.result, player_id)
    if coins is None:
        raise NotFound("you took no part in this heist", code="no_share")
    if not coins:
        return HeistClaimed(0, 0)
    entry = carry_out(ports, player_id, cause, Share(coin=coins, in_group=rules.is_in_group(stored.heist)))
    return HeistClaimed(coins, entry.seq)
