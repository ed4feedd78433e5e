"""Live play in Redis: one script call a step, all keys of a player in one bucket."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tapstack.platform import bounds, redis_scripts
from tapstack.platform.errors import BadRequest, NotFound
from tapstack.platform.redis_client import available
from tapstack.platform.redis_scripts import ScriptCall
from tapstack.platform.settings import PlaySettings
from tapstack.play import redis_keys as keys
from tapstack.play.model import Counter, HeartbeatResult, Refusal, SessionOpened, TapResult
from tapstack.play.redis_taps import RECOVERY, TapScripts, heartbeat_result, session_opened, tap_result
from tapstack.play.rules import pacing
from tapstack.play.rules.tap_button import ButtonState
from tapstack.players.rules.identity import bucket_of

TICKET_MS = 30_000
"""How long what was read in DynamoDB stays good to be loaded; later it is read again."""


class RedisPlay:
    """Players, sessions and counters while they are being played with.

    `now_ms` replaces Redis's own clock in tests. Every call raises StoreUnavailable where Redis is unavailable.
    """

    def __init__(self, client: Any, settings: PlaySettings, *, now_ms: Callable[[], int] | None = None) -> None:
        self.client = client
        self.settings = settings
        self.buckets = settings.buckets
        self._now_ms = now_ms or (lambda: 0)
        self._taps = TapScripts(settings, self._now_ms)

    def _call(self, call: ScriptCall) -> Any:
        with available():
            return redis_scripts.call(self.client, call)

    def _run(self, name: str, script_keys: list[str], args: list[Any]) -> Any:
        with available():
            return redis_scripts.run(self.client, name, script_keys, args)

    def record_taps(self, player_id: str, session: str, taps: int) -> TapResult | Refusal:
        """Counts the taps that a session has made so far; raises SessionEnded or TooManyRequests."""
        return tap_result(self._call(self._taps.record_taps(player_id, session, taps)))

    def record_tap_callback(
        self, player_id: str, session: str, update_id: int, shown: ButtonState | None = None
    ) -> TapResult | Refusal:
        """Counts one more tap of a chat's session, unless this update has been counted; raises as record_taps does.

        Taps that the button has shown and Redis has lost count again. Raises BadRequest for an update id that Telegram
        does not give: one that the scripts can't hold would keep the player from ever being saved.
        """
        if not 0 <= update_id <= bounds.MAX_UPDATE_ID:
            raise BadRequest("no update has such an id", code="validation_failed", field="update_id")
        taps, counted = shown or (0, -1)
        callback = update_id, counted, pacing.UPDATE_KEPT_MS
        return tap_result(self._call(self._taps.record_taps(player_id, session, taps, *callback)))

    def button_state(self, player_id: str, session: str) -> ButtonState | None:
        """How far an open chat session has come; None where it is not open, or no tap callback of it is known."""
        name = keys.player(bucket_of(player_id, self.buckets), player_id)
        with available():
            taps, update_id = self.client.hmget(name, f"w:{session}", "u")
        return None if taps is None or update_id is None else ButtonState(int(taps), int(update_id))

    def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal:
        """Keeps a session alive; raises SessionEnded or TooManyRequests."""
        return heartbeat_result(self._call(self._taps.heartbeat(player_id, session)))

    def ticket(self, player_id: str) -> str:
        """A ticket to take before a player is read in DynamoDB, and to present with what was read.

        Nothing read under an expired ticket is loaded: meanwhile a newer state may have been in Redis, been saved, and
        been evicted again. Callers who read at the same time share a ticket, and each player has their own, so that
        one player's eviction refuses nobody else's load.
        """
        b = bucket_of(player_id, self.buckets)
        args = [os.urandom(8).hex(), TICKET_MS, player_id]
        return str(self._run("play/take_ticket", [keys.ticket(b, player_id), keys.ERASED[b]], args))

    def end_ticket(self, player_id: str) -> None:
        """Ends the ticket of a player who doesn't exist: Redis keeps nothing of them."""
        with available():
            self.client.delete(keys.ticket(bucket_of(player_id, self.buckets), player_id))

    def load(self, counter: Counter, ticket: str = "") -> bool | Refusal:
        """Loads a player from DynamoDB unless already loaded; says whether it did, or STALE.

        Without a ticket the counter is trusted as it is. Raises NotFound (`player_unknown`) for a player who has been
        erased meanwhile.
        """
        b = bucket_of(counter.player_id, self.buckets)
        args: list[Any] = [
            self._now_ms(),
            counter.player_id,
            counter.clicks,
            counter.tat_us,
            counter.last_tap_at_ms,
            *RECOVERY,
            counter.periods.day if counter.periods else "",
            counter.periods.packed() if counter.periods else "",
            *(counter.counted_update or ("", "")),
            ticket,
            counter.newer,
            len(counter.fields),
            counter.paid_taps,
            counter.energy_tat_ms,
            *(part for field in counter.fields.items() for part in field),
        ]
        for session, state in counter.sessions.items():
            args += ["w" if state.open else "e", session, state.taps, state.started_at_ms, state.ended_at_ms]
        script_keys = [
            keys.player(b, counter.player_id),
            keys.META[b],
            keys.SCORES[b],
            keys.ACTIVE[b],
            keys.SESSIONS[b],
            keys.ENDED[b],
            keys.ERASED[b],
            keys.HIDDEN[b],
            keys.ticket(b, counter.player_id),
        ]
        loaded = int(self._run("play/load_player", script_keys, args))
        if loaded == Refusal.STALE:
            return Refusal.STALE
        if loaded < 0:
            raise NotFound("there is no such player", code="player_unknown")
        return bool(loaded)

    def open_session(
        self,
        player_id: str,
        session: str,
        *,
        start_from: int | None = None,
        started_at_ms: int = 0,
        lost: bool = False,
        ticket: str = "",
    ) -> SessionOpened | Refusal:
        """Opens a session or resumes it; `start_from` is its watermark where the caller looked it up under a ticket.

        STALE says that it has to be looked up again. `lost` says that it was open before, and that Redis has lost it.
        Raises Conflict (`too_many_sessions`), TooManyRequests (`too_many_new_sessions`) or StoreUnavailable
        (`player_unreadable`).
        """
        call = self._taps.open_session(
            player_id, session, start_from=start_from, started_at_ms=started_at_ms, lost=lost, ticket=ticket
        )
        return session_opened(self._call(call))

    def end_session(self, player_id: str, session: str, *, idle_ms: int = 0) -> bool:
        """Ends an open session, with `idle_ms` only one that has been idle that long; says whether it did."""
        b = bucket_of(player_id, self.buckets)
        script_keys = [
            keys.player(b, player_id),
            keys.DIRTY[b],
            keys.ACTIVE[b],
            keys.SESSIONS[b],
            keys.ENDED[b],
        ]
        return bool(self._run("play/end_session", script_keys, [self._now_ms(), player_id, session, idle_ms]))

    def server_time_ms(self) -> int:
        """The clock that the scripts go by."""
        injected = self._now_ms()
        if injected:
            return injected
        with available():
            seconds, micros = self.client.time()
        return int(seconds) * 1_000 + int(micros) // 1_000

    def clicks_of(self, player_ids: Sequence[str]) -> Mapping[str, int]:
        """The clicks of players who are on a board or loaded; the others are skipped: DynamoDB has what they have.

        No board has a hidden player: while they play, their clicks are read where they are counted.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.zscore(keys.SCORES[bucket_of(player_id, self.buckets)], player_id)
            scores = dict(zip(player_ids, pipe.execute(), strict=True))
            found = {player_id: int(score) for player_id, score in scores.items() if score is not None}
            on_no_board = [player_id for player_id in scores if player_id not in found]
            for player_id in on_no_board:
                pipe.hget(keys.player(bucket_of(player_id, self.buckets), player_id), "c")
            live = pipe.execute() if on_no_board else []
        return found | {i: int(clicks) for i, clicks in zip(on_no_board, live, strict=True) if clicks}
