"""What the economy needs: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tapstack.economy.catalogue.model import Catalogue, Pointer
from tapstack.economy.deciding import Chance
from tapstack.economy.model import Entry, Outcome, Shared, SharedChange, Snapshot, Wallet, Written
from tapstack.economy.rules.rebuilding import Rebuilt
from tapstack.inbox.ports import NoticePorts
from tapstack.leaderboards.ports import Completion, MetricArchivePorts, MetricTops, Projection
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Leases
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter
from tapstack.play.ports import PaidTapsReading
from tapstack.players.ports import Accounts, TitledPlayers
from tapstack.telegram.ports import ContextPorts

# -- stores --


class Holding(Protocol):
    """Reads what players have."""

    def read(self, player_id: str) -> Snapshot | None: ...


class Ledger(Protocol):
    def entry(self, player_id: str, cause: str) -> Entry | None: ...


class CauseList(Protocol):
    def causes(self, player_id: str, prefix: str) -> list[str]: ...


class LedgerPages(Protocol):
    def page(self, player_id: str, before_seq: int, limit: int) -> list[Entry]: ...


class WholeLedger(Protocol):
    def entries(self, player_id: str) -> Iterator[Entry]: ...


class ReadableWallets(Holding, Ledger, LedgerPages, Protocol): ...


class Wallets(Holding, Ledger, Protocol):
    """Reads and writes what players have."""

    def write(
        self, read: Snapshot, outcome: Outcome, stock: Mapping[int, int], also: Sequence[SharedChange] = ()
    ) -> Written: ...


class ErasableWallets(Wallets, Protocol):
    def delete(self, player_id: str) -> None: ...


class ExportedWallets(Holding, LedgerPages, Protocol): ...


class SharedStocks(Protocol):
    """What is sold of limited offers."""

    def sold(self, offers: dict[str, int]) -> dict[str, dict[int, int]]: ...


class SharedItems(Protocol):
    """Items that players share, each under a key of its own (STOCK#, FAC# and so on), with fields by name.

    An item with the fields `list` and `sort` stands in that list, in that order; lists lag a moment behind.
    """

    def shared(self, keys: Sequence[str]) -> dict[str, dict[str, Shared]]: ...
    def change(self, changes: Sequence[SharedChange]) -> bool: ...
    def listed(self, name: str, start: str, after: str, limit: int) -> list[tuple[str, str]]: ...


class SharedThings(SharedStocks, SharedItems, Protocol): ...


class CatalogueItems(Protocol):
    def pointers(self) -> tuple[Pointer, ...]: ...
    def catalogue(self, version: str) -> bytes | None: ...


class KeptCatalogueItems(CatalogueItems, Protocol):
    def put_catalogue(self, version: str, body: bytes) -> None: ...


class PublishableItems(KeptCatalogueItems, Protocol):
    def point(self, pointers: tuple[Pointer, ...], before: tuple[Pointer, ...]) -> bool: ...


class CatalogueVersions(Protocol):
    """The versions of the catalogue, as this process keeps them."""

    def current(self) -> Catalogue: ...
    def version(self, version: str) -> Catalogue: ...
    def keep(self) -> None: ...


class SavedTaps(Protocol):
    def get(self, player_id: str) -> Counter | None: ...


# -- bundles --


class TapsPorts(Protocol):
    """To know what taps a player is paid for."""

    clock: Clock

    @property
    def paid_taps(self) -> PaidTapsReading: ...
    @property
    def players(self) -> Accounts: ...
    @property
    def counters(self) -> SavedTaps: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class HoldingPorts(Protocol):
    """To read what a player has."""

    @property
    def wallets(self) -> Holding: ...


class RulesPorts(TapsPorts, Protocol):
    """What is decided by, beside a player's own things."""

    @property
    def chance(self) -> Chance: ...


class ProjectionPorts(Protocol):
    """To show what a player has on the boards."""

    clock: Clock

    @property
    def metric_boards(self) -> Projection: ...


class SharedItemPorts(Protocol):
    @property
    def commons(self) -> SharedItems: ...


class TargetPorts(HoldingPorts, SharedItemPorts, Protocol):
    """To look at whom somebody raids."""

    clock: Clock


class OwnScorePorts(Protocol):
    @property
    def wallets(self) -> Holding: ...


class CommandPorts(RulesPorts, ProjectionPorts, NoticePorts, Protocol):
    """To carry out what a player asks for."""

    clock: Clock

    @property
    def players(self) -> TitledPlayers: ...
    @property
    def wallets(self) -> Wallets: ...
    @property
    def commons(self) -> SharedThings: ...


class ReadWalletPorts(RulesPorts, ProjectionPorts, Protocol):
    """To show a player what they have."""

    @property
    def wallets(self) -> ReadableWallets: ...
    @property
    def commons(self) -> SharedStocks: ...


class CheeredPorts(Protocol):
    """To know whom a player has cheered."""

    clock: Clock

    @property
    def wallets(self) -> CauseList: ...


class PlayedWallets(Wallets, LedgerPages, Protocol): ...


class AllWallets(Protocol):
    """Every wallet with its player's id, in pages."""

    def page(self, cursor: str | None) -> tuple[list[tuple[str, Wallet]], str | None]: ...


class ProjectedTops(Projection, MetricTops, Protocol): ...


class ColdBuckets(Protocol):
    def cold_buckets(self) -> list[int]: ...


class CompletionPorts(MetricArchivePorts, Protocol):
    """To complete the boards by metric, and to archive them."""

    settings: Settings

    @property
    def board_completion(self) -> Completion: ...
    @property
    def metric_boards(self) -> ProjectedTops: ...
    @property
    def wallet_pages(self) -> AllWallets: ...
    @property
    def wallets(self) -> LedgerPages: ...
    @property
    def saving(self) -> ColdBuckets: ...
    @property
    def leases(self) -> Leases: ...


class EconomyScenePorts(ContextPorts, CommandPorts, Protocol):
    """To play the economy in the chat."""

    clock: Clock

    @property
    def wallets(self) -> PlayedWallets: ...


class CreditPorts(ProjectionPorts, Protocol):
    """To give a player what is theirs, whether they ask for it or not."""

    @property
    def wallets(self) -> Wallets: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class EraseWalletPorts(Protocol):
    """To erase what a player has."""

    @property
    def clock(self) -> Clock: ...
    @property
    def wallets(self) -> ErasableWallets: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class ExportWalletPorts(Protocol):
    @property
    def wallets(self) -> ExportedWallets: ...


class PublishPorts(Protocol):
    """To put a catalogue before the players."""

    clock: Clock

    @property
    def commons(self) -> PublishableItems: ...


class AuditedWallets(Holding, WholeLedger, Protocol): ...


class EconomyAudit(Protocol):
    """All players at once, and their repair: for operators."""

    def owners(self) -> Iterator[str]: ...
    def journalled(self) -> Iterator[str]: ...
    def wallets(self) -> Iterator[Wallet]: ...
    def restore(self, found: Rebuilt) -> None: ...


class VerifyWalletPorts(Protocol):
    """To hold what a player has against the journal."""

    @property
    def wallets(self) -> AuditedWallets: ...


class VerifyPorts(VerifyWalletPorts, Protocol):
    @property
    def economy_audit(self) -> EconomyAudit: ...


class RebuildPorts(VerifyPorts, Protocol): ...


class FlowsPorts(Protocol):
    @property
    def economy_audit(self) -> EconomyAudit: ...
