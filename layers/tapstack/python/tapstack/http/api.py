"""The API, version 1: every operation with the types of its request and answer.

Routing, validation and the OpenAPI document are made from this table, and tests hold template.yaml to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tapstack.admin.health import Health
from tapstack.leaderboards.model import Board, ClosedBoards, HallOfFame, OwnRank
from tapstack.platform.bounds import INIT_DATA_MAX, MAX_CURSOR, MAX_TAPS
from tapstack.platform.limits import Limit
from tapstack.players.rules.identity import USERNAME

BODY_LIMIT = 8_192
"""Bytes: no honest request of a client comes near it."""

UPDATE_LIMIT = 1_048_576
"""Bytes of a Telegram update: a message that answers another carries both."""

LIMIT = "[1-9][0-9]?|100"
CURSOR = f"[A-Za-z0-9_-]{{1,{MAX_CURSOR}}}"
PERIODS = ("all", "day", "week", "month")
SESSION_ID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
PERIOD_NAME = "[0-9]{4}-(W?[0-9]{2}|[0-9]{2}-[0-9]{2})"

SIGN_INS = Limit(burst=80, every_ms=3_000)
"""All sessions that a player may have open, at once, as after a restart; their clients wait longer between tries."""

LOOKS = Limit(burst=30, every_ms=500)
"""The Mini App looks every 5 s, and once more at each turn of a page by hand; a player may have several open."""

CHANGES = Limit(burst=20, every_ms=60_000)
"""Each name that is given up stays reserved for a week: nobody is to reserve thousands."""

CALLS_TO_TELEGRAM = Limit(burst=5, every_ms=1_000)


class Auth(Enum):
    """How a caller proves who it is."""

    NONE = "none"
    INIT_DATA = "init_data"
    SESSION_TOKEN = "session_token"
    WEBHOOK_SECRET = "webhook_secret"


class OpenSession(msgspec.Struct, frozen=True):
    session_id: Annotated[
        str,
        Meta(
            description="A uuid that the client has made",
            max_length=36,
            extra_json_schema={"format": "uuid", "pattern": SESSION_ID},
        ),
    ]


class PlayerView(msgspec.Struct, frozen=True):
    """A player as they see themselves; `username` is null until one is chosen.

    `invite_url` is the link that friends come by, null as long as the game does not know its bot's name.
    """

    id: str
    username: str | None
    display_name: str
    clicks: int
    ref_code: str
    invite_url: str | None


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


class Rename(msgspec.Struct, frozen=True):
    username: Annotated[
        str,
        Meta(
            max_length=64,
            description="3 to 20 letters, digits or underscores",
            extra_json_schema={"minLength": 3, "maxLength": 20, "pattern": f"^{USERNAME.pattern}$"},
        ),
    ]


class Invited(msgspec.Struct, frozen=True):
    """A player in the tree below the caller; `level` 1 was invited by the caller, `direct` is who they invited."""

    id: str
    username: str | None
    level: int
    joined_at_s: int
    direct: int


class Referrals(msgspec.Struct, frozen=True):
    """Whom the caller has invited, and what it earned; `cursor` asks for the next page, null after the last."""

    ref_code: str
    direct: int
    indirect: int
    boost: int
    entries: list[Invited]
    cursor: str | None


class PreparedMessage(msgspec.Struct, frozen=True):
    """A score card that the player may send to any chat: `Telegram.WebApp.shareMessage(prepared_message_id)`."""

    prepared_message_id: str
    expires_at_s: int


class EraseMe(msgspec.Struct, frozen=True):
    """The confirmation: the owner's launch data of a few minutes ago. A session token alone may be stolen."""

    init_data: Annotated[str, Meta(min_length=1, max_length=INIT_DATA_MAX)]


