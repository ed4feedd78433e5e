"""What duels need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tapstack.duels.model import Duel, State
from tapstack.economy.model import SharedChange
from tapstack.economy.ports import CommandPorts, CreditPorts, SavedTaps, Wallets
from tapstack.live.ports import LivePorts
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter
from tapstack.players.model import Player
from tapstack.players.ports import TitledPlayers

# -- stores --


class Duels(Protocol):
    """Raises StoreUnavailable."""

    def get(self, duel_id: str) -> Duel | None: ...
    def offer(self, duel: Duel) -> bool: ...
    def move(self, duel: Duel, before: State) -> bool: ...
    def changed(self, duel: Duel, before: State | None) -> SharedChange: ...
    def due(self, now_ms: int, limit: int) -> list[str]: ...


class LiveTaps(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class Faces(TitledPlayers, Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class StakedWallets(Wallets, Protocol):
    def causes(self, player_id: str, prefix: str) -> list[str]: ...


# -- bundles --


class EndDuelPorts(LivePorts, Protocol):
    """To end a duel."""

    settings: Settings

    @property
    def duels(self) -> Duels: ...
    @property
    def saving(self) -> LiveTaps: ...
    @property
    def counters(self) -> SavedTaps: ...


class PayDuelPorts(CreditPorts, EndDuelPorts, Protocol):
    """To end those that are due, and to pay what they have brought."""


class ForgetDuelPorts(PayDuelPorts, Protocol):
    """To end those of a player who is erased."""

    @property
    def wallets(self) -> StakedWallets: ...


class DuelPorts(CommandPorts, PayDuelPorts, Protocol):
    """To duel."""

    @property
    def players(self) -> Faces: ...
