"""What notifications need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tapstack.broadcasts.model import Broadcast
from tapstack.broadcasts.ports import AudiencePorts, BroadcastOutbox, BroadcastReads
from tapstack.economy.ports import CatalogueVersions, Holding
from tapstack.inbox.model import Notice
from tapstack.inbox.ports import OwnInbox, ReadableInbox
from tapstack.leaderboards.model import Neighbours, Top
from tapstack.league.model import League, Seat
from tapstack.notifications.model import Seen, Walk
from tapstack.platform.calendar import Period
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Claims
from tapstack.platform.paging import Cursors
from tapstack.platform.settings import Settings
from tapstack.players.model import Player
from tapstack.players.ports import Accounts
from tapstack.telegram.ports import ContextPorts, Conversations, SenderWakes

# -- stores --


class RankedPlayers(Protocol):
    def scores(self, player_ids: Sequence[str]) -> Mapping[str, float]: ...
    def ranks(self, scores: Sequence[float]) -> list[int]: ...
    def neighbours(self, player_id: str, score: float, each_side: int) -> Neighbours: ...


class RankedWeeks(Protocol):
    def top(self, period: Period, number: int, count: int) -> Top: ...
    def neighbours(self, period: Period, number: int, player_id: str, score: float, each_side: int) -> Neighbours: ...


class WeekScores(Protocol):
    def scores(self, week: int, player_ids: Sequence[str]) -> list[tuple[str, float]]: ...
    def seat(self, week: int, player_id: str) -> tuple[League | None, Seat | None]: ...


class RememberedPlayers(Protocol):
    def walk(self) -> Walk: ...
    def keep_walk(self, walk: Walk) -> None: ...
    def seen(self, player_ids: Sequence[str]) -> Mapping[str, Seen]: ...
    def keep_seen(self, seen: Mapping[str, Seen]) -> None: ...


class ForgettingReminders(Protocol):
    def forget(self, player_id: str) -> None: ...


class NamedPlayers(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> Mapping[str, Player]: ...


class RemindedInbox(ReadableInbox, Protocol):
    def add(self, player_id: str, notice: Notice) -> bool: ...


class NamedAddressees(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...
    def by_telegram_ids(self, telegram_ids: Sequence[int]) -> dict[int, Player]: ...


class DailyBroadcasts(BroadcastReads, Protocol):
    def create(self, broadcast: Broadcast) -> None: ...
    def save(self, broadcast: Broadcast) -> bool: ...


# -- bundles --


class NamePorts(Protocol):
    """To name those whom a notice is about."""

    @property
    def players(self) -> NamedPlayers: ...


class ReadInboxPorts(Protocol):
    """To change what a player has read."""

    clock: Clock

    @property
    def inbox(self) -> OwnInbox: ...


class InboxPorts(NamePorts, ReadInboxPorts, Protocol):
    """To show a player their inbox."""

    @property
    def cursors(self) -> Cursors: ...


class PreferencePorts(Protocol):
    """To read and change what a player wants to be told."""

    clock: Clock

    @property
    def players(self) -> Accounts: ...
    @property
    def conversations(self) -> Conversations: ...


class NotificationScenePorts(ContextPorts, NamePorts, ReadInboxPorts, Protocol):
    """The inbox in the chat."""

    clock: Clock


class FindPorts(Protocol):
    """To find out what there is to tell."""

    @property
    def all_time_board(self) -> RankedPlayers: ...
    @property
    def period_boards(self) -> RankedWeeks: ...
    @property
    def live_league(self) -> WeekScores: ...
    @property
    def wallets(self) -> Holding: ...
    @property
    def catalogues(self) -> CatalogueVersions: ...


class RemindPorts(AudiencePorts, FindPorts, Protocol):
    """To find who is to be reminded, and to hand the messages over to the outbox."""

    settings: Settings
    clock: Clock

    @property
    def inbox(self) -> RemindedInbox: ...
    @property
    def players(self) -> NamedAddressees: ...
    @property
    def leases(self) -> Claims: ...
    @property
    def reminders(self) -> RememberedPlayers: ...
    @property
    def broadcasts(self) -> DailyBroadcasts: ...
    @property
    def outbox(self) -> BroadcastOutbox: ...
    @property
    def outbox_queue(self) -> SenderWakes: ...
