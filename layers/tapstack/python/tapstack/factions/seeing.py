"""What is shown of a faction's members: copies that are kept for a minute, as fifty of them cost as much as sign-ins.

Whoever is renamed or hidden, or plays no more, is shown so a minute later; to themselves at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tapstack.play.model import Counter

if TYPE_CHECKING:
    from tapstack.factions.ports import SeePorts
    from tapstack.players.model import Shown


def faces(ports: SeePorts, player_ids: Sequence[str], viewer: str) -> dict[str, Shown]:
    """What a player sees of others, and of themselves; those who are hidden or gone are left out."""
    kept = ports.live_factions.faces(player_ids)
    missing = [one for one in player_ids if one == viewer or one not in kept]
    players = ports.players.get_many(missing) if missing else {}
    found = {one: players[one].shown if one in players and not players[one].hidden else None for one in missing}
    if not found.keys() <= kept.keys():
        ports.live_factions.keep_faces(found)
    own = {viewer: players[viewer].shown} if viewer in players else {}
    return {one: face for one, face in {**kept, **found, **own}.items() if face is not None}


def seen_counters(ports: SeePorts, player_ids: Sequence[str]) -> dict[str, Counter]:
    """The counters of players: of those who play as they are now, of the others as they were saved a minute ago."""
    live = {counter.player_id: counter for counter in ports.saving.read(player_ids)} if player_ids else {}
    idle = [one for one in player_ids if one not in live]
    kept = ports.live_factions.saved(idle) if idle else {}
    missing = [one for one in idle if one not in kept]
    if missing:
        saved = ports.counters.get_many(missing)
        found = {one: saved.get(one, Counter(one)) for one in missing}
        ports.live_factions.keep_saved(found.values())
        kept = {**kept, **found}
    return {**live, **kept}
