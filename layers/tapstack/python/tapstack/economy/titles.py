"""Titles beside names, and how names and pictures are painted, on the players' public profiles."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.economy.draft import looks_of, shown_of, title_of
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.model import Outcome, Snapshot
    from tapstack.economy.ports import CommandPorts

log = logging.getLogger(__name__)


def show(ports: CommandPorts, read: Snapshot, written: Outcome) -> None:
    """Shows the title and the looks that a player wears once they have changed, and again with the next entry.

    The profile is no part of the transaction: of a command that was cut short after it, the next one does this.
    """
    wallet = written.wallet
    if shown_of(wallet) == wallet.shown == read.holdings.wallet.shown:
        return
    try:
        ports.players.show_title(read.holdings.player_id, title_of(wallet), wallet.seq, looks_of(wallet))
    except StoreUnavailable as error:
        log.warning("a title is shown later: %s", error.message)
