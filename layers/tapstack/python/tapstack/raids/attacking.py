"""Raiding somebody: who may is decided here, what it brings by the economy (economy/raiding.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.commands import Raid
from tapstack.economy.performing import perform
from tapstack.economy.raiding import protected
from tapstack.economy.rules.ops import cause_of
from tapstack.inbox.model import Kind
from tapstack.inbox.notifying import notify
from tapstack.live.events import Changed
from tapstack.platform.errors import Forbidden, NotFound
from tapstack.players.accounts import refuse_banned
from tapstack.raids.allies import allies_among
from tapstack.raids.rules import may_raid

if TYPE_CHECKING:
    from tapstack.economy.model import Entry
    from tapstack.raids.ports import RaidPorts


def raid(ports: RaidPorts, player_id: str, op: str, target_id: str) -> Entry:
    """Raids somebody, once for each op; a retry gets the first answer, and makes good a notice that was cut off.

    Raises Forbidden (`banned`, `raid_self`, `raid_friend`), NotFound (`player_unknown`, `target_unknown`), Conflict
    (`target_protected`), and what `perform` and `economy.raiding.raid` raise.
    """
    if ports.wallets.entry(player_id, cause_of(op)) is None:
        _refuse(ports, player_id, target_id)
    entry = perform(ports, player_id, op, Raid(target=target_id))
    taken = entry.result["taken"]
    notify(ports, target_id, Kind.RAID, f"{player_id}:{op.lower()}", about=player_id, count=taken)
    ports.live.to_player(target_id, Changed(what="economy"))
    return entry


def _refuse(ports: RaidPorts, player_id: str, target_id: str) -> None:
    """Who is under suspicion hears what anybody may hear, and not why."""
    player = ports.players.get(player_id)
    refuse_banned(player)
    if player_id == target_id:
        raise Forbidden("you can't raid yourself", code="raid_self")
    target = ports.players.get_many([target_id]).get(target_id)
    if target is None or target.hidden:
        raise NotFound("there is no such player", code="target_unknown")
    if allies_among(ports, player, [target]):
        raise Forbidden("friends and members of one's own faction can't be raided", code="raid_friend")
    if not may_raid(player):
        raise protected()
