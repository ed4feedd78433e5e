"""What duels keep of a player, for them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from tapstack.duels import staking

if TYPE_CHECKING:
    from tapstack.duels.ports import ExportDuelPorts

MOST = 20
"""Duels that an export looks up: as many as a player can stake on in four days."""


def exported(ports: ExportDuelPorts, player_id: str, causes: Iterable[str]) -> list[dict[str, Any]]:
    """The latest duels that a player has staked coins on, as far as they are kept; times in s since 1970.

    `causes` are those of the player's ledger, newest first. Nothing leads from a player to their duels for honour, and
    the other side is not named: that is somebody else's data.
    """
    named = (c.removeprefix(staking.PREFIX).removesuffix(staking.PAID) for c in causes if c.startswith(staking.PREFIX))
    found = (ports.duels.get(duel_id) for duel_id in islice(dict.fromkeys(named), MOST))
    return [
        {
            "id": duel.id,
            "offered": duel.host == player_id,
            "offered_at_s": duel.offered_at_ms // 1_000,
            "state": str(duel.state),
            "stake": duel.stake,
            "taps": duel.taps if duel.host == player_id else duel.rival_taps,
            "won": duel.winner == player_id,
        }
        for duel in found
        if duel
    ]
