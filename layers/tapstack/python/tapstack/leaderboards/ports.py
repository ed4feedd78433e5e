"""What leaderboards need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tapstack.leaderboards.model import (
    ALL_TIME,
    ArchivedBoard,
    Board,
    BoardId,
    BoardMetric,
    BucketSummary,
    CompletionState,
    Fame,
    MetricScore,
    Neighbours,
    RankOnBoard,
    RenderedBoard,
    SeasonPeriod,
    Top,
)
from tapstack.platform.calendar import Period
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Claims
from tapstack.platform.paging import Page
from tapstack.platform.settings import Settings
from tapstack.play.model import BoardNews, Counter
from tapstack.play.ports import LoadPorts, PlayerLoading, QueuePorts
from tapstack.players.model import Player
from tapstack.players.ports import Accounts, ClickPorts, InvitedPlayers, KeptNames, LiveClicks, Usernames
from tapstack.telegram.ports import ContextPorts

# -- stores --


class AllTimeBoard(Protocol):
    def summaries(self, top: int) -> list[BucketSummary]: ...
    def propagate(self, summaries: Sequence[BucketSummary], version: int, flush_every_ms: int) -> None: ...


class AllTimeRanks(Protocol):
    def score(self, player_id: str) -> float | None: ...
    def neighbours(self, player_id: str, score: float, each_side: int) -> Neighbours: ...


class AsyncRanks(Protocol):
    """The same on an event loop."""

    async def rank(self, player_id: str, each_side: int) -> RankOnBoard | None: ...


class FriendsScores(Protocol):
    def score(self, player_id: str) -> float | None: ...
    def scores(self, player_ids: Sequence[str]) -> dict[str, float]: ...


class RankedBoard(AllTimeBoard, AllTimeRanks, Protocol):
    """The all-time board, for a screen that shows it and a rank on it."""


class Published(Protocol):
    def get(self, of: BoardId = ALL_TIME) -> Board | None: ...
    def put(self, board: Board, last: Board | None = None) -> bool: ...


class PublishedReads(Protocol):
    def get(self, of: BoardId = ALL_TIME) -> Board | None: ...


class BoardMemory(Protocol):
    def begin_read(self, now_ms: int) -> bool: ...
    def saw(self, board: Board | None) -> None: ...
    def stale(self, now_ms: int) -> bool: ...
    def news(self, since: int) -> BoardNews | None: ...


class Ranking(Protocol):
    def rank(self, counters: Iterable[Counter], now_ms: int) -> None: ...
    def changed(self) -> list[str]: ...


class PeriodTops(Ranking, Protocol):
    def top(self, period: Period, number: int, count: int) -> Top: ...


class PeriodRanks(Ranking, Protocol):
    def neighbours(self, period: Period, number: int, player_id: str, score: float, each_side: int) -> Neighbours: ...


class Projection(Protocol):
    """Puts players on the boards of metrics."""

    def project(self, scores: Mapping[str, Iterable[MetricScore]], now_ms: int) -> None: ...


class MetricTops(Protocol):
    def top(self, board: BoardId, number: int, count: int) -> Top: ...


class MetricRanks(Protocol):
    def score(self, board: BoardId, number: int, player_id: str) -> float | None: ...
    def neighbours(self, board: BoardId, number: int, player_id: str, score: float, each_side: int) -> Neighbours: ...


class LostBoards(Protocol):
    def lost(self) -> bool: ...


class Completion(Protocol):
    """How complete the boards by metric are."""

    def state(self, day: int) -> CompletionState: ...
    def begin(self, buckets: Iterable[int], token: str) -> None: ...
    def in_progress(self, buckets: Iterable[int]) -> tuple[str, str] | None: ...
    def record_progress(self, token: str, cursor: str) -> None: ...
    def finish(self, buckets: Iterable[int], token: str, day: int) -> bool: ...
    def archived(self, day: int) -> None: ...


class Seasons(Protocol):
    """The seasons of the catalogue, which this package knows nothing else of."""

    def all(self) -> Sequence[SeasonPeriod]: ...


class Archived(Protocol):
    def get(
        self, period: Period | SeasonPeriod, name: str, metric: BoardMetric = BoardMetric.TAPS
    ) -> ArchivedBoard | None: ...


class ArchivedList(Protocol):
    def latest(
        self,
        period: Period | SeasonPeriod,
        metric: BoardMetric = BoardMetric.TAPS,
        *,
        limit: int,
        cursor: str | None = None,
    ) -> Page[ArchivedBoard]: ...


class FameList(Protocol):
    def fame(self, period: Period, metric: BoardMetric = BoardMetric.TAPS) -> Fame: ...


class Archive(Archived, FameList, Protocol):
    def put(self, board: ArchivedBoard) -> bool: ...
    def put_fame(self, period: Period, fame: Fame, metric: BoardMetric = BoardMetric.TAPS) -> bool: ...


class LiveCounters(Protocol):
    def read(self, player_ids: Sequence[str]) -> list[Counter]: ...


class RecoverableCounters(LiveCounters, Protocol):
    def cold_buckets(self) -> list[int]: ...


class SavedCounters(Protocol):
    def get(self, player_id: str) -> Counter | None: ...


class Profiles(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> Mapping[str, Player]: ...


class NamedProfiles(Profiles, Usernames, Protocol):
    """Accounts as both current boards and archived ones need them."""


class RankedPlayers(PlayerLoading, LiveClicks, Protocol): ...


class RankedAccounts(Accounts, Usernames, Protocol):
    """Accounts as a player's own rank needs them: to load that player, and to name the others."""


class FriendProfiles(Profiles, Protocol):
    def get(self, player_id: str) -> Player: ...


