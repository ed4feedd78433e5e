"""What moderation needs: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tapstack.economy.ports import OwnScorePorts, ProjectionPorts
from tapstack.platform.clock import Clock
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter, EndedSession, Refusal
from tapstack.play.ports import SessionEnds, Tickets
from tapstack.players.model import ModerationStatus, Player

# -- stores --


class Hiding(Protocol):
    def hide(self, player_id: str) -> bool: ...


class Visibility(Hiding, Protocol):
    def show(self, player_id: str, clicks: int, at_ms: int, ticket: str) -> bool | Refusal: ...


class Sampling(Visibility, Protocol):
    def active(self) -> list[str]: ...
    def sample(self, player_ids: Sequence[str], kept: int, for_s: int) -> dict[str, list[int]]: ...


class PeriodHiding(Protocol):
    def forget(self, player_id: str, now_ms: int) -> None: ...


class PeriodVisibility(PeriodHiding, Protocol):
    def rank(self, counters: Iterable[Counter], now_ms: int) -> None: ...


class HiddenPlayers(Protocol):
    def all_with_status(self, status: ModerationStatus) -> Iterable[Player]: ...


class LiveCounters(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class SavedCounters(Protocol):
    def get(self, player_id: str) -> Counter | None: ...


class SavedHistory(SavedCounters, Protocol):
    def history(self, player_id: str) -> list[EndedSession]: ...


class PlayerStatus(Protocol):
    def get(self, player_id: str) -> Player: ...
    def set_status(self, player_id: str, status: ModerationStatus, reasons: Sequence[str], at_ms: int) -> None: ...


class Whitelist(Protocol):
    def set_whitelisted(self, player_id: str, whitelisted: bool) -> None: ...


class Profiles(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> Mapping[str, Player]: ...


class WatchedAccounts(PlayerStatus, Profiles, Protocol):
    """Accounts as the watch reads and flags them."""


class ModeratedPlay(Tickets, SessionEnds, Protocol):
    """The live state as a change of status needs it."""


# -- bundles --


class CounterPorts(Protocol):
    @property
    def saving(self) -> LiveCounters: ...
    @property
    def counters(self) -> SavedCounters: ...


class HidePorts(Protocol):
    """To take all hidden players off the boards."""

    clock: Clock

    @property
    def live_moderation(self) -> Hiding: ...
    @property
    def period_boards(self) -> PeriodHiding: ...
    @property
    def player_index(self) -> HiddenPlayers: ...


class ShowPorts(CounterPorts, ProjectionPorts, OwnScorePorts, Protocol):
    """To put a player back on the boards."""

    clock: Clock

    @property
    def play(self) -> Tickets: ...
    @property
    def live_moderation(self) -> Visibility: ...
    @property
    def period_boards(self) -> PeriodVisibility: ...


class EndSessionsPorts(CounterPorts, Protocol):
    @property
    def play(self) -> SessionEnds: ...


class StatusPorts(CounterPorts, ProjectionPorts, OwnScorePorts, Protocol):
    """To change a player's moderation status."""

    clock: Clock

    @property
    def play(self) -> ModeratedPlay: ...
    @property
    def live_moderation(self) -> Visibility: ...
    @property
    def period_boards(self) -> PeriodVisibility: ...
    @property
    def players(self) -> PlayerStatus: ...


class SignalPorts(Protocol):
    settings: Settings
    clock: Clock

    @property
    def saving(self) -> LiveCounters: ...
    @property
    def counters(self) -> SavedHistory: ...


class WatchPorts(StatusPorts, Protocol):
    """To sample active players, and to flag some."""

    settings: Settings

    @property
    def live_moderation(self) -> Sampling: ...
    @property
    def counters(self) -> SavedHistory: ...
    @property
    def players(self) -> WatchedAccounts: ...


class WhitelistPorts(Protocol):
    @property
    def players(self) -> Whitelist: ...
