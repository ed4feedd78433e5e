"""What rallies need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tapstack.economy.ports import CommandPorts, SavedTaps, SharedThings, TapsPorts
from tapstack.live.ports import LivePorts
from tapstack.play.model import Counter
from tapstack.players.model import Player
from tapstack.players.ports import TitledPlayers
from tapstack.rallies.model import Rally

# -- stores --


class Rallies(Protocol):
    """Raises StoreUnavailable."""

    def get(self, rally_id: str) -> Rally | None: ...
    def latest_of(self, host: str) -> tuple[str, int]: ...
    def begin(self, rally: Rally, base: int, before: str) -> bool: ...
    def join(self, rally_id: str, player_id: str, base: int) -> bool: ...
    def end(self, rally: Rally, taps: dict[str, int]) -> bool: ...
    def due(self, now_ms: int, limit: int) -> list[str]: ...


class LiveTaps(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class Faces(TitledPlayers, Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


# -- bundles --


class EndPorts(LivePorts, Protocol):
    """To end a rally."""

    @property
    def rallies(self) -> Rallies: ...
    @property
    def saving(self) -> LiveTaps: ...
    @property
    def counters(self) -> SavedTaps: ...


class EndDuePorts(EndPorts, TapsPorts, Protocol):
    """To end those that are due."""


class RallyPorts(CommandPorts, EndPorts, Protocol):
    """To rally."""

    @property
    def players(self) -> Faces: ...
    @property
    def commons(self) -> SharedThings: ...
