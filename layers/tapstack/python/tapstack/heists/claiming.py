"""Paying shares: each player's own, once for ever, when they ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.commands import Grant
from tapstack.economy.performing import carry_out
from tapstack.heists import rules
from tapstack.heists.answering import refuse_barred
from tapstack.heists.answers import HeistClaimed
from tapstack.heists.closing import close
from tapstack.platform.errors import NotFound
from tapstack.platform.limits import COOLDOWNS

if TYPE_CHECKING:
    from tapstack.heists.ports import ClaimPorts

ACCOUNT = "mint:heists"


def cause_of(heist_id: str) -> str:
    """The cause of a share's entry in the ledger."""
    return f"c#heist#{heist_id}"


def claim(ports: ClaimPorts, player_id: str, heist_id: str) -> HeistClaimed:
    """Pays a player their share of a heist that is over; again it changes nothing, and answers the same.

    A share can be claimed for rules.KEPT_MS. Those of heists in groups are paid no faster than
    COOLDOWNS["group heists"] says, or whoever has many groups would print money. Raises NotFound (`heist_unknown`,
    `no_share`), Conflict (`too_early`), Forbidden (`banned`, `heist_barred`), TooManyRequests and StoreUnavailable.
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
    if rules.is_in_group(stored.heist):
        ports.limiter.spend("group heists", player_id, COOLDOWNS["group heists"])
    entry = carry_out(ports, player_id, cause, Grant(account=ACCOUNT, coin=coins))
    return HeistClaimed(coins, entry.seq)
