"""A player's counter, wherever it is newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.play.model import Counter

if TYPE_CHECKING:
    from tapstack.moderation.ports import CounterPorts


def counter_of(ports: CounterPorts, player_id: str) -> Counter:
    """The live counter, else the saved one, else one without clicks."""
    live = ports.saving.read([player_id])
    return live[0] if live else ports.counters.get(player_id) or Counter(player_id)
