"""What taps a player is paid for, wherever it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import energy_at
from tapstack.players.accounts import refuse_banned

if TYPE_CHECKING:
    from tapstack.economy.ports import TapsPorts


def of(ports: TapsPorts, player_id: str) -> PaidTaps:
    """A player's paid taps and energy: in one read of Redis for who plays, as last saved for the others.

    Raises NotFound (`player_unknown`) and Forbidden (`banned`): neither is loaded for long.
    """
    live = ports.paid_taps.paid_taps(player_id)
    if live is not None:
        return live
    refuse_banned(ports.players.get(player_id))
    saved, rules = ports.counters.get(player_id), ports.catalogues.current().energy
    paid_taps, tat_ms = (saved.paid_taps, saved.energy_tat_ms) if saved else (0, 0)
    return PaidTaps(paid_taps, energy_at(ports.clock(), tat_ms, full=rules.full, every_ms=rules.every_ms))
