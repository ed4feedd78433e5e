"""What the game's bot needs: a bundle for each of its screens, and one for the router, which serves every scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tapstack.broadcasts.ports import DeliveryPorts
from tapstack.cards.ports import PicturePorts
from tapstack.duels.ports import AllDuels, DuelScenePorts, TalkPorts
from tapstack.economy.ports import PlayedWallets
from tapstack.factions.ports import AllFactions, FactionScenePorts, PlayedBoards
from tapstack.factions.ports import SavedCounters as ManyCounters
from tapstack.goals.ports import GoalScenePorts
from tapstack.groups.ports import Faces, Groups, GroupTapPorts, PanelPorts
from tapstack.heists.ports import AllHeists, AllLive
from tapstack.heists.ports import AnswerPorts as HeistAnswerPorts
from tapstack.heists.ports import ClaimPorts as HeistClaimPorts
from tapstack.heists.ports import OpenPorts as HeistOpenPorts
from tapstack.heists.ports import ScenePorts as HeistScenePorts
from tapstack.http.ports import CallLimiter
from tapstack.inbox.ports import NewNotices, NoticePorts, OwnInbox
from tapstack.leaderboards.ports import BoardPorts, BoardScenePorts, ChatMetricBoards, OwnRankPorts, Ranking
from tapstack.league.ports import LeagueScenePorts, Profiles, ReadableSeats
from tapstack.notifications.ports import NotificationScenePorts
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Claims, Leases
from tapstack.platform.settings import Settings
from tapstack.play.ports import (
    ButtonStatePorts,
    ButtonStates,
    ChatTapPorts,
    LiveChatTaps,
    LiveSessions,
    PlayerLoading,
    SavedCounters,
    SessionHistory,
    SessionPorts,
    SignIns,
)
from tapstack.players.model import Player
from tapstack.players.ports import (
    ClickPorts,
    InvitePorts,
    LanguageChoices,
    LiveClicks,
    Naming,
    NamingPorts,
    SettingsPorts,
    TitledPlayers,
    UsernamePorts,
    Usernames,
)
from tapstack.privacy.ports import ForgettingPeriodBoards, PrivacyPorts
from tapstack.raids.ports import RaidScenePorts
from tapstack.rallies.ports import AllRallies, GroupBeginPorts, RallyScenePorts
from tapstack.telegram.model import CachedUser
from tapstack.telegram.ports import (
    AskNamePorts,
    BotNameCache,
    ContextPorts,
    Conversations,
    ConversePorts,
    DispatchPorts,
    Outbox,
    Outgoing,
    SenderPorts,
)

# -- stores --


class UserCache(BotNameCache, Protocol):
    """What a callback query needs of a user, without DynamoDB."""

    def user(self, user_id: int) -> CachedUser | None: ...
    def keep_user(self, user_id: int, user: CachedUser) -> None: ...
    def forget(self, user_id: int) -> None: ...


class DelayedOutgoing(Outgoing, Protocol):
    def put_later(self, call: dict[str, Any], delay_ms: int) -> None: ...


class LivePlayers(PlayerLoading, LiveClicks, Protocol): ...


class LiveScores(LiveSessions, LiveClicks, Protocol): ...


class LiveChat(LiveChatTaps, ButtonStates, LiveClicks, Protocol): ...


class NamedSignIns(SignIns, Usernames, Protocol): ...


class NamedFaces(NamedSignIns, Faces, Protocol): ...


class BotPeriodBoards(Ranking, ForgettingPeriodBoards, Protocol): ...


class BotAccounts(NamedFaces, Naming, LanguageChoices, Profiles, TitledPlayers, Protocol): ...


class BotCounters(SessionHistory, ManyCounters, Protocol): ...


# -- screens --


class ProfilePorts(ContextPorts, OwnRankPorts, ClickPorts, Protocol):
    @property
    def play(self) -> LivePlayers: ...
    @property
    def counters(self) -> SavedCounters: ...


class HomePorts(BoardScenePorts, ClickPorts, Protocol):
    @property
    def play(self) -> LivePlayers: ...
    @property
    def counters(self) -> SavedCounters: ...


class BotInbox(NewNotices, OwnInbox, Protocol): ...


class TapScenePorts(ContextPorts, ChatTapPorts, ButtonStatePorts, BoardPorts, ClickPorts, Protocol):
    @property
    def play(self) -> LiveChat: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def players(self) -> NamedSignIns: ...
    @property
    def leases(self) -> Claims: ...


class TapCallbackPorts(ChatTapPorts, DispatchPorts, Protocol):
    """To count a tap in the chat, and show it."""

    @property
    def conversations(self) -> Conversations: ...
    @property
    def conversation_cache(self) -> UserCache: ...
    @property
    def outbox(self) -> DelayedOutgoing: ...


class GroupPorts(TapCallbackPorts, GroupTapPorts, PanelPorts, BoardPorts, AskNamePorts, Protocol):
    """To serve a group: its commands, its tap button, and its greeting."""

    @property
    def limiter(self) -> CallLimiter: ...
    @property
    def leases(self) -> Claims: ...
    @property
    def players(self) -> NamedFaces: ...
    @property
    def conversation_cache(self) -> UserCache: ...
    @property
    def groups(self) -> Groups: ...


class HeistGroupPorts(GroupPorts, HeistOpenPorts, HeistAnswerPorts, HeistClaimPorts, Protocol):
    """To run a heist in a group."""

    @property
    def leases(self) -> Leases: ...
    @property
    def players(self) -> BotAccounts: ...
    @property
    def heists(self) -> AllHeists: ...
    @property
    def live_heists(self) -> AllLive: ...


class RallyGroupPorts(GroupPorts, GroupBeginPorts, Protocol):
    """To run a rally in a group."""

    @property
    def leases(self) -> Claims: ...
    @property
    def players(self) -> BotAccounts: ...
    @property
    def counters(self) -> BotCounters: ...
    @property
    def outbox(self) -> DelayedOutgoing: ...


class DuelGroupPorts(GroupPorts, TalkPorts, Protocol):
    """To duel in a group."""

    settings: Settings

    @property
    def leases(self) -> Claims: ...
    @property
    def players(self) -> BotAccounts: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def conversation_cache(self) -> UserCache: ...
    @property
    def outbox(self) -> DelayedOutgoing: ...


class ScoreCardPorts(OwnRankPorts, ClickPorts, AskNamePorts, Protocol):
    @property
    def play(self) -> LivePlayers: ...
    @property
    def counters(self) -> SavedCounters: ...


class PictureCardPorts(ScoreCardPorts, PicturePorts, Protocol): ...


class SharePorts(PictureCardPorts, Protocol):
    @property
    def limiter(self) -> CallLimiter: ...
    @property
    def conversations(self) -> Conversations: ...


class InlinePorts(ScoreCardPorts, SessionPorts, Protocol):
    @property
    def outbox(self) -> Outgoing: ...
    @property
    def play(self) -> LiveScores: ...
    @property
    def counters(self) -> SessionHistory: ...
    @property
    def players(self) -> NamedSignIns: ...


class Milestones(Protocol):
    """What players were last seen at."""

    def known(self, player_ids: Sequence[str]) -> dict[str, int]: ...
    def keep(self, reached: Mapping[str, int]) -> None: ...


class ManyAccounts(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...


class MilestonePorts(DispatchPorts, NoticePorts, Protocol):
    """To tell players of their milestones."""

    clock: Clock

    @property
    def milestones(self) -> Milestones: ...
    @property
    def players(self) -> ManyAccounts: ...
    @property
    def conversations(self) -> Conversations: ...


# -- the whole bot --


class OutboxPorts(SenderPorts, DeliveryPorts, UsernamePorts, Protocol):
    """To send what waits in the outbox."""

    @property
    def outbox(self) -> Outbox: ...


class BotPorts(
    InlinePorts,
    TapScenePorts,
    HeistGroupPorts,
    RallyGroupPorts,
    DuelGroupPorts,
    HeistScenePorts,
    HomePorts,
    LeagueScenePorts,
    GoalScenePorts,
    FactionScenePorts,
    RallyScenePorts,
    DuelScenePorts,
    RaidScenePorts,
    InvitePorts,
    NamingPorts,
    SettingsPorts,
    NotificationScenePorts,
    PrivacyPorts,
    ConversePorts,
    Protocol,
):
    """Everything that an update may take."""

    @property
    def leases(self) -> Leases: ...
    @property
    def metric_boards(self) -> ChatMetricBoards: ...
    @property
    def play(self) -> LiveChat: ...
    @property
    def counters(self) -> BotCounters: ...
    @property
    def players(self) -> BotAccounts: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def conversation_cache(self) -> UserCache: ...
    @property
    def inbox(self) -> BotInbox: ...
    @property
    def outbox(self) -> DelayedOutgoing: ...
    @property
    def wallets(self) -> PlayedWallets: ...
    @property
    def heists(self) -> AllHeists: ...
    @property
    def live_heists(self) -> AllLive: ...
    @property
    def live_league(self) -> ReadableSeats: ...
    @property
    def period_boards(self) -> BotPeriodBoards: ...
    @property
    def factions(self) -> AllFactions: ...
    @property
    def live_factions(self) -> PlayedBoards: ...
    @property
    def rallies(self) -> AllRallies: ...
    @property
    def duels(self) -> AllDuels: ...
