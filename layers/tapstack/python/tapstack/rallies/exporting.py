"""What rallies keep of a player, for them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from tapstack.economy.rules.causes import rally as cause_of

if TYPE_CHECKING:
    from tapstack.rallies.ports import ExportRallyPorts

MOST = 10
"""Rallies that an export looks up."""


def exported(ports: ExportRallyPorts, player_id: str, causes: Iterable[str]) -> list[dict[str, Any]]:
    """The rally that a player has begun last, and the latest that have paid them, as far as they are kept.

    `causes` are those of the player's ledger, newest first. Nothing leads from a player to other rallies that they have
    joined. Times are in s since 1970; `taps` is None until the rally is over.
    """
    begun, _ = ports.rallies.latest_of(player_id)
    claimed = (cause.removeprefix(cause_of("")) for cause in causes if cause.startswith(cause_of("")))
    ids = dict.fromkeys(filter(None, (begun, *claimed)))
    found = (ports.rallies.get(rally_id) for rally_id in islice(ids, MOST))
    return [
        {
            "id": rally.id,
            "begun": rally.host == player_id,
            "starts_at_s": rally.starts_at_ms // 1_000,
            "ends_at_s": rally.ends_at_ms // 1_000,
            "over": rally.over,
            "paid_taps_at_joining": rally.bases.get(player_id),
            "taps": rally.taps.get(player_id),
        }
        for rally in found
        if rally
    ]
