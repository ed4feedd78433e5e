"""What the services ask of the world. The composition root (bootstrap.py) and the tests' fakes provide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tapstack.clock import Clock
    from tapstack.config import Settings
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


class Stores(Protocol):
    """The game's stores, each built when it is first asked for: a click asks for DynamoDB only in need."""

    settings: Settings
    clock: Clock

    @property
    def cursors(self) -> Cursors: ...
    @property
    def hot(self) -> HotStore: ...
    @property
    def hot_sync(self) -> HotSync: ...
    @property
    def hot_board(self) -> HotBoard: ...
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
    def hot_desk(self) -> HotDesk: ...
    @property
    def referrals(self) -> ReferralStore: ...
    @property
    def hot_periods(self) -> HotPeriods: ...
    @property
    def boards(self) -> BoardStore: ...
    @property
    def messages(self) -> MessageStore: ...
    @property
    def desk(self) -> DeskStore: ...
    @property
    def queue(self) -> SyncQueue: ...
    @property
    def chats(self) -> ChatStore: ...
    @property
    def broadcasts(self) -> BroadcastStore: ...
    @property
    def hot_chats(self) -> HotChats: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def outbox_queue(self) -> OutboxQueue: ...
