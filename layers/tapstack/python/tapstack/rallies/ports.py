"""What rallies need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from tapstack.economy.ports import CatalogueVersions, CommandPorts, SharedThings
from tapstack.factions.ports import CounterPorts, SavedCounters
from tapstack.live.ports import LivePorts
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Claims
from tapstack.players.model import Player
from tapstack.players.ports import Accounts, InvitePorts, TitledPlayers
from tapstack.rallies.model import GroupRally, Rally
from tapstack.telegram.ports import DispatchPorts

# -- stores --


class Rallies(Protocol):
    """Raises StoreUnavailable."""

    def get(self, rally_id: str) -> Rally | None: ...
    def latest_of(self, host: str) -> tuple[str, int]: ...
    def begin(self, rally: Rally, base: int, before: str) -> bool: ...
    def join(self, rally_id: str, player_id: str, base: int) -> bool: ...
    def end(self, rally: Rally, taps: dict[str, int]) -> bool: ...
    def due(self, now_ms: int) -> Iterator[str]: ...
    def put_off(self, rally_id: str, at_ms: int) -> None: ...


class AllRallies(Rallies, Protocol):
    """Those of groups, too."""

    def in_group(self, chat_id: int) -> GroupRally | None: ...
    def place(self, of: GroupRally, before: str) -> bool: ...
    def seen(self, chat_id: int, rally_id: str, message_id: int) -> None: ...
    def groups(self) -> Iterator[tuple[int, int]]: ...
    def put_off_group(self, chat_id: int, at_ms: int) -> None: ...
    def told(self, of: GroupRally) -> None: ...


class ManyFaces(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class Faces(TitledPlayers, ManyFaces, Protocol): ...


class KnownFaces(Accounts, ManyFaces, Protocol): ...


# -- bundles --


class EndPorts(CounterPorts, LivePorts, Protocol):
    """To end a rally."""

    @property
    def rallies(self) -> Rallies: ...


class EndDuePorts(EndPorts, Protocol):
    """To end those that are due."""

    clock: Clock


class WatchPorts(EndPorts, Protocol):
    """To watch a rally."""

    clock: Clock

    @property
    def players(self) -> ManyFaces: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class ExportRallyPorts(Protocol):
    """To give a player what rallies keep of them."""

    @property
    def rallies(self) -> Rallies: ...


class RallyPorts(CommandPorts, WatchPorts, Protocol):
    """To rally."""

    @property
    def players(self) -> Faces: ...
    @property
    def counters(self) -> SavedCounters: ...
    @property
    def commons(self) -> SharedThings: ...


class DrawPorts(DispatchPorts, WatchPorts, Protocol):
    """To have a group's message show its rally."""

    @property
    def leases(self) -> Claims: ...
    @property
    def rallies(self) -> AllRallies: ...


class GroupBeginPorts(DrawPorts, RallyPorts, Protocol):
    """To begin one in a group."""

    @property
    def rallies(self) -> AllRallies: ...
    @property
    def players(self) -> Faces: ...


class KeepRalliesPorts(DrawPorts, EndDuePorts, Protocol):
    """To end what is due, and to tell groups."""

    clock: Clock

    @property
    def rallies(self) -> AllRallies: ...
    @property
    def players(self) -> KnownFaces: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class RallyScenePorts(InvitePorts, RallyPorts, Protocol):
    """To rally in a private chat."""
