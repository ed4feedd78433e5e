"""Live players, saved counters and the queue of syncs in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tapstack.platform.bounds import MAX_OPEN_SESSIONS
from tapstack.platform.clock import Clock, system_clock
from tapstack.platform.errors import Conflict, SessionEnded
from tapstack.platform.settings import DEFAULTS
from tapstack.play.model import (
    Counter,
    Due,
    EndedSession,
    HeartbeatResult,
    Refusal,
    SessionOpened,
    TapResult,
    Work,
)
from tapstack.play.rules.energy import energy_at
from tapstack.play.rules.pacing import FLUSH_MIN_MS
from tapstack.play.rules.tap_button import ButtonState
from tapstack.players.model import Player

ENERGY_FULL, ENERGY_EVERY_MS = int(DEFAULTS["ENERGY_FULL"]), int(DEFAULTS["ENERGY_EVERY_MS"])


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

    def get_many(self, player_ids: Sequence[str]) -> dict[str, Counter]:
        return {i: self.saved[i] for i in player_ids if i in self.saved}

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
class MemorySyncQueue:
    """Remembers what was sent."""

    sent: list[str] = field(default_factory=list)
    dead_letters: list[tuple[str, str]] = field(default_factory=list)

    def send(self, kind: Work, *, delay_s: int = 0) -> None:
        self.sent.append(f"{kind} in {delay_s} s" if delay_s else kind)

    def dead_letter(self, player_id: str, reason: str, fields: Mapping[str, Any]) -> bool:  # noqa: ARG002
        self.dead_letters.append((player_id, reason))
        return True


@dataclass
class _Live:
    clicks: int
    reached_at_ms: int
    open: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    paid_taps: int = 0
    energy_tat_ms: int = 0

    def spend(self, taps: int, now_ms: int) -> None:
        paid = min(taps, energy_at(now_ms, self.energy_tat_ms, full=ENERGY_FULL, every_ms=ENERGY_EVERY_MS).left)
        self.energy_tat_ms = max(self.energy_tat_ms, now_ms - ENERGY_FULL * ENERGY_EVERY_MS) + paid * ENERGY_EVERY_MS
        self.paid_taps += paid

    def full_in_ms(self, now_ms: int) -> int:
        return energy_at(now_ms, self.energy_tat_ms, full=ENERGY_FULL, every_ms=ENERGY_EVERY_MS).full_in_ms


@dataclass
class MemoryPlay:
    """Live players in a dict: watermarks and clicks, without a rate."""

    clock: Clock = system_clock
    live: dict[str, _Live] = field(default_factory=dict)
    counted_updates: dict[str, int] = field(default_factory=dict)
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
        player.spend(accepted, self.clock())
        return TapResult(
            player.open[session],
            accepted,
            player.clicks,
            self.total,
            0,
            FLUSH_MIN_MS,
            paid_taps=player.paid_taps,
            energy_full_in_ms=player.full_in_ms(self.clock()),
        )

    def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal:
        player = self._find(player_id, session)
        if isinstance(player, Refusal):
            return player
        energy = player.paid_taps, player.full_in_ms(self.clock())
        return HeartbeatResult(self.active, player.clicks, self.total, 0, FLUSH_MIN_MS, Due.NOTHING, *energy)

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
        player.paid_taps, player.energy_tat_ms = counter.paid_taps, counter.energy_tat_ms
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
        taps, energy = player.open[session], (player.paid_taps, player.full_in_ms(self.clock()))
        return SessionOpened(known, taps, player.clicks, self.total, len(self.live), self.active, FLUSH_MIN_MS, *energy)

    def end_session(self, player_id: str, session: str, *, idle_ms: int = 0) -> bool:  # noqa: ARG002
        player = self.live.get(player_id)
        if player is None or session not in player.open:
            return False
        player.ended[session] = player.open.pop(session)
        return True

    def record_tap_callback(
        self, player_id: str, session: str, update_id: int, shown: ButtonState | None = None
    ) -> TapResult | Refusal:
        player = self._find(player_id, session)
        if isinstance(player, Refusal):
            return player
        taps, counted = shown or ButtonState(0, -1)
        highest = max(counted, self.counted_updates.get(player_id, -1))
        self.counted_updates[player_id] = max(update_id, highest)
        tapped = self.record_taps(player_id, session, max(taps, player.open[session]) + (update_id > highest))
        return tapped._replace(update_id=self.counted_updates[player_id]) if isinstance(tapped, TapResult) else tapped

    def button_state(self, player_id: str, session: str) -> ButtonState | None:
        player = self.live.get(player_id)
        known = player is not None and session in player.open and player_id in self.counted_updates
        return ButtonState(player.open[session], self.counted_updates[player_id]) if known and player else None

    def server_time_ms(self) -> int:
        return self.clock()

    def clicks_of(self, player_ids: Sequence[str]) -> Mapping[str, int]:
        return {i: self.live[i].clicks for i in player_ids if i in self.live}


@dataclass
class MemoryPipelinedPlay:
    """The same players for callers on an event loop."""

    play: MemoryPlay

    async def record_taps(self, player_id: str, session: str, taps: int) -> TapResult | Refusal:
        return self.play.record_taps(player_id, session, taps)

    async def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal:
        return self.play.heartbeat(player_id, session)

    async def open_session(self, player_id: str, session: str) -> SessionOpened | Refusal:
        return self.play.open_session(player_id, session)


@dataclass
class MemorySaving:
    """Reads a MemoryPlay as if nobody in it had tapped in any period."""

    play: MemoryPlay
    accounts: Mapping[str, Player]

    def hidden(self, player_ids: Sequence[str]) -> set[str]:
        return {i for i in player_ids if i in self.accounts and self.accounts[i].hidden}

    def cold_buckets(self) -> list[int]:
        """None: what is in memory is never lost."""
        return []

    def read(self, player_ids: Sequence[str]) -> list[Counter]:
        live = self.play.live
        return [
            Counter(
                i,
                live[i].clicks,
                last_tap_at_ms=live[i].reached_at_ms,
                paid_taps=live[i].paid_taps,
                energy_tat_ms=live[i].energy_tat_ms,
            )
            for i in player_ids
            if i in live
        ]
