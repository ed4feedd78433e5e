"""The composition root: builds every client once per container, when it is first needed.

Importing this module needs no environment, opens no socket, and loads neither boto3 nor PynamoDB: functions that
only touch Redis never pay for them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

from tapstack.platform.clock import Clock, system_clock
from tapstack.platform.logs import protect, secrets_of
from tapstack.platform.settings import Settings

if TYPE_CHECKING:
    from tapstack.admin.dynamo_metrics import MetricsStore
    from tapstack.admin.dynamo_migrations import RawItems
    from tapstack.admin.dynamo_seeding import SeededAccounts
    from tapstack.admin.redis_admin import RedisAdmin
    from tapstack.admin.redis_migrations import RedisCheckpoints
    from tapstack.audit.dynamo_audit import AuditStore
    from tapstack.bot.redis_milestones import RedisMilestones
    from tapstack.broadcasts.dynamo_broadcasts import BroadcastStore
    from tapstack.duels.dynamo_duels import DuelStore
    from tapstack.economy.catalogues import Catalogues
    from tapstack.economy.deciding import Chance
    from tapstack.economy.dynamo_audit import EconomyAuditStore
    from tapstack.economy.dynamo_commons import CommonsStore
    from tapstack.economy.dynamo_wallet_pages import WalletPages
    from tapstack.economy.dynamo_wallets import WalletStore
    from tapstack.economy.season_dates import SeasonDates
    from tapstack.factions.dynamo_factions import FactionStore
    from tapstack.factions.redis_factions import RedisFactions
    from tapstack.goals.redis_goals import RedisGoals
    from tapstack.groups.dynamo_groups import GroupStore
    from tapstack.groups.redis_group_taps import RedisGroupTaps
    from tapstack.heists.dynamo_heists import HeistStore
    from tapstack.heists.redis_heists import RedisHeists
    from tapstack.inbox.dynamo_inbox import InboxStore
    from tapstack.inbox.redis_unread import RedisUnread
    from tapstack.leaderboards.board_cache import BoardCache
    from tapstack.leaderboards.dynamo_archive import ArchiveStore
    from tapstack.leaderboards.redis_all_time import PipelinedAllTimeBoard, RedisAllTimeBoard
    from tapstack.leaderboards.redis_completion import RedisCompletion
    from tapstack.leaderboards.redis_metrics import RedisMetricBoards
    from tapstack.leaderboards.redis_periods import RedisPeriodBoards
    from tapstack.leaderboards.redis_published import PublishedBoards
    from tapstack.leaderboards.riding import RecentBoards
    from tapstack.league.dynamo_league import LeagueStore
    from tapstack.league.redis_league import RedisLeague
    from tapstack.live.dynamo_chat_moderation import ChatModerationStore
    from tapstack.live.ports import Door, Sockets, TextLimit
    from tapstack.live.publishing import Publisher
    from tapstack.live.redis_rooms import RedisConnections, RedisRooms
    from tapstack.moderation.redis_moderation import RedisModeration
    from tapstack.notifications.redis_reminders import RedisReminders
    from tapstack.platform.dynamo_tables import Tables
    from tapstack.platform.paging import Cursors
    from tapstack.platform.redis_leases import RedisLeases
    from tapstack.platform.redis_limiter import Limiter, PipelinedLimiter
    from tapstack.platform.redis_pipeline import Pipeline
    from tapstack.play.dynamo_counters import CounterStore
    from tapstack.play.redis_paid_taps import RedisPaidTaps
    from tapstack.play.redis_pipelined_play import PipelinedPlay
    from tapstack.play.redis_play import RedisPlay
    from tapstack.play.redis_saving import RedisSaving
    from tapstack.play.sqs_sync import SyncQueue
    from tapstack.players.dynamo_player_index import PlayerIndex
    from tapstack.players.dynamo_players import PlayerStore
    from tapstack.players.dynamo_referrals import ReferralStore
    from tapstack.players.redis_kept_accounts import PipelinedAccounts, RedisKeptAccounts
    from tapstack.privacy.dynamo_erasures import ErasureStore
    from tapstack.privacy.redis_erasure import RedisErasure
    from tapstack.rallies.dynamo_rallies import RallyStore
    from tapstack.telegram.dynamo_conversations import ConversationStore
    from tapstack.telegram.dynamo_messages import MessageStore
    from tapstack.telegram.redis_conversations import RedisConversations
    from tapstack.telegram.redis_outbox import Outbox
    from tapstack.telegram.sqs_outbox import OutboxQueue


OPERATOR_CURSOR_KEY = "cursors of the command line"
"""No secret: a cursor is signed against players who would make one up, and an operator may read everything."""


class Container:
    """Everything a function may need, made from settings on first use."""

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        self.settings = settings
        self.clock = clock

    @cached_property
    def redis(self) -> Any:
        from tapstack.platform.redis_connect import connect

        return connect(self.settings)

    @cached_property
    def cursors(self) -> Cursors:
        from tapstack.platform.paging import Cursors

        return Cursors(lambda: self.settings.http.token_signing_keys)

    @cached_property
    def live(self) -> Publisher:
        from tapstack.live.publishing import Publisher

        return Publisher(self)

    @cached_property
    def doors(self) -> Mapping[str, Door]:
        """Who may be in which room, by the kind of the room: a kind that is not here has no rooms."""
        from tapstack.factions.access import may_enter, room_of
        from tapstack.live.doors import OpenDoor

        doors: dict[str, Door] = {
            "faction": lambda player_id, key: may_enter(self, player_id, room_of(key)),
            "heist": OpenDoor(lambda key: self.heists.get(key) is not None),
            "rally": OpenDoor(lambda key: self.rallies.get(key) is not None),
            "duel": OpenDoor(lambda key: self.duels.get(key) is not None),
        }
        return {**doors, "lobby": lambda _, key: key == "main"} if self.settings.live.open_lobby else doors

    @cached_property
    def text_limits(self) -> Mapping[str, TextLimit]:
        """How long a message may be, by the kind of the room; in others as usual."""
        from tapstack.factions.changing import longest_message

        return {"faction": lambda key: longest_message(self, key)}

    @cached_property
    def rooms(self) -> RedisRooms:
        from tapstack.live.redis_rooms import RedisRooms

        return RedisRooms(self.redis, lambda: self.settings.live.pushes_per_s)

    @cached_property
    def connections(self) -> RedisConnections:
        from tapstack.live.redis_rooms import RedisConnections

        return RedisConnections(self.redis)

    @cached_property
    def sockets(self) -> Sockets:
        endpoint = self.settings.live.socket_endpoint
        if not endpoint:
            from tapstack.live.nobody import NoSockets

            return NoSockets()
        from tapstack.live.api_gateway import ApiGatewaySockets

        return ApiGatewaySockets(endpoint, os.environ.get("AWS_REGION", "us-east-1"))

    @cached_property
    def chat_moderation(self) -> ChatModerationStore:
        from tapstack.live.dynamo_chat_moderation import ChatModerationStore

        return ChatModerationStore(self.tables)

    @cached_property
    def leases(self) -> RedisLeases:
        from tapstack.platform.redis_leases import RedisLeases

        return RedisLeases(self.redis)

    @cached_property
    def play(self) -> RedisPlay:
        from tapstack.play.redis_play import RedisPlay

        return RedisPlay(self.redis, self.settings.play)

    @cached_property
    def pipeline(self) -> Pipeline | None:
        """For the event loop of a runtime that has one; None where the settings name no single node."""
        from tapstack.platform.redis_pipeline import pipeline_to

        return pipeline_to(self.settings.redis)

    @cached_property
    def pipelined_play(self) -> PipelinedPlay:
        from tapstack.play.redis_pipelined_play import PipelinedPlay

        assert self.pipeline  # noqa: S101 - who serves on an event loop has asked
        return PipelinedPlay(self.pipeline, self.settings.play)

    @cached_property
    def paid_taps(self) -> RedisPaidTaps:
        from tapstack.play.redis_paid_taps import RedisPaidTaps

        return RedisPaidTaps(self.redis, self.settings.play, self.clock)

    @cached_property
    def saving(self) -> RedisSaving:
        from tapstack.play.redis_saving import RedisSaving

        return RedisSaving(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def all_time_board(self) -> RedisAllTimeBoard:
        from tapstack.leaderboards.redis_all_time import RedisAllTimeBoard

        return RedisAllTimeBoard(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def pipelined_all_time_board(self) -> PipelinedAllTimeBoard:
        from tapstack.leaderboards.redis_all_time import PipelinedAllTimeBoard

        assert self.pipeline  # noqa: S101
        return PipelinedAllTimeBoard(self.pipeline, buckets=self.settings.play.buckets)

    @cached_property
    def limiter(self) -> Limiter:
        from tapstack.platform.redis_limiter import Limiter

        return Limiter(lambda: self.redis, lambda: self.settings.http.token_signing_keys)

    @cached_property
    def pipelined_limiter(self) -> PipelinedLimiter:
        from tapstack.platform.redis_limiter import PipelinedLimiter

        assert self.pipeline  # noqa: S101
        return PipelinedLimiter(self.pipeline, lambda: self.settings.http.token_signing_keys)

    @cached_property
    def tables(self) -> Tables:
        from tapstack.platform.dynamo_tables import Tables

        return Tables(self.settings.tables.name_of)

    @cached_property
    def counters(self) -> CounterStore:
        from tapstack.play.dynamo_counters import CounterStore

        return CounterStore(self.tables)

    @cached_property
    def players(self) -> PlayerStore:
        from tapstack.players.dynamo_players import PlayerStore

        return PlayerStore(self.tables, self.kept_accounts, self.clock)

    @cached_property
    def player_index(self) -> PlayerIndex:
        from tapstack.players.dynamo_player_index import PlayerIndex

        return PlayerIndex(self.players, self.cursors)

    @cached_property
    def erasures(self) -> ErasureStore:
        from tapstack.privacy.dynamo_erasures import ErasureStore

        return ErasureStore(self.tables, self.kept_accounts)

    @cached_property
    def live_admin(self) -> RedisAdmin:
        from tapstack.admin.redis_admin import RedisAdmin

        return RedisAdmin(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def live_moderation(self) -> RedisModeration:
        from tapstack.moderation.redis_moderation import RedisModeration

        return RedisModeration(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def live_erasure(self) -> RedisErasure:
        from tapstack.privacy.redis_erasure import RedisErasure

        return RedisErasure(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def metrics(self) -> MetricsStore:
        from tapstack.admin.dynamo_metrics import MetricsStore

        return MetricsStore(self.tables)

    @cached_property
    def seeded_accounts(self) -> SeededAccounts:
        from tapstack.admin.dynamo_seeding import SeededAccounts

        return SeededAccounts(self.tables)

    @cached_property
    def referrals(self) -> ReferralStore:
        from tapstack.players.dynamo_referrals import ReferralStore

        return ReferralStore(self.tables, self.kept_accounts)

    @cached_property
    def period_boards(self) -> RedisPeriodBoards:
        from tapstack.leaderboards.redis_periods import RedisPeriodBoards

        return RedisPeriodBoards(self.redis, buckets=self.settings.play.buckets, seasons=lambda: self.seasons.all())

    @cached_property
    def metric_boards(self) -> RedisMetricBoards:
        from tapstack.leaderboards.redis_metrics import RedisMetricBoards

        return RedisMetricBoards(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def board_completion(self) -> RedisCompletion:
        from tapstack.leaderboards.redis_completion import RedisCompletion

        return RedisCompletion(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def published_boards(self) -> PublishedBoards:
        from tapstack.leaderboards.redis_published import PublishedBoards

        return PublishedBoards(self.redis)

    @cached_property
    def recent_boards(self) -> RecentBoards:
        from tapstack.leaderboards.riding import RecentBoards

        return RecentBoards()

    @cached_property
    def board_cache(self) -> BoardCache:
        from tapstack.leaderboards.board_cache import BoardCache

        return BoardCache()

    @cached_property
    def archive(self) -> ArchiveStore:
        from tapstack.leaderboards.dynamo_archive import ArchiveStore

        return ArchiveStore(self.tables, self.cursors)

    @cached_property
    def league(self) -> LeagueStore:
        from tapstack.league.dynamo_league import LeagueStore

        return LeagueStore(self.tables)

    @cached_property
    def live_league(self) -> RedisLeague:
        from tapstack.league.redis_league import RedisLeague

        return RedisLeague(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def groups(self) -> GroupStore:
        from tapstack.groups.dynamo_groups import GroupStore

        return GroupStore(self.tables)

    @cached_property
    def group_taps(self) -> RedisGroupTaps:
        from tapstack.groups.redis_group_taps import RedisGroupTaps

        return RedisGroupTaps(self.redis)

    @cached_property
    def heists(self) -> HeistStore:
        from tapstack.heists.dynamo_heists import HeistStore

        return HeistStore(self.tables)

    @cached_property
    def live_heists(self) -> RedisHeists:
        from tapstack.heists.redis_heists import RedisHeists

        return RedisHeists(self.redis)

    @cached_property
    def wallets(self) -> WalletStore:
        from tapstack.economy.dynamo_wallets import WalletStore

        return WalletStore(self.tables)

    @cached_property
    def wallet_pages(self) -> WalletPages:
        from tapstack.economy.dynamo_wallet_pages import WalletPages

        return WalletPages(self.tables)

    @cached_property
    def commons(self) -> CommonsStore:
        from tapstack.economy.dynamo_commons import CommonsStore

        return CommonsStore(self.tables)

    @cached_property
    def factions(self) -> FactionStore:
        from tapstack.factions.dynamo_factions import FactionStore

        return FactionStore(self.commons)

    @cached_property
    def kept_accounts(self) -> RedisKeptAccounts:
        from tapstack.players.redis_kept_accounts import RedisKeptAccounts

        return RedisKeptAccounts(self.redis)

    @cached_property
    def pipelined_accounts(self) -> PipelinedAccounts:
        from tapstack.players.redis_kept_accounts import PipelinedAccounts

        assert self.pipeline  # noqa: S101
        return PipelinedAccounts(self.pipeline)

    @cached_property
    def live_factions(self) -> RedisFactions:
        from tapstack.factions.redis_factions import RedisFactions

        return RedisFactions(self.redis)

    @cached_property
    def catalogues(self) -> Catalogues:
        from tapstack.economy.catalogues import Catalogues

        return Catalogues(self.commons, self.clock)

    @cached_property
    def seasons(self) -> SeasonDates:
        from tapstack.economy.season_dates import SeasonDates

        return SeasonDates(self.catalogues)

    @cached_property
    def chance(self) -> Chance:
        from tapstack.economy.deciding import Chance

        return Chance(self.commons.chance_key(os.urandom(32)))

    @cached_property
    def live_goals(self) -> RedisGoals:
        from tapstack.goals.redis_goals import RedisGoals

        return RedisGoals(self.redis, self.settings.play, self.clock)

    @cached_property
    def rallies(self) -> RallyStore:
        from tapstack.rallies.dynamo_rallies import RallyStore

        return RallyStore(self.commons)

    @cached_property
    def duels(self) -> DuelStore:
        from tapstack.duels.dynamo_duels import DuelStore

        return DuelStore(self.commons)

    @cached_property
    def kept_unread(self) -> RedisUnread:
        from tapstack.inbox.redis_unread import RedisUnread

        return RedisUnread(self.redis)

    @cached_property
    def inbox(self) -> InboxStore:
        from tapstack.inbox.dynamo_inbox import InboxStore

        return InboxStore(self.tables, self.kept_unread)

    @cached_property
    def messages(self) -> MessageStore:
        from tapstack.telegram.dynamo_messages import MessageStore

        return MessageStore(self.tables, self.cursors)

    @cached_property
    def audit(self) -> AuditStore:
        from tapstack.audit.dynamo_audit import AuditStore

        return AuditStore(self.tables)

    @cached_property
    def conversations(self) -> ConversationStore:
        from tapstack.telegram.dynamo_conversations import ConversationStore

        return ConversationStore(self.tables)

    @cached_property
    def broadcasts(self) -> BroadcastStore:
        from tapstack.broadcasts.dynamo_broadcasts import BroadcastStore

        return BroadcastStore(self.tables)

    @cached_property
    def conversation_cache(self) -> RedisConversations:
        from tapstack.telegram.redis_conversations import RedisConversations

        return RedisConversations(self.redis)

    @cached_property
    def milestones(self) -> RedisMilestones:
        from tapstack.bot.redis_milestones import RedisMilestones

        return RedisMilestones(self.redis)

    @cached_property
    def reminders(self) -> RedisReminders:
        from tapstack.notifications.redis_reminders import RedisReminders

        return RedisReminders(self.redis, buckets=self.settings.play.buckets)

    @cached_property
    def outbox(self) -> Outbox:
        from tapstack.telegram.redis_outbox import Outbox

        return Outbox(self.redis, per_s=self.settings.telegram.outbox_per_s)

    @cached_property
    def outbox_queue(self) -> OutboxQueue:
        from tapstack.platform.sqs import sqs_client
        from tapstack.telegram.sqs_outbox import OutboxQueue

        of = self.settings.telegram
        return OutboxQueue(sqs_client(), lambda: of.outbox_queue_url, lambda: of.outbox_dead_letter_queue_url)

    @cached_property
    def raw_tables(self) -> RawItems:
        from tapstack.admin.dynamo_migrations import RawItems

        return RawItems(self.tables)

    @cached_property
    def migration_checkpoints(self) -> RedisCheckpoints:
        from tapstack.admin.redis_migrations import RedisCheckpoints

        return RedisCheckpoints(self.redis)

    @cached_property
    def sync_queue(self) -> SyncQueue:
        from tapstack.platform.sqs import sqs_client
        from tapstack.play.sqs_sync import SyncQueue

        of = self.settings.play
        return SyncQueue(sqs_client(), lambda: of.sync_queue_url, lambda: of.sync_dead_letter_queue_url)


class OperatorContainer(Container):
    """A container for the command line, which holds none of the game's secrets."""

    @cached_property
    def cursors(self) -> Cursors:
        from tapstack.platform.paging import Cursors

        return Cursors(lambda: (OPERATOR_CURSOR_KEY,))

    @cached_property
    def sockets(self) -> Sockets:
        """Signed as all else that an operator asks of AWS: their environment need hold neither a key nor AWS_REGION."""
        endpoint = self.settings.live.socket_endpoint
        if not endpoint:
            return super().sockets
        from tapstack.live.api_gateway import ApiGatewaySockets
        from tapstack.platform import discovery

        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION", "us-east-1")
        return ApiGatewaySockets(endpoint, region, discovery.credentials())

    @cached_property
    def economy_audit(self) -> EconomyAuditStore:
        from tapstack.economy.dynamo_audit import EconomyAuditStore

        return EconomyAuditStore(self.tables)


_lock = RLock()
_container: Container | None = None


def container() -> Container:
    """The container of this process; raises ConfigError when the environment can't run the game."""
    global _container
    if _container is None:
        with _lock:
            if _container is None:
                settings = Settings.from_env(os.environ)
                protect(secrets_of(settings, os.environ))
                _container = Container(settings)
    return _container


def use(replacement: Container | None) -> None:
    """Puts a container in the place of this process's own: for tests and tools."""
    global _container
    _container = replacement
