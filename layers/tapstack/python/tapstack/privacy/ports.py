"""What export and erasure touch: everything that is kept of a player, in narrow stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tapstack.audit.model import AuditEntry
from tapstack.audit.ports import AuditLog, RecordPorts
from tapstack.duels.ports import ExportDuelPorts, ForgetDuelPorts, StakedWallets
from tapstack.economy.ports import ErasableWallets, EraseWalletPorts, ExportWalletPorts, SharedItemPorts
from tapstack.factions.ports import ExportFactionPorts, LeavePorts, SavedCounters
from tapstack.groups.model import Share
from tapstack.http.ports import CallLimiter
from tapstack.inbox.ports import ErasableInbox, ReadableInbox
from tapstack.league.ports import LeaveLeaguePorts, SeatPorts
from tapstack.live.ports import ExportRoomPorts, ForgettingChat, PublishPorts, SilencePorts
from tapstack.notifications.ports import ForgettingReminders
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Leases
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter, EndedSession
from tapstack.players.ports import AccountPorts, Accounts, ForgettingAccounts
from tapstack.privacy.model import ErasableAccount
from tapstack.rallies.ports import ExportRallyPorts
from tapstack.telegram.model import Chat, Message
from tapstack.telegram.ports import ContextPorts

# -- stores --


class ErasureRequests(Protocol):
    def read(self, player_id: str) -> ErasableAccount | None: ...
    def begin(self, player_id: str, now_ms: int) -> ErasableAccount | None: ...


class Erasures(ErasureRequests, Protocol):
    def finish(self, account: ErasableAccount, now_ms: int, ban_mark: str | None = None) -> None: ...
    def due(self, before_ms: int, limit: int) -> list[str]: ...


class DroppableAccounts(ForgettingAccounts, Protocol):
    def drop(self, player_id: str, telegram_id: int) -> None: ...


class LiveErasure(Protocol):
    def erase(self, player_id: str) -> bool: ...


class ForgettingBoards(Protocol):
    def forget(self, player_id: str) -> None: ...


class ForgettingPeriodBoards(Protocol):
    def forget(self, player_id: str, now_ms: int) -> None: ...


class ForgettingGroups(Protocol):
    def forget(self, player_id: str) -> None: ...


class SharesOfPlayers(Protocol):
    def of_player(self, player_id: str) -> Mapping[int, Share]: ...


class DeletableCounters(SavedCounters, Protocol):
    def delete(self, player_id: str) -> None: ...


class DeadLettersOfPlayers(Protocol):
    def forget_dead(self, player_ids: set[str]) -> int: ...


class ForgettingAudit(AuditLog, Protocol):
    def forget(self, player_id: str) -> None: ...


class ForgettingCache(Protocol):
    def forget(self, user_id: int) -> None: ...


class ForgettingConversations(Protocol):
    def forget(self, chat_id: int) -> None: ...


class ForgettingMessages(Protocol):
    def forget(self, chat_id: int) -> int: ...


class ForgettingOutbox(Protocol):
    def forget_chat(self, chat_id: int) -> None: ...
    def forget_about(self, key: str) -> None: ...


class ForgettingBroadcasts(Protocol):
    def forget(self, chat_id: int, now_ms: int) -> None: ...


class ExportedAccounts(Accounts, Protocol):
    def held_names(self, player_id: str) -> list[str]: ...


class LiveCounters(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class SavedHistory(Protocol):
    def get(self, player_id: str) -> Counter | None: ...
    def history(self, player_id: str) -> list[EndedSession]: ...


class Chats(Protocol):
    def get(self, chat_id: int) -> Chat: ...


class MessageHistory(Protocol):
    def all(self, chat_id: int) -> Iterator[Message]: ...


class ReceivedBroadcasts(Protocol):
    def received(self, chat_id: int) -> Mapping[str, str]: ...


class AuditTrail(Protocol):
    def entries(self, player_id: str, *, limit: int = 50) -> list[AuditEntry]: ...


# -- bundles --


class RequestErasurePorts(RecordPorts, Protocol):
    """To close an account and drop what is live of it."""

    @property
    def erasures(self) -> ErasureRequests: ...
    @property
    def live_erasure(self) -> LiveErasure: ...
    @property
    def period_boards(self) -> ForgettingPeriodBoards: ...


class RequestOwnErasurePorts(RequestErasurePorts, Protocol):
    @property
    def settings(self) -> Settings: ...


class ErasedWallets(StakedWallets, ErasableWallets, Protocol): ...


class ErasurePorts(
    LeaveLeaguePorts, EraseWalletPorts, LeavePorts, SilencePorts, PublishPorts, ForgetDuelPorts, Protocol
):
    """To erase everything of a player."""

    @property
    def chat_moderation(self) -> ForgettingChat: ...
    @property
    def groups(self) -> ForgettingGroups: ...

    @property
    def wallets(self) -> ErasedWallets: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def live_erasure(self) -> LiveErasure: ...
    @property
    def counters(self) -> DeletableCounters: ...
    @property
    def published_boards(self) -> ForgettingBoards: ...
    @property
    def period_boards(self) -> ForgettingPeriodBoards: ...
    @property
    def reminders(self) -> ForgettingReminders: ...
    @property
    def inbox(self) -> ErasableInbox: ...
    @property
    def audit(self) -> ForgettingAudit: ...
    @property
    def conversation_cache(self) -> ForgettingCache: ...
    @property
    def conversations(self) -> ForgettingConversations: ...
    @property
    def messages(self) -> ForgettingMessages: ...
    @property
    def outbox(self) -> ForgettingOutbox: ...
    @property
    def broadcasts(self) -> ForgettingBroadcasts: ...


class FinishErasuresPorts(ErasurePorts, Protocol):
    """To finish all erasures that are due."""

    @property
    def sync_queue(self) -> DeadLettersOfPlayers: ...


class ExportTogetherPorts(
    ExportFactionPorts, ExportRoomPorts, ExportDuelPorts, ExportRallyPorts, SharedItemPorts, Protocol
):
    """To give a player what is kept of them where they play with others."""


class ExportPorts(AccountPorts, SeatPorts, ExportWalletPorts, ExportTogetherPorts, Protocol):
    clock: Clock

    @property
    def inbox(self) -> ReadableInbox: ...
    @property
    def players(self) -> ExportedAccounts: ...
    @property
    def saving(self) -> LiveCounters: ...
    @property
    def counters(self) -> SavedHistory: ...
    @property
    def conversations(self) -> Chats: ...
    @property
    def messages(self) -> MessageHistory: ...
    @property
    def broadcasts(self) -> ReceivedBroadcasts: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def groups(self) -> SharesOfPlayers: ...


class ExportOwnPorts(ExportPorts, Protocol):
    @property
    def limiter(self) -> CallLimiter: ...


# -- scenes --


class PrivacyPorts(ContextPorts, AccountPorts, RequestErasurePorts, Protocol):
    """What the privacy scene shows and does."""
