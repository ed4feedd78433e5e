"""The composition root: builds every client once per container, when it is first needed.

Importing this module needs no environment, opens no socket, and loads neither boto3 nor PynamoDB: functions that
only touch Redis never pay for them.
"""

from __future__ import annotations

import os
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

from tapstack.clock import Clock, system_clock
from tapstack.config import Settings
from tapstack.logs import protect, secrets_of

if TYPE_CHECKING:
    from tapstack.domain.paging import Cursors
    from tapstack.stores.boards import BoardStore
    from tapstack.stores.broadcasts import BroadcastStore
    from tapstack.stores.chats import ChatStore
    from tapstack.stores.counters import CounterStore
    from tapstack.stores.desk import DeskStore
    from tapstack.stores.erasures import ErasureStore
    from tapstack.stores.hot import HotStore
    from tapstack.stores.hot_board import HotBoard
    from tapstack.stores.hot_chats import HotChats
    from tapstack.stores.hot_desk import HotDesk
    from tapstack.stores.hot_periods import HotPeriods
    from tapstack.stores.hot_sync import HotSync
    from tapstack.stores.limiter import Limiter
    from tapstack.stores.messages import MessageStore
    from tapstack.stores.outbox import Outbox
    from tapstack.stores.player_index import PlayerIndex
    from tapstack.stores.players import PlayerStore
    from tapstack.stores.queue import OutboxQueue, SyncQueue
    from tapstack.stores.referrals import ReferralStore
    from tapstack.stores.tables import Tables


class Container:
    """Everything a function may need, made from settings on first use."""

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        self.settings = settings
        self.clock = clock

    @cached_property
    def redis(self) -> Any:
        from tapstack.stores.redis_client import connect

        return connect(self.settings)

    @cached_property
    def cursors(self) -> Cursors:
        from tapstack.domain.paging import Cursors

        return Cursors(lambda: self.settings.token_signing_keys)

    @cached_property
    def hot(self) -> HotStore:
        from tapstack.stores.hot import HotStore

        return HotStore(self.redis, buckets=self.settings.buckets, taps_per_s=self.settings.taps_per_s)

    @cached_property
    def hot_sync(self) -> HotSync:
        from tapstack.stores.hot_sync import HotSync

        return HotSync(self.redis, buckets=self.settings.buckets)

    @cached_property
    def hot_board(self) -> HotBoard:
        from tapstack.stores.hot_board import HotBoard

        return HotBoard(self.redis, buckets=self.settings.buckets)

    @cached_property
    def limiter(self) -> Limiter:
        from tapstack.stores.limiter import Limiter

        return Limiter(lambda: self.redis, lambda: self.settings.token_signing_keys)

    @cached_property
    def tables(self) -> Tables:
        from tapstack.stores.tables import Tables

        return Tables(self.settings)

    @cached_property
    def counters(self) -> CounterStore:
        from tapstack.stores.counters import CounterStore

        return CounterStore(self.tables)

    @cached_property
    def players(self) -> PlayerStore:
        from tapstack.stores.players import PlayerStore

        return PlayerStore(self.tables, self.clock)

    @cached_property
    def player_index(self) -> PlayerIndex:
        from tapstack.stores.player_index import PlayerIndex

        return PlayerIndex(self.players, self.cursors)

    @cached_property
    def erasures(self) -> ErasureStore:
        from tapstack.stores.erasures import ErasureStore

        return ErasureStore(self.tables)

    @cached_property
    def hot_desk(self) -> HotDesk:
        from tapstack.stores.hot_desk import HotDesk

        return HotDesk(self.redis, buckets=self.settings.buckets)

    @cached_property
    def referrals(self) -> ReferralStore:
        from tapstack.stores.referrals import ReferralStore

        return ReferralStore(self.tables)

    @cached_property
    def hot_periods(self) -> HotPeriods:
        from tapstack.stores.hot_periods import HotPeriods

        return HotPeriods(self.redis, buckets=self.settings.buckets, hot_sync=self.hot_sync)

    @cached_property
    def boards(self) -> BoardStore:
        from tapstack.stores.boards import BoardStore

        return BoardStore(self.tables, self.cursors)

    @cached_property
    def messages(self) -> MessageStore:
        from tapstack.stores.messages import MessageStore

        return MessageStore(self.tables, self.clock, self.cursors)

    @cached_property
    def desk(self) -> DeskStore:
        from tapstack.stores.desk import DeskStore

        return DeskStore(self.tables)

    @cached_property
    def chats(self) -> ChatStore:
        from tapstack.stores.chats import ChatStore

        return ChatStore(self.tables)

    @cached_property
    def broadcasts(self) -> BroadcastStore:
        from tapstack.stores.broadcasts import BroadcastStore

        return BroadcastStore(self.tables)

    @cached_property
    def hot_chats(self) -> HotChats:
        from tapstack.stores.hot_chats import HotChats

        return HotChats(self.redis)

    @cached_property
    def outbox(self) -> Outbox:
        from tapstack.stores.outbox import Outbox

        return Outbox(self.redis, per_s=self.settings.outbox_per_s)

    @cached_property
    def outbox_queue(self) -> OutboxQueue:
        from tapstack.stores.queue import OutboxQueue, sqs_client

        s = self.settings
        return OutboxQueue(sqs_client(), lambda: s.outbox_queue_url, lambda: s.outbox_dead_letter_queue_url)

    @cached_property
    def queue(self) -> SyncQueue:
        from tapstack.stores.queue import SyncQueue, sqs_client

        s = self.settings
        return SyncQueue(sqs_client(), lambda: s.sync_queue_url, lambda: s.sync_dead_letter_queue_url)


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
