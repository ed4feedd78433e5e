"""All ports in memory at once, as the composition root gives the real ones."""

from __future__ import annotations

from typing import Any

from tapstack.admin.ports import HealthPorts
from tapstack.bot.ports import BotPorts, SharePorts
from tapstack.duels.dynamo_duels import DuelStore
from tapstack.duels.ports import DuelPorts
from tapstack.economy.catalogues import Catalogues
from tapstack.economy.deciding import Chance
from tapstack.economy.ports import CommandPorts, ReadWalletPorts
from tapstack.economy.season_dates import SeasonDates
from tapstack.factions.dynamo_factions import FactionStore
from tapstack.factions.ports import PayPorts, ReadFactionPorts
from tapstack.factions.ports import SearchPorts as FactionSearchPorts
from tapstack.factions.redis_factions import RedisFactions
from tapstack.goals.ports import ClaimPorts, ReadGoalsPorts
from tapstack.goals.redis_goals import RedisGoals
from tapstack.heists.ports import AnswerPorts as HeistAnswerPorts
from tapstack.heists.ports import ClaimPorts as HeistClaimPorts
from tapstack.heists.ports import ReadPorts as HeistReadPorts
from tapstack.heists.redis_heists import RedisHeists
from tapstack.http.ports import AsyncHttpPorts
from tapstack.leaderboards.board_cache import BoardCache
from tapstack.leaderboards.ports import (
    CachedBoardPorts,
    FameReadPorts,
    HistoryReadPorts,
    OwnMetricRankPorts,
    OwnPeriodRankPorts,
    OwnRankPorts,
)
from tapstack.leaderboards.redis_all_time import RedisAllTimeBoard
from tapstack.leaderboards.redis_completion import RedisCompletion
from tapstack.leaderboards.redis_metrics import RedisMetricBoards
from tapstack.leaderboards.redis_periods import RedisPeriodBoards
from tapstack.leaderboards.redis_published import PublishedBoards
from tapstack.leaderboards.riding import RecentBoards
from tapstack.league.ports import ReadLeaguePorts
from tapstack.live.ports import Door, ReportPorts, SocketPorts, TextLimit
from tapstack.live.publishing import Publisher
from tapstack.platform.calendar import Period
from tapstack.platform.clock import Clock, system_clock
from tapstack.platform.paging import Cursors
from tapstack.platform.redis_leases import RedisLeases
from tapstack.platform.settings import Settings
from tapstack.play.ports import AsyncSessionPorts, AsyncTapPorts, EndPorts
from tapstack.play.redis_paid_taps import RedisPaidTaps
from tapstack.play.redis_play import RedisPlay
from tapstack.play.redis_saving import RedisSaving
from tapstack.players.ports import AccountPorts, InvitedPorts, RenamePorts
from tapstack.privacy.ports import ExportOwnPorts, RequestOwnErasurePorts
from tapstack.raids.ports import RaidPorts
from tapstack.rallies.dynamo_rallies import RallyStore
from tapstack.rallies.ports import RallyPorts

from support.fakes.admin import MemoryLiveAdmin
from support.fakes.audit import MemoryAudit
from support.fakes.broadcasts import MemoryBroadcasts
from support.fakes.economy import MemoryCommons, MemoryPaidTaps, MemoryWallets
from support.fakes.factions import MemoryLiveFactions, provided
from support.fakes.goals import MemoryGoals
from support.fakes.groups import MemoryGroups, MemoryGroupTaps
from support.fakes.heists import MemoryHeists, MemoryLiveHeists
from support.fakes.inbox import MemoryInbox, MemoryUnread
from support.fakes.leaderboards import (
    MemoryAllTimeBoard,
    MemoryArchive,
    MemoryCompletion,
    MemoryMetricBoards,
    MemoryPeriodBoards,
    MemoryPipelinedBoard,
    MemoryPublishedBoards,
)
from support.fakes.league import MemoryLeague, MemoryLiveLeague
from support.fakes.live import MemoryChatModeration, MemoryConnections, MemoryRooms, MemorySockets
from support.fakes.platform import MemoryLeases, MemoryLimiter, MemoryPipelinedLimiter
from support.fakes.play import MemoryCounters, MemoryPipelinedPlay, MemoryPlay, MemorySaving, MemorySyncQueue
from support.fakes.players import MemoryKeptAccounts, MemoryPlayerIndex, MemoryPlayers, MemoryReferrals
from support.fakes.privacy import MemoryErasures, MemoryLiveErasure
from support.fakes.telegram import (
    MemoryConversationCache,
    MemoryConversations,
    MemoryMessages,
    MemoryMilestones,
    MemoryOutbox,
    MemoryOutboxQueue,
)
from support.game import Game, make_settings


