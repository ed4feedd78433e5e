"""The stores in memory: what unit tests play on. One conformance suite holds them to the real ones.

They keep the promises that the services build on; rates, leases and time are the real stores' alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.dynamo_archive import Fame
from tapstack.leaderboards.redis_all_time import BucketSummary, RedisAllTimeBoard
from tapstack.leaderboards.redis_periods import RedisPeriodBoards
from tapstack.platform.bounds import MAX_OPEN_SESSIONS
from tapstack.platform.clock import Clock, system_clock
from tapstack.platform.errors import Conflict, NotFound, SessionEnded, TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.platform.paging import Cursors, Page
from tapstack.platform.redis_leases import RedisLeases
from tapstack.platform.settings import Settings
from tapstack.play.model import Counter, EndedSession
from tapstack.play.redis_play import Due, HeartbeatResult, RedisPlay, Refusal, SessionOpened, TapResult
from tapstack.play.redis_saving import RedisSaving
from tapstack.play.rules.pacing import FLUSH_MIN_MS
from tapstack.play.rules.score import clicks_of, score_of
from tapstack.play.rules.tap_button import ButtonState
from tapstack.players.model import Player
from tapstack.players.rules.identity import username_key

from support.game import Game, make_settings
from support.memory_chats import MemoryCards, MemoryChats, MemoryMessages, MemoryOutbox, MemoryWakes
from support.memory_own import MemoryAudit, MemoryErasures, MemoryLiveAdmin, MemoryUnused


@dataclass
class MemoryPlayers:
    """Accounts in a dict."""

    accounts: dict[str, Player] = field(default_factory=dict)

    def get(self, player_id: str) -> Player:
        if player_id not in self.accounts:
            raise NotFound("there is no such player", code="player_unknown")
        return self.accounts[player_id]

    def by_telegram_id(self, telegram_id: int) -> Player | None:
        return next((p for p in self.accounts.values() if p.telegram_id == telegram_id), None)

    def by_ref_code(self, ref_code: str) -> Player | None:
        return next((p for p in self.accounts.values() if p.ref_code == ref_code), None)

    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]:
        return {i: self.accounts[i] for i in player_ids if i in self.accounts}

    def usernames(self, player_ids: Sequence[str]) -> dict[str, str | None]:
        return {i: self.accounts[i].username for i in player_ids if i in self.accounts}

    def held_names(self, player_id: str) -> list[str]:
        self.get(player_id)
        return []

    def create(self, player: Player, ban_marks: Sequence[str] = ()) -> bool:  # noqa: ARG002
        taken = any(
            p.telegram_id == player.telegram_id or p.ref_code == player.ref_code or p.id == player.id
            for p in self.accounts.values()
        )
        if not taken:
            self.accounts[player.id] = player
        return not taken

    def rename(self, player: Player, username: str) -> Player:
        for other in self.accounts.values():
            if other.id != player.id and username_key(other.username or "") == username_key(username):
                raise Conflict("this username is taken", code="username_taken", username=username)
        self.accounts[player.id] = replace(self.accounts[player.id], username=username)
        return self.accounts[player.id]


@dataclass
class MemoryCounters:
    """Counters and the session history in dicts."""

    saved: dict[str, Counter] = field(default_factory=dict)
    lines: dict[tuple[str, str], EndedSession] = field(default_factory=dict)

    def scan_page(self, after: str | None) -> tuple[list[Counter], str | None]:
        """One counter a page, the better to be interrupted; the cursor is the id read last."""
        left = sorted(i for i in self.saved if after is None or i > after)
        return [self.saved[i] for i in left[:1]], left[0] if len(left) > 1 else None

    def get(self, player_id: str) -> Counter | None:
        return self.saved.get(player_id)

    def put(self, counters: Sequence[Counter]) -> None:
        self.saved |= {c.player_id: c for c in counters}

    def history(self, player_id: str) -> list[EndedSession]:
        return [line for line in self.lines.values() if line.player_id == player_id]

    def past_session(self, player_id: str, session_key: str) -> EndedSession | None:
        return self.lines.get((player_id, session_key))

    def put_history(self, lines: Sequence[EndedSession]) -> set[EndedSession]:
        keys_of = {line: (line.player_id, line.session_key) for line in lines}
        behind = {line for line, key in keys_of.items() if key in self.lines and self.lines[key].taps > line.taps}
        self.lines |= {key: line for line, key in keys_of.items() if line not in behind}
        return behind


@dataclass
class MemoryQueue:
    """Remembers what was sent."""

    sent: list[str] = field(default_factory=list)
    dead_letters: list[tuple[str, str]] = field(default_factory=list)

    def send(self, kind: str, *, delay_s: int = 0) -> None:
        self.sent.append(f"{kind} in {delay_s} s" if delay_s else kind)

    def dead_letter(self, player_id: str, reason: str, _fields: Mapping[str, Any]) -> bool:
        self.dead_letters.append((player_id, reason))
        return True


@dataclass
class MemoryLeases:
    """Who has a lease keeps it until it is released: no time passes."""

    holders: dict[str, str] = field(default_factory=dict)

    def claim(self, name: str, for_ms: int, holder: str = "1") -> bool:  # noqa: ARG002
        return name not in self.holders and bool(self.holders.setdefault(name, holder))

    def extend(self, name: str, holder: str, for_ms: int) -> bool:  # noqa: ARG002
        return self.holders.get(name) == holder

    def release(self, name: str, holder: str) -> bool:
        held = self.holders.get(name) == holder
        if held:
            del self.holders[name]
        return held


@dataclass
class _Live:
    clicks: int
    reached_at_ms: int
    open: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)


@dataclass
class MemoryHot:
    """Live players in a dict: watermarks and clicks, without a rate."""

    clock: Clock = system_clock
    live: dict[str, _Live] = field(default_factory=dict)
    pressed: dict[str, int] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)

    def _find(self, player_id: str, session: str) -> _Live | Refusal:
        player = self.live.get(player_id)
        if player is None:
            return Refusal.NOT_LOADED
        if session in player.open:
            return player
        if session in player.ended:
            raise SessionEnded("this session has ended: open it again")
        return Refusal.SESSION_UNKNOWN

    @property
    def total(self) -> int:
        return sum(p.clicks for p in self.live.values())

    @property
    def active(self) -> int:
        return sum(bool(p.open) for p in self.live.values())

    def record_taps(self, player_id: str, session: str, taps: int) -> TapResult | Refusal:
        player = self._find(player_id, session)
        if isinstance(player, Refusal):
            return player
        accepted = max(0, taps - player.open[session])
        player.open[session] += accepted
        player.clicks += accepted
        if accepted:
            player.reached_at_ms = self.clock()
        return TapResult(player.open[session], accepted, player.clicks, self.total, 0, FLUSH_MIN_MS, Due.NOTHING)

    def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal:
        player = self._find(player_id, session)
        if isinstance(player, Refusal):
            return player
        return HeartbeatResult(self.active, player.clicks, self.total, 0, FLUSH_MIN_MS, Due.NOTHING)

    def ticket(self, player_id: str) -> str:
        return self.tickets.setdefault(player_id, f"ticket {len(self.tickets)}")

    def end_ticket(self, player_id: str) -> None:
        self.tickets.pop(player_id, None)

    def load(self, counter: Counter, ticket: str = "") -> bool | Refusal:
        if counter.player_id in self.live:
            return False
        if ticket and ticket != self.tickets.get(counter.player_id):
            return Refusal.STALE
        player = self.live[counter.player_id] = _Live(counter.clicks, counter.last_tap_at_ms)
        for key, state in counter.sessions.items():
            (player.open if state.open else player.ended)[key] = state.taps
        return True

    def open_session(
        self,
        player_id: str,
        session: str,
        *,
        start_from: int | None = None,
        started_at_ms: int = 0,  # noqa: ARG002
        lost: bool = False,  # noqa: ARG002
        ticket: str = "",
    ) -> SessionOpened | Refusal:
        player = self.live.get(player_id)
        if player is None:
            return Refusal.NOT_LOADED
        known = session in player.open or session in player.ended
        if not known and start_from is None:
            return Refusal.SESSION_UNKNOWN
        if not known and ticket and ticket != self.tickets.get(player_id):
            return Refusal.STALE
        if session not in player.open:
            if len(player.open) >= MAX_OPEN_SESSIONS:
                raise Conflict("too many open sessions", code="too_many_sessions", limit=MAX_OPEN_SESSIONS)
            if not known and start_from is None:
                return Refusal.SESSION_UNKNOWN
            player.open[session] = player.ended.pop(session, start_from or 0)
        taps = player.open[session]
        return SessionOpened(known, taps, player.clicks, self.total, len(self.live), self.active, FLUSH_MIN_MS)

    def end_session(self, player_id: str, session: str, *, idle_ms: int = 0) -> bool:  # noqa: ARG002
        player = self.live.get(player_id)
        if player is None or session not in player.open:
            return False
        player.ended[session] = player.open.pop(session)
        return True

    def record_press(
        self, player_id: str, session: str, update_id: int, shown: ButtonState | None = None
    ) -> TapResult | Refusal:
        player = self._find(player_id, session)
        if isinstance(player, Refusal):
            return player
        taps, counted = shown or ButtonState(0, -1)
        pressed = max(counted, self.pressed.get(player_id, -1))
        self.pressed[player_id] = max(update_id, pressed)
        tapped = self.record_taps(player_id, session, max(taps, player.open[session]) + (update_id > pressed))
        return tapped._replace(pressed=self.pressed[player_id]) if isinstance(tapped, TapResult) else tapped

    def shown(self, player_id: str, session: str) -> ButtonState | None:
        player = self.live.get(player_id)
        known = player is not None and session in player.open and player_id in self.pressed
        return ButtonState(player.open[session], self.pressed[player_id]) if known and player else None

    def server_time_ms(self) -> int:
        return self.clock()

    def clicks_of(self, player_ids: Sequence[str]) -> Mapping[str, int]:
        return {i: self.live[i].clicks for i in player_ids if i in self.live}


@dataclass
class MemoryBoard:
    """The board of a MemoryHot, as one bucket."""

    play: MemoryHot
    stored: str | None = None

    def _rows(self) -> list[tuple[str, float]]:
        rows = [(i, score_of(p.clicks, p.reached_at_ms)) for i, p in self.play.live.items()]
        return sorted(rows, key=lambda row: -row[1])

    def published(self, _name: str = keys.BOARD) -> str | None:
        return self.stored

    def publish(self, board: str, _name: str = keys.BOARD) -> None:
        self.stored = board

    def summaries(self, top: int) -> list[BucketSummary]:
        return [BucketSummary(self.play.total, len(self.play.live), self.play.active, self._rows()[:top], warm=True)]

    def spread(self, summaries: Sequence[BucketSummary], version: int, flush_every_ms: int) -> None:
        """One bucket has no others to hear of."""

    def score(self, player_id: str) -> float | None:
        return dict(self._rows()).get(player_id)

    def rank(self, score: float, _boards: Sequence[str] = ()) -> int:
        return 1 + sum(row[1] > score for row in self._rows())

    def top(self, _boards: Sequence[str], count: int) -> tuple[list[tuple[str, int]], int]:
        return [(i, clicks_of(s)) for i, s in self._rows()[:count]], len(self.play.live)

    def place(
        self, player_id: str, score: float, each_side: int, _boards: Sequence[str] = ()
    ) -> tuple[int, list[tuple[str, int]]]:
        rows = [row for row in self._rows() if row[0] != player_id]
        above = [row for row in rows if row[1] > score][-each_side:]
        below = [row for row in rows if row[1] <= score][:each_side]
        return self.rank(score), [(i, clicks_of(s)) for i, s in [*above, (player_id, score), *below]]


@dataclass
class MemorySync:
    """What of a HotSync reads a MemoryHot: nobody in it has tapped in any period."""

    play: MemoryHot

    def read(self, player_ids: Sequence[str]) -> list[Counter]:
        live = self.play.live
        return [Counter(i, live[i].clicks, 0, live[i].reached_at_ms) for i in player_ids if i in live]


class MemoryLimiter:
    """Counts calls, and refuses none unless it is told how many are left of each kind."""

    def __init__(self) -> None:
        self.spent: list[tuple[str, str, Limit]] = []
        self.left: dict[str, int] = {}

    def spend(self, what: str, who: str, limit: Limit) -> None:
        self.spent.append((what, who, limit))
        self.left[what] = self.left.get(what, 1_000_000) - 1
        if self.left[what] < 0:
            raise TooManyRequests("too many requests", retry_after_s=1)


class MemoryClosed:
    """A BoardStore, PlayerIndex and ReferralStore of a game in which nothing is over and nobody was invited."""

    def latest(self, *_: Any, **__: Any) -> Page[Any]:
        return Page(())

    def get(self, *_: Any) -> None:
        return None

    def fame(self, _: Any) -> Fame:
        return Fame(())

    def invited_by(self, *_: Any, **__: Any) -> list[Any]:
        return []

    def credit(self, *_: Any) -> bool:
        return True

    def branches(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}

    def of_standing(self, *_: Any, **__: Any) -> Page[Any]:
        return Page(())

    def all_of_standing(self, _: Any) -> list[Any]:
        return []

    def forget(self, *_: Any) -> None:
        return None

    def rank_changed(self, _: int) -> None:
        return None

    def boards(self, *_: Any) -> list[str]:
        return []


class MemoryStores:
    """Everything a service may ask for, with nothing behind it."""

    def __init__(self, clock: Clock = system_clock, **settings: str) -> None:
        self.settings: Settings = make_settings("redis://unreachable.invalid", **settings)
        self.clock = clock
        self.cursors = Cursors(lambda: self.settings.token_signing_keys)
        self.limiter = MemoryLimiter()
        self.leases = MemoryLeases()
        self.play = MemoryHot(clock)
        self.all_time_board = MemoryBoard(self.play)
        self.saving: Any = MemorySync(self.play)
        self.counters = MemoryCounters()
        self.players = MemoryPlayers()
        self.sync_queue = MemoryQueue()
        self.conversations = MemoryChats()
        self.conversation_cache = MemoryCards()
        self.messages = MemoryMessages()
        self.outbox = MemoryOutbox()
        self.outbox_queue = MemoryWakes()
        self.archive = self.player_index = self.referrals = self.period_boards = MemoryClosed()
        self.erasures = MemoryErasures(self.players.accounts)
        self.live_admin = self.live_erasure = MemoryLiveAdmin(self.play.live)
        self.audit = MemoryAudit()
        self.saving = self.broadcasts = cast(Any, MemoryUnused())


class RealRedisStores(MemoryStores):
    """A real Redis, with everything else in memory; all of it goes by one clock that a test moves."""

    def __init__(self, client: Any, clock: Clock, **settings: str) -> None:
        super().__init__(clock, **settings)
        buckets = self.settings.buckets
        live = RedisPlay(client, buckets=buckets, taps_per_s=self.settings.taps_per_s, now_ms=clock)
        self.leases = cast(Any, RedisLeases(client))
        self.play = cast(Any, live)
        self.saving = RedisSaving(client, buckets=buckets)
        self.all_time_board = cast(Any, RedisAllTimeBoard(client, buckets=buckets))
        self.period_boards = cast(Any, RedisPeriodBoards(client, buckets=buckets, saving=self.saving))


def memory_game(clock: Callable[[], int] = system_clock, **settings: str) -> Game:
    """All functions over stores in memory."""
    return Game(cast(Any, MemoryStores(clock, **settings)))
