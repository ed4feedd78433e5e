"""Live events where nobody listens."""

from __future__ import annotations

from tapstack.live.events import Event


class Nobody:
    def to_room(self, room: str, event: Event) -> None:
        """Nobody is in any room."""

    def to_player(self, player_id: str, event: Event) -> None:
        """Nobody is connected."""
