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
    return ports.paid_taps.paid_taps(player_id) or saved(ports, player_id)


def saved(ports: TapsPorts, player_id: str) -> PaidTaps:
    """The same of a player who does not play: as last saved."""
    refuse_banned(ports.players.get(player_id))
    counter, rules = ports.counters.get(player_id), ports.catalogues.current().energy
    if counter is None:
        return PaidTaps(0, energy_at(ports.clock(), 0, full=rules.full, every_ms=rules.every_ms))
    energy = energy_at(ports.clock(), counter.energy_tat_ms, full=rules.full, every_ms=rules.every_ms)
    return PaidTaps(counter.paid_taps, energy, counter.last_tap_at_ms)
