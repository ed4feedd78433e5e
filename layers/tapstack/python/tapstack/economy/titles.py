"""Titles beside names, on the players' public profiles."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.economy.draft import title_of
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.model import Outcome, Snapshot
    from tapstack.economy.ports import CommandPorts

log = logging.getLogger(__name__)


def show(ports: CommandPorts, read: Snapshot, written: Outcome) -> None:
    """Shows the title that a player wears once it has changed, and again with the next entry.

    The profile is no part of the transaction: of a command that was cut short after it, the next one does this.
    """
    title = title_of(written.wallet)
    if title == written.wallet.shown == read.holdings.wallet.shown:
        return
    try:
        ports.players.show_title(read.holdings.player_id, title, written.wallet.seq)
    except StoreUnavailable as error:
        log.warning("a title is shown later: %s", error.message)
