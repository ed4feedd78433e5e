"""What live events need, and what those who publish them see."""

from __future__ import annotations

from typing import Protocol

from tapstack.live.events import Event


class LiveEvents(Protocol):
    """Tells players who are connected, as soon as it can: never raises, and waits for no client.

    Events of a room are kept (the last 50) for who catches up; those to one player are not, so the game must work
    without them. Rooms are named `faction:<id>`, `heist:<id>`, `rally:<id>`, `duel:<id>`.
    """

    def to_room(self, room: str, event: Event) -> None: ...
    def to_player(self, player_id: str, event: Event) -> None: ...


class LivePorts(Protocol):
    @property
    def live(self) -> LiveEvents: ...
