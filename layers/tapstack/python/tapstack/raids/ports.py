"""What raids need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tapstack.economy.ports import CommandPorts, SharedThings
from tapstack.factions.model import StoredMembership
from tapstack.leaderboards.ports import MetricRanks, Projection
from tapstack.live.ports import LivePorts
from tapstack.platform.clock import Clock
from tapstack.players.model import Player
from tapstack.players.ports import TitledPlayers
from tapstack.telegram.ports import ContextPorts

# -- stores --


class Faces(TitledPlayers, Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class Belongings(Protocol):
    def memberships(self, player_ids: Sequence[str]) -> dict[str, StoredMembership]: ...


class RankedWallets(Projection, MetricRanks, Protocol): ...


# -- bundles --


class RaidPorts(CommandPorts, LivePorts, Protocol):
    """To raid somebody, and to find whom to raid."""

    @property
    def players(self) -> Faces: ...
    @property
    def factions(self) -> Belongings: ...
    @property
    def commons(self) -> SharedThings: ...
    @property
    def metric_boards(self) -> RankedWallets: ...


class RaidScenePorts(ContextPorts, RaidPorts, Protocol):
    """To raid in the chat."""

    clock: Clock
