"""What duels need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from tapstack.duels.model import Duel, State, TalkedDuel
from tapstack.economy.model import SharedChange
from tapstack.economy.ports import CommandPorts, CreditPorts, SavedTaps, Wallets
from tapstack.http.ports import CallLimiter
from tapstack.live.ports import LivePorts
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Claims
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter
from tapstack.play.ports import WorkQueue
from tapstack.players.model import Player
from tapstack.players.ports import InvitePorts, TitledPlayers
from tapstack.telegram.ports import BotNameCache, BotNames, Outgoing, SenderWakes

# -- stores --


class Duels(Protocol):
    """Raises StoreUnavailable."""

    def get(self, duel_id: str) -> Duel | None: ...
    def offer(self, duel: Duel) -> bool: ...
    def move(self, duel: Duel, before: State) -> bool: ...
    def changed(self, duel: Duel, before: State | None) -> SharedChange: ...
    def due(self, now_ms: int) -> Iterator[str]: ...
    def put_off(self, duel_id: str, at_ms: int) -> None: ...


class AllDuels(Duels, Protocol):
    """Those of the chat, too."""

    def talk(self, of: TalkedDuel) -> None: ...
    def talked(self, now_ms: int) -> Iterator[str]: ...
    def put_off_talked(self, duel_id: str, at_ms: int) -> None: ...
    def talked_of(self, duel_id: str) -> TalkedDuel | None: ...
    def talk_over(self, duel_id: str) -> None: ...


class LiveTaps(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class Faces(TitledPlayers, Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class StakedWallets(Wallets, Protocol):
    def causes(self, player_id: str, prefix: str) -> list[str]: ...


# -- bundles --


class EndDuelPorts(LivePorts, Protocol):
    """To end a duel."""

    settings: Settings

    @property
    def duels(self) -> Duels: ...
    @property
    def saving(self) -> LiveTaps: ...
    @property
    def counters(self) -> SavedTaps: ...


class PayDuelPorts(CreditPorts, EndDuelPorts, Protocol):
    """To end those that are due, and to pay what they have brought."""


class ForgetDuelPorts(PayDuelPorts, Protocol):
    """To end those of a player who is erased."""

    @property
    def wallets(self) -> StakedWallets: ...


class ExportDuelPorts(Protocol):
    """To give a player what duels keep of them."""

    @property
    def duels(self) -> Duels: ...


class DuelPorts(CommandPorts, PayDuelPorts, Protocol):
    """To duel."""

    @property
    def players(self) -> Faces: ...


class TalkPorts(DuelPorts, Protocol):
    """To duel in the chat."""

    settings: Settings

    @property
    def leases(self) -> Claims: ...
    @property
    def duels(self) -> AllDuels: ...
    @property
    def sync_queue(self) -> WorkQueue: ...
    @property
    def conversation_cache(self) -> BotNames: ...
    @property
    def outbox(self) -> Outgoing: ...
    @property
    def outbox_queue(self) -> SenderWakes: ...


class SettlePorts(TalkPorts, Protocol):
    """To tell of those that are over."""


class DuelScenePorts(InvitePorts, TalkPorts, Protocol):
    """To duel in a private chat."""

    clock: Clock
    settings: Settings

    @property
    def limiter(self) -> CallLimiter: ...
    @property
    def conversation_cache(self) -> BotNameCache: ...
    @property
    def outbox(self) -> Outgoing: ...