class ErasureBegun(msgspec.Struct, frozen=True):
    """The account is closed; within so many seconds everything of it is gone."""

    done_within_s: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: `request` and `answer` are msgspec types, None where there is no body; `errors` its refusals."""

    id: str
    method: str
    path: str
    summary: str
    auth: Auth = Auth.NONE
    request: type[Any] | None = None
    answer: type[Any] | None = None
    status: int = 200
    other_statuses: tuple[int, ...] = ()
    errors: tuple[int, ...] = ()
    body_limit: int = BODY_LIMIT
    limit: Limit | None = None
    """What one player may ask; none where the operation counts by itself, or nobody has signed in."""
    by_address: bool = False
    """Whether an address is limited too, to what the settings say: where no account stands behind a call."""
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """Query parameters that are free text, each with the pattern that it has to match whole; absent, it is ''."""


OPEN_SESSION = Operation(
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
END_SESSION = Operation(
    "endSession",
    "DELETE",
    "/sessions/current",
    "End the session of this token",
    Auth.SESSION_TOKEN,
    status=204,
    errors=(401, 429, 503),
    limit=SIGN_INS,
)
RECORD_TAPS = Operation(
    "recordTaps",
    "POST",
    "/clicks",
    "Say how many taps this session has made so far; each counts once",
    Auth.SESSION_TOKEN,
    RecordTaps,
    TapsRecorded,
    errors=(400, 401, 404, 410, 413, 429, 503),
)
HEARTBEAT = Operation(
    "heartbeat",
    "POST",
    "/heartbeat",
    "Keep this session open",
    Auth.SESSION_TOKEN,
    Heartbeat,
    HeartbeatAnswer,
    errors=(400, 401, 404, 410, 413, 429, 503),
)
LEADERBOARD = Operation(
    "getLeaderboard",
    "GET",
    "/leaderboard",
    "The top 20 and the totals, at most a few seconds old; or of a period that is over, its best 100",
    answer=Board,
    other_statuses=(304,),
    errors=(400, 404, 429, 503),
    query={"period": PERIODS},
    texts={"name": PERIOD_NAME},
    by_address=True,
)
CLOSED_LEADERBOARDS = Operation(
    "getClosedLeaderboards",
    "GET",
    "/leaderboard/closed",
    "The days, weeks or months that are over",
    answer=ClosedBoards,
    errors=(400, 429, 503),
    query={"period": PERIODS[1:]},
    texts={"limit": LIMIT, "cursor": CURSOR},
    by_address=True,
)
HALL_OF_FAME = Operation(
    "getHallOfFame",
    "GET",
    "/leaderboard/fame",
    "The best days, weeks and months that anybody has had",
    answer=HallOfFame,
    errors=(429, 503),
    by_address=True,
)
MY_STANDING = Operation(
    "getMyStanding",
    "GET",
    "/leaderboard/me",
    "The own rank and the players around it",
    Auth.SESSION_TOKEN,
    answer=OwnRank,
    errors=(400, 401, 404, 429, 503),
    query={"period": PERIODS},
    limit=LOOKS,
)
MY_ACCOUNT = Operation(
    "getMyAccount",
    "GET",
    "/players/me",
    "The own account",
    Auth.SESSION_TOKEN,
    answer=PlayerView,
    errors=(401, 404, 429, 503),
    limit=LOOKS,
)
RENAME = Operation(
    "rename",
    "PATCH",
    "/players/me",
    "Choose a username, unique without regard to case",
    Auth.SESSION_TOKEN,
    Rename,
    PlayerView,
    errors=(400, 401, 404, 409, 413, 429, 503),
    limit=CHANGES,
)
MY_REFERRALS = Operation(
    "getMyReferrals",
    "GET",
    "/players/me/referrals",
    "Whom the caller has invited: themselves, or the whole tree below",
    Auth.SESSION_TOKEN,
    answer=Referrals,
    errors=(400, 401, 404, 429, 503),
    query={"of": ("direct", "tree")},
    texts={"limit": LIMIT, "cursor": CURSOR},
    limit=LOOKS,
)
EXPORT_ME = Operation(
    "exportMe",
    "GET",
    "/players/me/export",
    "Everything the game holds of the caller, as a file; once a minute",
    Auth.SESSION_TOKEN,
    answer=dict[str, Any],
    errors=(401, 404, 429, 503),
    limit=LOOKS,
)
ERASE_ME = Operation(
    "eraseMe",
    "DELETE",
    "/players/me",
    "Erase the caller for good: closed at once, gone within minutes; again is harmless",
    Auth.SESSION_TOKEN,
    EraseMe,
    ErasureBegun,
    status=202,
    errors=(400, 401, 403, 404, 413, 429, 503),
    limit=CHANGES,
)
SHARE = Operation(
    "prepareShare",
    "POST",
    "/players/me/share",
    "Have the bot prepare the own score card as a message to share",
    Auth.SESSION_TOKEN,
    answer=PreparedMessage,
    errors=(401, 403, 404, 409, 429, 503),
    limit=CALLS_TO_TELEGRAM,
)
TELEGRAM_UPDATE = Operation(
    "telegramUpdate",
    "POST",
    "/telegram/webhook",
    "Telegram's updates; the answer may carry one method call",
    Auth.WEBHOOK_SECRET,
    dict[str, Any],
    dict[str, Any],
    errors=(400, 401, 413, 503),
    body_limit=UPDATE_LIMIT,
)
HEALTH = Operation(
    "getHealth",
    "GET",
    "/health",
    "Whether the game can serve, and how saving stands; 200 also where that is degraded",
    answer=Health,
    errors=(429, 503),
    by_address=True,
)
OPENAPI = Operation("getOpenapi", "GET", "/openapi.json", "This document", answer=dict[str, Any])

OPERATIONS = (
    OPEN_SESSION,
    END_SESSION,
    RECORD_TAPS,
    HEARTBEAT,
    LEADERBOARD,
    CLOSED_LEADERBOARDS,
    HALL_OF_FAME,
    MY_STANDING,
    MY_ACCOUNT,
    RENAME,
    MY_REFERRALS,
    EXPORT_ME,
    ERASE_ME,
    SHARE,
    TELEGRAM_UPDATE,
    HEALTH,
    OPENAPI,
)