class _Saved:
    """What both kinds of games keep in memory: all that is not live."""

    def __init__(self, clock: Clock, **settings: str) -> None:
        self.settings: Settings = make_settings("redis://unreachable.invalid", **settings)
        self.clock = clock
        self.cursors = Cursors(lambda: self.settings.http.token_signing_keys)
        self.limiter = MemoryLimiter()
        self.pipeline: object | None = "a single node"
        self.pipelined_limiter = MemoryPipelinedLimiter(self.limiter)
        self.board_cache = BoardCache()
        self.counters = MemoryCounters()
        self.players = MemoryPlayers()
        self.player_index = MemoryPlayerIndex()
        self.referrals = MemoryReferrals()
        self.erasures = MemoryErasures(self.players.accounts)
        self.archive = MemoryArchive()
        self.league = MemoryLeague()
        self.live_league = MemoryLiveLeague()
        self.groups = MemoryGroups()
        self.group_taps = MemoryGroupTaps()
        self.commons = MemoryCommons()
        self.wallets = MemoryWallets(self.commons, provide=True)
        self.factions = FactionStore(self.commons)
        self.heists = MemoryHeists(provide=True)
        self.commons.provided = provided(
            lambda: next(iter(self.players.accounts), None), lambda: Period.WEEK.number_at(clock())
        )
        self.catalogues = Catalogues(self.commons, clock)
        self.seasons = SeasonDates(self.catalogues)
        self.chance = Chance(b"of the fakes")
        self.audit = MemoryAudit()
        self.broadcasts = MemoryBroadcasts()
        self.sync_queue = MemorySyncQueue()
        self.conversations = MemoryConversations()
        self.conversation_cache = MemoryConversationCache()
        self.messages = MemoryMessages()
        self.inbox = MemoryInbox()
        self.kept_unread = MemoryUnread()
        self.rooms = MemoryRooms(clock, provide=True)
        self.connections = MemoryConnections(self.rooms)
        self.sockets = MemorySockets()
        self.chat_moderation = MemoryChatModeration()
        self.live = Publisher(self)
        self.doors: dict[str, Door] = {"lobby": lambda _, __: True}
        self.text_limits: dict[str, TextLimit] = {}
        self.outbox = MemoryOutbox()
        self.outbox_queue = MemoryOutboxQueue()
        self.milestones = MemoryMilestones()
        self.rallies = RallyStore(self.commons)
        self.duels = DuelStore(self.commons)


class MemoryPorts(_Saved):
    """Everything that a service may ask for, in memory."""

    def __init__(self, clock: Clock = system_clock, **settings: str) -> None:
        super().__init__(clock, **settings)
        self.leases = MemoryLeases()
        self.live_factions = MemoryLiveFactions()
        self.play = MemoryPlay(clock)
        self.paid_taps = MemoryPaidTaps(self.play, clock)
        self.live_goals = MemoryGoals(self.paid_taps, self.live_league)
        self.live_heists = MemoryLiveHeists(clock)
        self.pipelined_play = MemoryPipelinedPlay(self.play)
        self.saving = MemorySaving(self.play, self.players.accounts)
        self.all_time_board = MemoryAllTimeBoard(self.play)
        self.kept_accounts = self.pipelined_accounts = MemoryKeptAccounts(self.players.accounts)
        self.pipelined_all_time_board = MemoryPipelinedBoard(self.all_time_board, self.kept_accounts)
        self.metric_boards = MemoryMetricBoards()
        self.board_completion = MemoryCompletion()
        self.period_boards = MemoryPeriodBoards(self.metric_boards)
        self.published_boards = MemoryPublishedBoards()
        self.recent_boards = RecentBoards()
        self.live_admin = MemoryLiveAdmin()
        self.live_erasure = MemoryLiveErasure(self.play.live)


