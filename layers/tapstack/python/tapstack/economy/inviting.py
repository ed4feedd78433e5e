"""Who is to be paid for having invited a player: looked up once, when the player has tapped up to the level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from tapstack.economy import claiming
from tapstack.platform.errors import NotFound

if TYPE_CHECKING:
    from tapstack.economy.catalogue.model import Catalogue
    from tapstack.economy.model import Snapshot
    from tapstack.economy.ports import CommandPorts


def known(ports: CommandPorts, read: Snapshot, catalogue: Catalogue) -> Snapshot:
    """What a player has, with their inviter where that is due; "" for nobody, or somebody who was erased."""
    if not claiming.owes_referral(read.holdings, catalogue):
        return read
    try:
        inviter = ports.players.get(read.holdings.player_id).referrer_id or ""
        if inviter:
            ports.players.get(inviter)
    except NotFound:
        inviter = ""
    return replace(read, holdings=msgspec.structs.replace(read.holdings, inviter=inviter))
