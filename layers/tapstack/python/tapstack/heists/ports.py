"""What heists need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tapstack.economy.deciding import Chance
from tapstack.economy.ports import CommandPorts, Ledger, Wallets
from tapstack.heists.model import (
    Answered,
    Audience,
    Frozen,
    Heist,
    Kept,
    Refused,
    Result,
    Standing,
    Stored,
    Wait,
    Winner,
)
from tapstack.live.ports import LivePorts
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Leases
from tapstack.players.model import Player
from tapstack.players.ports import TitledPlayers
from tapstack.telegram.ports import ContextPorts, DispatchPorts

# -- stores --


class StoredHeists(Protocol):
    """Heists, for good; raises StoreUnavailable."""

    def get(self, heist_id: str) -> Stored | None: ...
    def get_many(self, heist_ids: Sequence[str]) -> dict[str, Stored]: ...


class HeistShares(StoredHeists, Protocol):
    def share(self, heist_id: str, result: Result, player_id: str) -> int | None: ...
    def shares(self, closed: Sequence[Stored], player_id: str) -> dict[str, int]: ...
    def part(self, heist_id: str, result: Result, part: int) -> dict[str, int]: ...


class BegunHeists(StoredHeists, Protocol):
    def audience(self, name: str) -> Audience: ...
    def begin(self, heist: Heist, name: str, after: Audience) -> bool: ...


class KeptPlaces(StoredHeists, Protocol):
    def keep_place(self, heist_id: str, rank: int, winner: Winner) -> Kept: ...


class ClosableHeists(HeistShares, Protocol):
    def put_part(self, heist: Heist, run: str, part: int, shares: Mapping[str, int]) -> None: ...
    def close(self, heist_id: str, result: Result, taken: int) -> bool: ...
    def settled(self, heist_id: str) -> None: ...


class OpenHeists(ClosableHeists, Protocol):
    def open_until(self) -> dict[str, int]: ...
    def put_off(self, heist_id: str, at_ms: int) -> None: ...


class AllHeists(OpenHeists, BegunHeists, KeptPlaces, Protocol): ...


class LiveClock(Protocol):
    def now_ms(self) -> int: ...


class Loading(LiveClock, Protocol):
    def load(self, heist: Heist, winners: Mapping[int, Winner]) -> None: ...


class Answering(Loading, Protocol):
    def answer(self, heist_id: str, player_id: str, op: str, digest: str, right: bool) -> Answered | Wait | Refused: ...


class Closing(Loading, Protocol):
    def close(self, heist_id: str) -> Frozen | Refused: ...


class AllLive(Answering, Closing, Protocol):
    def standing(self, heist_id: str, player_id: str) -> Standing | None: ...


class Accounts(Protocol):
    def get(self, player_id: str) -> Player: ...


class Faces(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class AllAccounts(Accounts, Faces, Protocol): ...


class PaidAccounts(TitledPlayers, Faces, Protocol): ...


# -- bundles --


class OpenPorts(LivePorts, Protocol):
    """To begin a heist."""

    clock: Clock

    @property
    def heists(self) -> BegunHeists: ...
    @property
    def live_heists(self) -> Loading: ...
    @property
    def chance(self) -> Chance: ...


class AnswerPorts(LivePorts, Protocol):
    """To take an answer."""

    clock: Clock

    @property
    def heists(self) -> KeptPlaces: ...
    @property
    def live_heists(self) -> Answering: ...
    @property
    def players(self) -> Accounts: ...


class ClosePorts(LivePorts, Protocol):
    """To close a heist, and to tell who took part."""

    clock: Clock

    @property
    def leases(self) -> Leases: ...
    @property
    def heists(self) -> ClosableHeists: ...
    @property
    def live_heists(self) -> Closing: ...
    @property
    def players(self) -> Faces: ...


class KeepPorts(ClosePorts, OpenPorts, DispatchPorts, Protocol):
    """To begin and to close what is due."""

    @property
    def heists(self) -> AllHeists: ...
    @property
    def live_heists(self) -> AllLive: ...


class ReadPorts(OpenPorts, ClosePorts, Protocol):
    """To show what runs, what comes and what was."""

    @property
    def heists(self) -> AllHeists: ...
    @property
    def live_heists(self) -> AllLive: ...
    @property
    def players(self) -> AllAccounts: ...
    @property
    def wallets(self) -> Ledger: ...


class ClaimPorts(CommandPorts, ClosePorts, Protocol):
    """To pay a share."""

    @property
    def players(self) -> PaidAccounts: ...


class ScenePorts(ContextPorts, ReadPorts, AnswerPorts, ClaimPorts, Protocol):
    """To take part in the chat."""

    clock: Clock

    @property
    def heists(self) -> AllHeists: ...
    @property
    def live_heists(self) -> AllLive: ...
    @property
    def players(self) -> PaidAccounts: ...
    @property
    def wallets(self) -> Wallets: ...
