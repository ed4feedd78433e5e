"""What the services ask of the world. The composition root (bootstrap.py) and the tests' fakes provide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tapstack.admin.dynamo_metrics import MetricsStore
    from tapstack.admin.redis_admin import RedisAdmin
    from tapstack.audit.dynamo_audit import AuditStore
    from tapstack.broadcasts.dynamo_broadcasts import BroadcastStore
    from tapstack.leaderboards.dynamo_archive import ArchiveStore
    from tapstack.leaderboards.redis_all_time import RedisAllTimeBoard
    from tapstack.leaderboards.redis_periods import RedisPeriodBoards
    from tapstack.leaderboards.redis_published import PublishedBoards
    from tapstack.moderation.redis_moderation import RedisModeration
    from tapstack.platform.clock import Clock
    from tapstack.platform.paging import Cursors
    from tapstack.platform.redis_leases import RedisLeases
    from tapstack.platform.redis_limiter import Limiter
    from tapstack.platform.settings import Settings
    from tapstack.play.dynamo_counters import CounterStore
    from tapstack.play.redis_play import RedisPlay
    from tapstack.play.redis_saving import RedisSaving
    from tapstack.play.sqs_sync import SyncQueue
    from tapstack.players.dynamo_player_index import PlayerIndex
    from tapstack.players.dynamo_players import PlayerStore
    from tapstack.players.dynamo_referrals import ReferralStore
    from tapstack.privacy.dynamo_erasures import ErasureStore
    from tapstack.privacy.redis_erasure import RedisErasure
    from tapstack.telegram.dynamo_conversations import ConversationStore
    from tapstack.telegram.dynamo_messages import MessageStore
    from tapstack.telegram.redis_conversations import RedisConversations
    from tapstack.telegram.redis_outbox import Outbox
    from tapstack.telegram.sqs_outbox import OutboxQueue


class Stores(Protocol):
    """The game's stores, each built when it is first asked for: a click asks for DynamoDB only in need."""

    settings: Settings
    clock: Clock

    @property
    def cursors(self) -> Cursors: ...
    @property
    def leases(self) -> RedisLeases: ...
    @property
    def play(self) -> RedisPlay: ...
    @property
    def saving(self) -> RedisSaving: ...
    @property
    def all_time_board(self) -> RedisAllTimeBoard: ...
    @property
    def limiter(self) -> Limiter: ...
    @property
    def counters(self) -> CounterStore: ...
    @property
    def players(self) -> PlayerStore: ...
    @property
    def player_index(self) -> PlayerIndex: ...
    @property
    def erasures(self) -> ErasureStore: ...
    @property
    def live_moderation(self) -> RedisModeration: ...
    @property
    def live_erasure(self) -> RedisErasure: ...
    @property
    def metrics(self) -> MetricsStore: ...
    @property
    def live_admin(self) -> RedisAdmin: ...
    @property
    def referrals(self) -> ReferralStore: ...
    @property
    def period_boards(self) -> RedisPeriodBoards: ...
    @property
    def published_boards(self) -> PublishedBoards: ...
    @property
    def archive(self) -> ArchiveStore: ...
    @property
    def messages(self) -> MessageStore: ...
    @property
    def audit(self) -> AuditStore: ...
    @property
    def sync_queue(self) -> SyncQueue: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def broadcasts(self) -> BroadcastStore: ...
    @property
    def conversation_cache(self) -> RedisConversations: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def outbox_queue(self) -> OutboxQueue: ...