class ChatAccounts(RankedAccounts, FriendProfiles, Protocol):
    """Accounts as the screens of the chat need them."""


class ChatBoard(RankedBoard, FriendsScores, Protocol):
    """The all-time board as the screens of the chat need it."""


class ChatMetricBoards(MetricTops, MetricRanks, Projection, Protocol):
    """The boards by metric as the chat needs them: what is bought and claimed there shows on them, too."""


# -- bundles --


class NamePorts(Protocol):
    @property
    def players(self) -> Usernames: ...


class BoardPorts(NamePorts, Protocol):
    """To compute and read the all-time board."""

    settings: Settings
    clock: Clock

    @property
    def leases(self) -> Claims: ...
    @property
    def all_time_board(self) -> AllTimeBoard: ...
    @property
    def published_boards(self) -> Published: ...


class SeasonPorts(Protocol):
    """To know which season it is."""

    clock: Clock

    @property
    def seasons(self) -> Seasons: ...


class RefreshPorts(BoardPorts, QueuePorts, Protocol):
    """To compute the all-time board, now or later."""


class RidingPorts(QueuePorts, Protocol):
    """To bring the board along with another answer."""

    clock: Clock

    @property
    def recent_boards(self) -> BoardMemory: ...
    @property
    def leases(self) -> Claims: ...
    @property
    def published_boards(self) -> PublishedReads: ...


class OwnRankPorts(LoadPorts, Protocol):
    @property
    def all_time_board(self) -> AllTimeRanks: ...
    @property
    def saving(self) -> LiveCounters: ...
    @property
    def players(self) -> RankedAccounts: ...


class AsyncOwnRankPorts(OwnRankPorts, Protocol):
    @property
    def pipelined_all_time_board(self) -> AsyncRanks: ...
    @property
    def kept_accounts(self) -> KeptNames: ...


class FriendsBoardPorts(Protocol):
    """To rank a player among their friends."""

    @property
    def saving(self) -> LiveCounters: ...
    @property
    def counters(self) -> SavedCounters: ...
    @property
    def players(self) -> FriendProfiles: ...
    @property
    def player_index(self) -> InvitedPlayers: ...
    @property
    def all_time_board(self) -> FriendsScores: ...


class RankingPorts(Protocol):
    """To bring the boards of all periods up to date."""

    clock: Clock

    @property
    def saving(self) -> LiveCounters: ...
    @property
    def period_boards(self) -> Ranking: ...


class PeriodBoardPorts(BoardPorts, Protocol):
    @property
    def saving(self) -> LiveCounters: ...
    @property
    def period_boards(self) -> PeriodTops: ...


class MetricBoardPorts(BoardPorts, Protocol):
    @property
    def metric_boards(self) -> MetricTops: ...
    @property
    def board_completion(self) -> LostBoards: ...


class OwnMetricRankPorts(NamePorts, Protocol):
    clock: Clock

    @property
    def metric_boards(self) -> MetricRanks: ...


class RankPorts(RankingPorts, Protocol):
    """To do that at most once in a while, for everybody."""

    @property
    def leases(self) -> Claims: ...


class OwnPeriodScorePorts(RankPorts, Protocol):
    """To know what a player has done in a period."""

    @property
    def counters(self) -> SavedCounters: ...


class OwnPeriodRankPorts(NamePorts, OwnPeriodScorePorts, Protocol):
    @property
    def period_boards(self) -> PeriodRanks: ...


class ArchivingPorts(Protocol):
    clock: Clock

    @property
    def archive(self) -> Archive: ...


class ArchivePorts(ArchivingPorts, Protocol):
    """To archive the boards of periods that are over."""

    @property
    def saving(self) -> RecoverableCounters: ...
    @property
    def period_boards(self) -> PeriodTops: ...


class MetricArchivePorts(ArchivingPorts, SeasonPorts, Protocol):
    clock: Clock

    @property
    def metric_boards(self) -> MetricTops: ...


class ArchivedBoardPorts(Protocol):
    clock: Clock

    @property
    def archive(self) -> Archived: ...
    @property
    def players(self) -> Profiles: ...


class ArchivedSeasonPorts(ArchivedBoardPorts, SeasonPorts, Protocol):
    clock: Clock


class HistoryPorts(Protocol):
    @property
    def archive(self) -> ArchivedList: ...
    @property
    def players(self) -> Profiles: ...


class FamePorts(Protocol):
    @property
    def archive(self) -> FameList: ...
    @property
    def players(self) -> Profiles: ...


class AnyBoardPorts(PeriodBoardPorts, MetricBoardPorts, ArchivedSeasonPorts, Protocol):
    """To read any board."""

    clock: Clock

    @property
    def players(self) -> NamedProfiles: ...


class KeptBoard(Protocol):
    async def get(self, ports: BoardPorts, *, version: int = 0) -> RenderedBoard: ...


class CachedBoardPorts(AnyBoardPorts, Protocol):
    """To read any board, the all-time one from the process's memory."""

    @property
    def board_cache(self) -> KeptBoard: ...


class HistoryReadPorts(HistoryPorts, Protocol):
    clock: Clock


class FameReadPorts(FamePorts, Protocol):
    clock: Clock


# -- scenes --


class BoardScenePorts(
    ContextPorts, MetricBoardPorts, OwnRankPorts, FriendsBoardPorts, ClickPorts, SeasonPorts, Protocol
):
    """The leaderboard in the chat. What two bundles have in common is both of it."""

    clock: Clock

    @property
    def metric_boards(self) -> ChatMetricBoards: ...
    @property
    def players(self) -> ChatAccounts: ...
    @property
    def play(self) -> RankedPlayers: ...
    @property
    def all_time_board(self) -> ChatBoard: ...
    @property
    def counters(self) -> SavedCounters: ...
