"""What players have tapped, wherever it is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapstack.factions.ports import CounterPorts, VisiblePorts
    from tapstack.play.model import Counter


def counters(ports: CounterPorts, player_ids: Sequence[str]) -> dict[str, Counter]:
    """The counters of players: of those who play as they are now, of the others as they were saved."""
    found = {counter.player_id: counter for counter in ports.saving.read(player_ids)} if player_ids else {}
    missing = [player_id for player_id in player_ids if player_id not in found]
    return {**found, **ports.counters.get_many(missing)} if missing else found


def visible(ports: VisiblePorts, player_ids: Sequence[str]) -> dict[str, Counter]:
    """The counters of those players whom others may see: what the others tap counts for nobody.

    Only true while no bucket is cold: Redis may have forgotten who is hidden.
    """
    hidden = ports.saving.hidden(player_ids) if player_ids else frozenset()
    return counters(ports, [one for one in player_ids if one not in hidden])
