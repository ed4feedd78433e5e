"""Ends connections: one that its client has left, and all of a player who may hear no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapstack.live.ports import ConnectedPorts, PublishPorts


def disconnect(ports: ConnectedPorts, player_id: str, connection: str) -> None:
    """Forgets a connection, which is in no room any more; raises StoreUnavailable."""
    for room in ports.connections.rooms_of(connection):
        ports.rooms.leave(room, player_id, connection)
    ports.connections.disconnect(player_id, connection)


def cut_off(ports: PublishPorts, player_id: str) -> None:
    """Cuts all connections of a player, who is in no room any more; raises StoreUnavailable.

    Each is forgotten first: what its client still sends is refused.
    """
    for connection in ports.connections.of_player(player_id):
        disconnect(ports, player_id, connection)
        ports.sockets.close(connection)
