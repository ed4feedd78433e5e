"""What factions need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from tapstack.economy.model import SharedChange
from tapstack.economy.ports import CatalogueVersions, CommandPorts, Ledger, PlayedWallets
from tapstack.factions.answers import FactionCard
from tapstack.factions.model import Closing, Faction, Membership, Standing, Stored, StoredMembership, WeekOver
from tapstack.leaderboards.ports import RecoverableCounters
from tapstack.live.ports import LivePorts
from tapstack.platform.calendar import Period
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Leases
from tapstack.platform.paging import Cursors
from tapstack.play.model import Counter
from tapstack.players.model import Player, Shown
from tapstack.players.ports import Accounts, InvitePorts, TitledPlayers

Memberships = Sequence[tuple[StoredMembership, Membership]]

# -- stores --


class FactionSearch(Protocol):
    """Factions by the beginning of their names; raises StoreUnavailable."""

    def search(self, start: str, after: str, limit: int) -> list[tuple[str, Stored]]: ...


class Belonging(Protocol):
    def membership(self, player_id: str) -> StoredMembership: ...


class ReadableFactions(Belonging, Protocol):
    def get(self, faction_id: str) -> Stored | None: ...
    def get_many(self, faction_ids: Sequence[str]) -> dict[str, Stored]: ...


class Weeks(Protocol):
    def week(self, week: int) -> WeekOver | None: ...
    def weeks(self, limit: int) -> list[WeekOver]: ...
    def fighters(self, week: int) -> dict[str, list[str]]: ...


class MappedFactions(ReadableFactions, Weeks, Protocol): ...


class Factions(MappedFactions, Protocol):
    """Factions, and how they change: what is read is required by a change made of it."""

    def memberships(self, player_ids: Sequence[str]) -> dict[str, StoredMembership]: ...
    def named(self, name: str) -> str | None: ...
    def write(self, changes: Sequence[SharedChange]) -> bool: ...
    def founded(self, faction: Faction, leader: StoredMembership, membership: Membership) -> list[SharedChange]: ...
    def changed(
        self, read: Stored, faction: Faction, memberships: Memberships = (), cost: int = 0
    ) -> list[SharedChange]: ...
    def dissolved(self, read: Stored, memberships: Memberships) -> list[SharedChange]: ...
    def renamed(self, read: Stored, name: str, weeks: int) -> list[SharedChange]: ...
    def donated(self, faction_id: str, player_id: str, coins: int) -> list[SharedChange]: ...
    def asking(self, read: StoredMembership, membership: Membership) -> list[SharedChange]: ...
    def forgotten(self, player: StoredMembership) -> list[SharedChange]: ...


class KeptFactions(Factions, Protocol):
    def page(self, after: str) -> tuple[list[Stored], str]: ...
    def close(self, over: WeekOver, fighters: Mapping[str, Sequence[str]]) -> bool: ...


class TappedFactions(Protocol):
    def tapped(self, player_ids: Sequence[str]) -> None: ...


class ShownFactions(Protocol):
    """Who belongs where, for the boards."""

    def belongs(self, players: Mapping[str, str]) -> None: ...
    def changed(self, faction_id: str) -> None: ...
    def hide(
        self, faction_id: str, boards: Iterable[tuple[Period | None, int]], contests: Iterable[tuple[int, str]]
    ) -> None: ...


class RenamedFactions(ShownFactions, Protocol):
    def forget_closing(self) -> None: ...


class FactionBoards(Protocol):
    def top(self, period: Period | None, number: int, count: int) -> list[Standing]: ...
    def place(self, period: Period | None, number: int, faction_id: str) -> tuple[int, int] | None: ...
    def contests(self, week: int, territories: Sequence[str], count: int) -> dict[str, list[Standing]]: ...
    def cards(self, faction_ids: Sequence[str]) -> dict[str, FactionCard]: ...


class SeenMembers(Protocol):
    """Copies of what is shown of players, kept for a minute: a face of None is one that nobody sees."""

    def faces(self, player_ids: Sequence[str]) -> Mapping[str, Shown | None]: ...
    def keep_faces(self, faces: Mapping[str, Shown | None]) -> None: ...
    def saved(self, player_ids: Sequence[str]) -> Mapping[str, Counter]: ...
    def keep_saved(self, counters: Iterable[Counter]) -> None: ...


class ViewedFactions(FactionBoards, SeenMembers, Protocol): ...


class CountedFactions(ShownFactions, Protocol):
    def take(self) -> list[str]: ...
    def finish(self, faction_ids: Iterable[str]) -> None: ...
    def warm(self) -> bool: ...
    def warmed(self) -> None: ...
    def warming(self) -> str: ...
    def record_warming(self, after: str) -> None: ...
    def closing(self) -> Closing | None: ...
    def record_closing(self, closing: Closing) -> None: ...
    def forget_closing(self) -> None: ...
    def show(
        self,
        card: FactionCard,
        scores: Mapping[tuple[Period | None, int], int],
        contests: Mapping[tuple[int, str], int],
        territories: Iterable[str],
    ) -> None: ...


class LiveCounters(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class VisibleCounters(RecoverableCounters, Protocol):
    def hidden(self, player_ids: Sequence[str]) -> Collection[str]: ...


class SavedCounters(Protocol):
    def get(self, player_id: str) -> Counter | None: ...
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Counter]: ...


class Profiles(Accounts, Protocol):
    def get_many(self, player_ids: Sequence[str]) -> Mapping[str, Player]: ...


class TitledProfiles(TitledPlayers, Profiles, Protocol): ...


# -- bundles --


class SearchPorts(Protocol):
    """To find factions."""

    @property
    def cursors(self) -> Cursors: ...
    @property
    def factions(self) -> FactionSearch: ...


class CounterPorts(Protocol):
    """To know what members have tapped."""

    @property
    def saving(self) -> LiveCounters: ...
    @property
    def counters(self) -> SavedCounters: ...


class VisiblePorts(CounterPorts, Protocol):
    """To know what members have tapped whom others may see."""

    @property
    def saving(self) -> VisibleCounters: ...


class HidePorts(Protocol):
    """To take a faction off the boards."""

    @property
    def clock(self) -> Clock: ...
    @property
    def live_factions(self) -> ShownFactions: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class LeavePorts(CounterPorts, LivePorts, Protocol):
    """To take a player out of their faction."""

    @property
    def players(self) -> Profiles: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def factions(self) -> Factions: ...
    @property
    def live_factions(self) -> ShownFactions: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class RenamePorts(LeavePorts, Protocol):
    """To give a faction another name."""

    @property
    def leases(self) -> Leases: ...
    @property
    def live_factions(self) -> RenamedFactions: ...


class ActPorts(LeavePorts, Protocol):
    """To join, lead and leave factions."""

    clock: Clock

    @property
    def players(self) -> Profiles: ...


class PayPorts(CommandPorts, ActPorts, Protocol):
    """To do what costs or brings coins."""

    clock: Clock

    @property
    def counters(self) -> SavedCounters: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...
    @property
    def players(self) -> TitledProfiles: ...


class ClaimPorts(CounterPorts, Protocol):
    """To know who may claim the reward for a territory."""

    @property
    def players(self) -> Profiles: ...
    @property
    def factions(self) -> MappedFactions: ...


class SeePorts(CounterPorts, Protocol):
    """To show the members of a faction."""

    @property
    def players(self) -> Profiles: ...
    @property
    def live_factions(self) -> SeenMembers: ...


class ReadFactionPorts(ClaimPorts, SeePorts, Protocol):
    """To show factions."""

    clock: Clock

    @property
    def players(self) -> Profiles: ...
    @property
    def live_factions(self) -> ViewedFactions: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...
    @property
    def wallets(self) -> Ledger: ...


class KeepFactionsPorts(VisiblePorts, LivePorts, Protocol):
    """To bring the boards of factions up to date, and to close the contests of weeks."""

    clock: Clock

    @property
    def leases(self) -> Leases: ...
    @property
    def factions(self) -> KeptFactions: ...
    @property
    def live_factions(self) -> CountedFactions: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class TappedPorts(Protocol):
    """To hear whose members have tapped."""

    @property
    def live_factions(self) -> TappedFactions: ...


class RoomPorts(Protocol):
    """To know who may enter a faction's room."""

    @property
    def factions(self) -> Belonging: ...


class RoomTextPorts(Protocol):
    """To know how long a message may be in a faction's room."""

    @property
    def factions(self) -> ReadableFactions: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class ExportFactionPorts(Protocol):
    """To give a player what factions keep of them."""

    @property
    def factions(self) -> ReadableFactions: ...


class AllFactions(Factions, FactionSearch, Protocol): ...


class PlayedBoards(ViewedFactions, ShownFactions, Protocol): ...


class FactionScenePorts(InvitePorts, PayPorts, ReadFactionPorts, SearchPorts, Protocol):
    """To belong to a faction in the chat."""

    clock: Clock

    @property
    def factions(self) -> AllFactions: ...
    @property
    def live_factions(self) -> PlayedBoards: ...
    @property
    def counters(self) -> SavedCounters: ...
    @property
    def players(self) -> TitledProfiles: ...
    @property
    def wallets(self) -> PlayedWallets: ...
