"""What groups need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tapstack.groups.model import GroupBoard, Panel, Share, TapBatch
from tapstack.platform.clock import Clock
from tapstack.platform.settings import Settings
from tapstack.play.ports import Leases, QueuePorts
from tapstack.players.model import Player
from tapstack.telegram.ports import BotNamePorts, WakePorts

# -- stores --


class GroupReads(Protocol):
    """The boards of groups; raises StoreUnavailable."""

    def get(self, group_id: int) -> GroupBoard: ...


class Groups(GroupReads, Protocol):
    def greeted(self, group_id: int) -> None: ...
    def upgraded(self, group_id: int, before: int) -> None: ...


class SavedGroups(GroupReads, Protocol):
    def save(self, group_id: int, shares: Mapping[str, Share], batch: str) -> None: ...


class NewGroupTaps(Protocol):
    def add(self, group_id: int, player_id: str, day: int, panel: Panel | None) -> bool: ...


class WaitingGroupTaps(Protocol):
    def take(self) -> TapBatch | None: ...
    def finish(self) -> None: ...


class Faces(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class Edits(Protocol):
    def put_edit(self, call: dict[str, Any]) -> bool: ...


# -- bundles --


class GroupTapPorts(QueuePorts, Protocol):
    """To count a tap for a group."""

    settings: Settings
    clock: Clock

    @property
    def group_taps(self) -> NewGroupTaps: ...


class PanelPorts(BotNamePorts, Protocol):
    """To show a group's board."""

    clock: Clock

    @property
    def players(self) -> Faces: ...


class SaveGroupPorts(PanelPorts, WakePorts, Protocol):
    """To save the taps of groups, and to show what they have come to."""

    @property
    def leases(self) -> Leases: ...
    @property
    def groups(self) -> SavedGroups: ...
    @property
    def group_taps(self) -> WaitingGroupTaps: ...
    @property
    def outbox(self) -> Edits: ...
