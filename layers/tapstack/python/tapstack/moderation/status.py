"""The moderation status of players: bans and shadow bans, and what they do to the boards and to sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tapstack.economy import projecting
from tapstack.moderation.counters import counter_of
from tapstack.play.model import Refusal
from tapstack.play.taps import tickets
from tapstack.players.model import ModerationStatus, Player

if TYPE_CHECKING:
    from tapstack.moderation.ports import EndSessionsPorts, HidePorts, ShowPorts, StatusPorts


def set_status(ports: StatusPorts, player_id: str, status: ModerationStatus, reasons: Sequence[str] = ()) -> Player:
    """Gives a player a moderation status, on the boards too; raises NotFound (`player_unknown`).

    A ban ends their sessions, and no new one opens. Repeating it changes nothing.
    """
    ports.players.set_status(player_id, status, reasons, ports.clock())
    player = ports.players.get(player_id)
    if player.hidden:
        _hide(ports, player_id)
    else:
        _show(ports, player_id)
    if status is ModerationStatus.BANNED:
        end_sessions(ports, player_id)
    return player


def hide_all(ports: HidePorts) -> int:
    """Takes every hidden player off the boards, after Redis has forgotten who is hidden; how many."""
    hidden = 0
    for status in (ModerationStatus.SHADOW, ModerationStatus.BANNED):
        for player in ports.player_index.all_with_status(status):
            _hide(ports, player.id)
            hidden += 1
    return hidden


def end_sessions(ports: EndSessionsPorts, player_id: str) -> int:
    """Ends a player's open sessions; how many there were."""
    open_sessions = [key for key, s in counter_of(ports, player_id).sessions.items() if s.open]
    return sum(ports.play.end_session(player_id, key) for key in open_sessions)


def _hide(ports: HidePorts | StatusPorts, player_id: str) -> None:
    ports.live_moderation.hide(player_id)
    ports.period_boards.forget(player_id, ports.clock())


def _show(ports: ShowPorts, player_id: str) -> None:
    for ticket in tickets(ports, player_id):
        counter = counter_of(ports, player_id)
        shown = ports.live_moderation.show(player_id, counter.clicks, counter.last_tap_at_ms, ticket)
        if shown is not Refusal.STALE:
            ports.period_boards.rank([counter], ports.clock())
            break
    if read := ports.wallets.read(player_id):
        projecting.repair(ports, player_id, read.holdings.wallet)
