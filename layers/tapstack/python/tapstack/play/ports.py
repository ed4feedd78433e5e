"""What playing needs: narrow stores, and a bundle of them for each service.

The composition root's Container fits every bundle, and so do the tests' fakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from tapstack.http.ports import CallLimiter
from tapstack.inbox.ports import KeepUnreadPorts, NewNotices, ReadableInbox
from tapstack.platform.clock import Clock
from tapstack.platform.settings import Settings
from tapstack.play.model import (
    Counter,
    EndedSession,
    HeartbeatResult,
    PaidTaps,
    Reading,
    RecoveryProgress,
    Refusal,
    SessionOpened,
    TapResult,
    Work,
)
from tapstack.play.rules.tap_button import ButtonState
from tapstack.players.model import Player
from tapstack.players.ports import JoiningPorts, KeptAccounts, PipelinedAccounts
from tapstack.telegram.ports import Conversations, Outgoing, SenderWakes

# -- stores --


class Claims(Protocol):
    def claim(self, name: str, for_ms: int, holder: str = "1") -> bool: ...


class Leases(Claims, Protocol):
    def extend(self, name: str, holder: str, for_ms: int) -> bool: ...
    def release(self, name: str, holder: str) -> bool: ...


class WorkQueue(Protocol):
    def send(self, kind: Work, *, delay_s: int = 0) -> None: ...


class DeadLetters(WorkQueue, Protocol):
    def dead_letter(self, player_id: str, reason: str, fields: Mapping[str, Any]) -> bool: ...


class Tickets(Protocol):
    def ticket(self, player_id: str) -> str: ...


class PlayerLoading(Tickets, Protocol):
    def end_ticket(self, player_id: str) -> None: ...
    def load(self, counter: Counter, ticket: str = "") -> bool | Refusal: ...


class LiveSessions(PlayerLoading, Protocol):
    def open_session(
        self,
        player_id: str,
        session: str,
        *,
        start_from: int | None = None,
        started_at_ms: int = 0,
        lost: bool = False,
        ticket: str = "",
    ) -> SessionOpened | Refusal: ...


class LiveTaps(LiveSessions, Protocol):
    def record_taps(self, player_id: str, session: str, taps: int) -> TapResult | Refusal: ...
    def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal: ...


class PipelinedTaps(Protocol):
    """Taps and heartbeats on an event loop."""

    async def record_taps(self, player_id: str, session: str, taps: int) -> TapResult | Refusal: ...
    async def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal: ...


class PipelinedSessions(Protocol):
    """Sessions that Redis knows, on an event loop."""

    async def open_session(self, player_id: str, session: str) -> SessionOpened | Refusal: ...


class LiveChatTaps(LiveSessions, Protocol):
    def record_tap_callback(
        self, player_id: str, session: str, update_id: int, shown: ButtonState | None = None
    ) -> TapResult | Refusal: ...


class ButtonStates(Protocol):
    def button_state(self, player_id: str, session: str) -> ButtonState | None: ...


class PaidTapsReading(Protocol):
    def paid_taps(self, player_id: str) -> PaidTaps | None: ...


class SessionEnds(Protocol):
    def end_session(self, player_id: str, session: str, *, idle_ms: int = 0) -> bool: ...


class LiveCleanup(SessionEnds, Protocol):
    def server_time_ms(self) -> int: ...


class SavingQueue(Protocol):
    """Dirty players on their way to DynamoDB, bucket by bucket."""

    def begin(self, bucket: int, token: str, lease_ms: int) -> int: ...
    def next_in_flight(self, bucket: int, limit: int) -> list[str]: ...
    def read_each(self, player_ids: Sequence[str]) -> Reading: ...
    def finish(self, bucket: int, token: str, written: Sequence[str], refused: Sequence[str] = ()) -> int: ...
    def release(self, bucket: int, token: str) -> bool: ...


class IdleSessions(SavingQueue, Protocol):
    def idle(self, bucket: int, before_ms: int, limit: int) -> list[tuple[str, str]]: ...
    def postpone(self, bucket: int, player_id: str, session: str, at_ms: int) -> None: ...
    def clamp_seen(self, bucket: int, now_ms: int) -> int: ...
    def evictable(self, bucket: int) -> list[str]: ...
    def ended_sessions(self, player_ids: Sequence[str], kept: range) -> dict[str, list[tuple[str, EndedSession]]]: ...
    def evict(self, player_id: str, archived: Sequence[tuple[str, EndedSession]]) -> bool: ...


class BoardRecovery(Protocol):
    def cold_buckets(self) -> list[int]: ...
    def restore(self, counters: Iterable[Counter], token: str = "") -> int: ...
    def recovery_in_progress(self, buckets: Iterable[int]) -> RecoveryProgress | None: ...
    def begin_recovery(self, buckets: Iterable[int], token: str) -> None: ...
    def record_progress(self, token: str, cursor: str) -> None: ...
    def finish_recovery(self, buckets: Iterable[int], token: str) -> None: ...


class PeriodRanking(Protocol):
    def rank(self, counters: Iterable[Counter], now_ms: int) -> None: ...


class OpeningInbox(NewNotices, ReadableInbox, Protocol): ...


class SavedCounters(Protocol):
    def get(self, player_id: str) -> Counter | None: ...


class SessionHistory(SavedCounters, Protocol):
    def past_session(self, player_id: str, session_key: str) -> EndedSession | None: ...


class CounterWrites(Protocol):
    def put(self, counters: Sequence[Counter]) -> None: ...


class HistoryWrites(CounterWrites, Protocol):
    def put_history(self, lines: Sequence[EndedSession]) -> set[EndedSession]: ...


class CounterScan(Protocol):
    def scan_page(self, after: str | None) -> tuple[list[Counter], str | None]: ...


class Accounts(Protocol):
    def get(self, player_id: str) -> Player: ...


class SignIns(Accounts, Protocol):
    def by_telegram_id(self, telegram_id: int) -> Player | None: ...
    def by_ref_code(self, ref_code: str) -> Player | None: ...
    def create(self, player: Player, ban_marks: Sequence[str] = ()) -> bool: ...


class ReferralCredits(Protocol):
    def credit(self, invited: Mapping[str, tuple[str, ...]]) -> bool: ...


# -- bundles --


class TicketPorts(Protocol):
    @property
    def play(self) -> Tickets: ...


class LoadPorts(Protocol):
    @property
    def play(self) -> PlayerLoading: ...
    @property
    def counters(self) -> SavedCounters: ...
    @property
    def players(self) -> Accounts: ...


class QueuePorts(Protocol):
    @property
    def sync_queue(self) -> WorkQueue: ...


class NotifyPorts(QueuePorts, Protocol):
    settings: Settings

    @property
    def leases(self) -> Claims: ...


class AdoptionPorts(Protocol):
    """To load a player and adopt a session that a lost Redis never saved."""

    @property
    def play(self) -> LiveSessions: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def players(self) -> Accounts: ...


class TapPorts(NotifyPorts, Protocol):
    @property
    def play(self) -> LiveTaps: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def players(self) -> Accounts: ...


class AsyncTapPorts(TapPorts, Protocol):
    @property
    def pipelined_play(self) -> PipelinedTaps: ...


class SavingPorts(Protocol):
    settings: Settings
    clock: Clock

    @property
    def leases(self) -> Leases: ...
    @property
    def sync_queue(self) -> DeadLetters: ...
    @property
    def saving(self) -> SavingQueue: ...
    @property
    def counters(self) -> CounterWrites: ...
    @property
    def period_boards(self) -> PeriodRanking: ...


class CleanupPorts(Protocol):
    settings: Settings
    clock: Clock

    @property
    def leases(self) -> Leases: ...
    @property
    def sync_queue(self) -> DeadLetters: ...
    @property
    def play(self) -> LiveCleanup: ...
    @property
    def saving(self) -> IdleSessions: ...
    @property
    def counters(self) -> HistoryWrites: ...
    @property
    def period_boards(self) -> PeriodRanking: ...


class RecoveryPorts(Protocol):
    settings: Settings
    clock: Clock

    @property
    def leases(self) -> Leases: ...
    @property
    def sync_queue(self) -> WorkQueue: ...
    @property
    def saving(self) -> BoardRecovery: ...
    @property
    def counters(self) -> CounterScan: ...
    @property
    def period_boards(self) -> PeriodRanking: ...


class SessionPorts(JoiningPorts, Protocol):
    settings: Settings
    clock: Clock

    @property
    def play(self) -> LiveSessions: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def players(self) -> SignIns: ...
    @property
    def referrals(self) -> ReferralCredits: ...


class AsyncSessionPorts(SessionPorts, KeepUnreadPorts, Protocol):
    @property
    def inbox(self) -> OpeningInbox: ...
    @property
    def kept_accounts(self) -> KeptAccounts: ...
    @property
    def pipelined_accounts(self) -> PipelinedAccounts: ...
    @property
    def pipelined_play(self) -> PipelinedSessions: ...


class EndPorts(Protocol):
    @property
    def play(self) -> SessionEnds: ...


class ChatTapPorts(NotifyPorts, Protocol):
    settings: Settings
    clock: Clock

    @property
    def inbox(self) -> NewNotices: ...
    @property
    def limiter(self) -> CallLimiter: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def outbox(self) -> Outgoing: ...
    @property
    def outbox_queue(self) -> SenderWakes: ...
    @property
    def play(self) -> LiveChatTaps: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def players(self) -> SignIns: ...
    @property
    def referrals(self) -> ReferralCredits: ...


class ButtonPorts(Protocol):
    settings: Settings
    clock: Clock


class ButtonStatePorts(Protocol):
    @property
    def play(self) -> ButtonStates: ...