class RealRedisPorts(_Saved):
    """A real Redis, with everything else in memory; all of it goes by one clock that a test moves."""

    def __init__(self, client: Any, clock: Clock, **settings: str) -> None:
        super().__init__(clock, **settings)
        buckets = self.settings.play.buckets
        self.leases = RedisLeases(client)
        self.live_factions = RedisFactions(client)
        self.play = RedisPlay(client, self.settings.play, now_ms=clock)
        self.paid_taps = RedisPaidTaps(client, self.settings.play, clock)
        self.live_goals = RedisGoals(client, self.settings.play, clock)
        self.live_heists = RedisHeists(client, clock)
        self.saving = RedisSaving(client, buckets=buckets)
        self.all_time_board = RedisAllTimeBoard(client, buckets=buckets)
        self.period_boards = RedisPeriodBoards(client, buckets=buckets, seasons=self.seasons.all)
        self.metric_boards = RedisMetricBoards(client, buckets=buckets)
        self.board_completion = RedisCompletion(client, buckets=buckets)
        self.published_boards = PublishedBoards(client)
        self.recent_boards = RecentBoards()
        self.live_admin = MemoryLiveAdmin()


MemoryGame = Game[MemoryPorts]


def memory_game(**settings: str) -> MemoryGame:
    """All functions over ports in memory."""
    return MemoryGame(MemoryPorts(system_clock, **settings))


def _serve_every_http_function(ports: MemoryPorts) -> tuple[object, ...]:
    """Never called: mypy proves by it that what is in memory suffices, without a cast, for what functions ask of it."""
    serving: AsyncHttpPorts = ports
    tapping: AsyncTapPorts = ports
    opening: AsyncSessionPorts = ports
    ending: EndPorts = ports
    reading: CachedBoardPorts = ports
    archived: HistoryReadPorts = ports
    fame: FameReadPorts = ports
    ranking: OwnRankPorts = ports
    ranking_in_periods: OwnPeriodRankPorts = ports
    ranking_by_metric: OwnMetricRankPorts = ports
    dividing: ReadLeaguePorts = ports
    commanding: CommandPorts = ports
    holding: ReadWalletPorts = ports
    aiming: ReadGoalsPorts = ports
    claiming: ClaimPorts = ports
    finding: FactionSearchPorts = ports
    leading: PayPorts = ports
    watching_factions: ReadFactionPorts = ports
    answering_heists: HeistAnswerPorts = ports
    claiming_heists: HeistClaimPorts = ports
    reading_heists: HeistReadPorts = ports
    raiding: RaidPorts = ports
    rallying: RallyPorts = ports
    duelling: DuelPorts = ports
    account: AccountPorts = ports
    naming: RenamePorts = ports
    inviting: InvitedPorts = ports
    exporting: ExportOwnPorts = ports
    erasing: RequestOwnErasurePorts = ports
    watching: HealthPorts = ports
    chatting: BotPorts = ports
    sharing: SharePorts = ports
    connecting: SocketPorts = ports
    reporting: ReportPorts = ports
    return (
        *(serving, tapping, opening, ending, reading, archived, fame, ranking, ranking_in_periods, ranking_by_metric),
        *(dividing, aiming, claiming, finding, leading, watching_factions),
        *(answering_heists, claiming_heists, reading_heists),
        *(raiding, rallying, duelling),
        *(commanding, holding, account, naming, inviting, exporting, erasing, watching, chatting, sharing),
        *(connecting, reporting),
    )
