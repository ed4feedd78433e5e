"""What duels need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tapstack.duels.model import Duel, State
from tapstack.economy.ports import SavedTaps
from tapstack.live.ports import LivePorts
from tapstack.platform.clock import Clock
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter
from tapstack.players.model import Player
from tapstack.players.ports import Accounts

# -- stores --


class Duels(Protocol):
    """Raises StoreUnavailable."""

    def get(self, duel_id: str) -> Duel | None: ...
    def offer(self, duel: Duel) -> bool: ...
    def move(self, duel: Duel, before: State) -> bool: ...


class LiveTaps(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class Faces(Accounts, Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


# -- bundles --


class DuelPorts(LivePorts, Protocol):
    """To duel."""

    clock: Clock
    settings: Settings

    @property
    def players(self) -> Faces: ...
    @property
    def duels(self) -> Duels: ...
    @property
    def saving(self) -> LiveTaps: ...
    @property
    def counters(self) -> SavedTaps: ...
