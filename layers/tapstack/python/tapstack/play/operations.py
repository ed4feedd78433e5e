"""The API of playing: sessions, taps and heartbeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tapstack.http import session_tokens
from tapstack.http.operation import Auth, Operation
from tapstack.platform.bounds import MAX_TAPS
from tapstack.platform.limits import Limit
from tapstack.play.rules.pacing import heartbeat_every_ms, tap_burst
from tapstack.players.operations import PlayerView, player_view
from tapstack.players.rules.identity import session_id

if TYPE_CHECKING:
    from tapstack.platform.settings import HttpSettings
    from tapstack.play.model import HeartbeatResult, TapResult
    from tapstack.play.sessions import OpenedSession
    from tapstack.players.ports import SessionViewPorts

SESSION_ID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

SIGN_INS = Limit(burst=80, every_ms=3_000)
"""All sessions that a player may have open, at once, as after a restart; their clients wait longer between tries."""


class OpenSession(msgspec.Struct, frozen=True):
    session_id: Annotated[
        str,
        Meta(
            description="A uuid that the client has made",
            max_length=36,
            extra_json_schema={"format": "uuid", "pattern": SESSION_ID},
        ),
    ]


class Totals(msgspec.Struct, frozen=True):
    clicks: int
    players: int
    active: int


class TapAllowance(msgspec.Struct, frozen=True):
    """How fast the game credits a player's taps, over all sessions: `burst` at once, `taps_per_s` in the long run.

    Taps sent faster are refused for good.
    """

    taps_per_s: int
    burst: int


class Endpoints(msgspec.Struct, frozen=True):
    """Where a client should send what it sends most, absolute or relative to this API; if that fails, to the API.

    Each takes and answers the same as the operation whose path it ends with.
    """

    clicks: str | UnsetType = UNSET
    heartbeat: str | UnsetType = UNSET


class SessionView(msgspec.Struct, frozen=True):
    """An open session; `taps` is its watermark: the taps of it that the game knows of."""

    token: str
    session_id: str
    expires_at_s: int
    taps: int
    flush_every_ms: int
    heartbeat_every_ms: int
    allowance: TapAllowance
    player: PlayerView
    totals: Totals
    endpoints: Endpoints | UnsetType = UNSET


class RecordTaps(msgspec.Struct, frozen=True):
    taps: Annotated[int, Meta(ge=0, le=MAX_TAPS, description="All taps of this session so far")]


class TapsRecorded(msgspec.Struct, frozen=True):
    """`taps` is the session's watermark, `accepted` how many of the new taps counted, `clicks` the player's total."""

    taps: int
    accepted: int
    clicks: int
    total_clicks: int
    leaderboard_version: int
    flush_every_ms: int


class Heartbeat(msgspec.Struct, frozen=True):
    """Nothing to say but: still here."""


class HeartbeatAnswer(msgspec.Struct, frozen=True):
    active: int
    clicks: int
    total_clicks: int
    leaderboard_version: int
    flush_every_ms: int
    heartbeat_every_ms: int


OPEN_SESSION: Operation[OpenSession, SessionView] = Operation(
    "openSession",
    "POST",
    "/sessions",
    "Sign in with Telegram's initData and open a session, or take it up again",
    Auth.INIT_DATA,
    OpenSession,
    SessionView,
    status=201,
    other_statuses=(200,),
    errors=(400, 401, 403, 409, 413, 429, 503),
    limit=SIGN_INS,
    by_address=True,
)
END_SESSION: Operation[None, None] = Operation(
    "endSession",
    "DELETE",
    "/sessions/current",
    "End the session of this token",
    Auth.SESSION_TOKEN,
    status=204,
    errors=(401, 429, 503),
    limit=SIGN_INS,
)
RECORD_TAPS: Operation[RecordTaps, TapsRecorded] = Operation(
    "recordTaps",
    "POST",
    "/clicks",
    "Say how many taps this session has made so far; each counts once",
    Auth.SESSION_TOKEN,
    RecordTaps,
    TapsRecorded,
    errors=(400, 401, 404, 410, 413, 429, 503),
)
HEARTBEAT: Operation[Heartbeat, HeartbeatAnswer] = Operation(
    "heartbeat",
    "POST",
    "/heartbeat",
    "Keep this session open",
    Auth.SESSION_TOKEN,
    Heartbeat,
    HeartbeatAnswer,
    errors=(400, 401, 404, 410, 413, 429, 503),
)


def session_view(ports: SessionViewPorts, opened: OpenedSession, session_key: str) -> SessionView:
    """An opened session with a fresh token for it."""
    settings = ports.settings
    expires_at_s = ports.clock() // 1_000 + settings.http.token_ttl_s
    token = session_tokens.SessionToken(opened.player.id, session_key, expires_at_s)
    live = opened.live
    return SessionView(
        token=session_tokens.sign(token, settings.http.token_signing_keys[0]),
        session_id=session_id(session_key),
        expires_at_s=expires_at_s,
        taps=live.taps,
        flush_every_ms=live.flush_every_ms,
        heartbeat_every_ms=heartbeat_every_ms(settings.play.session_idle_s),
        allowance=TapAllowance(settings.play.taps_per_s, tap_burst(settings.play.taps_per_s)),
        player=player_view(ports, opened.player, live.clicks),
        totals=Totals(live.total_clicks, live.players, live.active),
        endpoints=_endpoints(settings.http),
    )


def _endpoints(settings: HttpSettings) -> Endpoints | UnsetType:
    """The functions' own addresses, where this deployment has them."""
    clicks, heartbeat = (
        url.rstrip("/") + operation.path if url else UNSET
        for url, operation in ((settings.click_url, RECORD_TAPS), (settings.heartbeat_url, HEARTBEAT))
    )
    return UNSET if clicks is heartbeat is UNSET else Endpoints(clicks, heartbeat)


def taps_recorded(result: TapResult) -> TapsRecorded:
    return TapsRecorded(
        taps=result.taps,
        accepted=result.accepted,
        clicks=result.clicks,
        total_clicks=result.total_clicks,
        leaderboard_version=result.leaderboard_version,
        flush_every_ms=result.flush_every_ms,
    )


def heartbeat_answer(result: HeartbeatResult, session_idle_s: int) -> HeartbeatAnswer:
    return HeartbeatAnswer(
        active=result.active,
        clicks=result.clicks,
        total_clicks=result.total_clicks,
        leaderboard_version=result.leaderboard_version,
        flush_every_ms=result.flush_every_ms,
        heartbeat_every_ms=heartbeat_every_ms(session_idle_s),
    )
