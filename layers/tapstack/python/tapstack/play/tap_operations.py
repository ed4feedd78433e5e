"""The API of tapping: taps and heartbeats. It is all that their functions load of the game's API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tapstack.http.operation import Auth, Operation
from tapstack.platform.bounds import MAX_TAPS, MAX_VERSION
from tapstack.play.model import BoardChange
from tapstack.play.rules.pacing import heartbeat_every_ms

if TYPE_CHECKING:
    from tapstack.play.model import BoardNews, HeartbeatResult, TapResult

PaidTapsSoFar = Annotated[
    int,
    Meta(
        description="How many of the player's taps were paid, ever; after a loss it may be as last saved, until the "
        "clients have sent their counts again"
    ),
]
EnergyFullInMs = Annotated[int, Meta(description="How long it takes until the player has all energy (`energy`) back")]

BoardSince = Annotated[
    int,
    Meta(
        ge=0,
        le=MAX_VERSION,
        description="The version of the all-time leaderboard that the client shows, 0 for none: the answer then brings "
        "what has changed since",
    ),
]


class RecordTaps(msgspec.Struct, frozen=True):
    taps: Annotated[int, Meta(ge=0, le=MAX_TAPS, description="All taps of this session so far")]
    board_since: BoardSince | UnsetType = UNSET


class TapsRecorded(msgspec.Struct, frozen=True):
    """`taps` is the session's watermark, `accepted` how many of the new taps counted, `clicks` the player's total.

    `board` is what has changed since `board_since`: absent where nothing has, or it isn't known yet. Then
    `leaderboard_version` is its version.
    """

    taps: int
    accepted: int
    clicks: int
    total_clicks: int
    leaderboard_version: int
    flush_every_ms: int
    board: BoardChange | UnsetType = UNSET
    paid_taps: PaidTapsSoFar | UnsetType = UNSET
    energy_full_in_ms: EnergyFullInMs | UnsetType = UNSET


class Heartbeat(msgspec.Struct, frozen=True):
    """The session is still alive; the body may be an empty object."""

    board_since: BoardSince | UnsetType = UNSET


class HeartbeatAnswer(msgspec.Struct, frozen=True):
    """`board` as in the answer to taps."""

    active: int
    clicks: int
    total_clicks: int
    leaderboard_version: int
    flush_every_ms: int
    heartbeat_every_ms: int
    board: BoardChange | UnsetType = UNSET
    paid_taps: PaidTapsSoFar | UnsetType = UNSET
    energy_full_in_ms: EnergyFullInMs | UnsetType = UNSET


RECORD_TAPS: Operation[RecordTaps, TapsRecorded] = Operation(
    "recordTaps",
    "POST",
    "/clicks",
    "Report how many taps this session has made so far; each counts once",
    Auth.SESSION_TOKEN,
    RecordTaps,
    TapsRecorded,
    errors=(400, 401, 404, 410, 413, 429, 503),
)
HEARTBEAT: Operation[Heartbeat, HeartbeatAnswer] = Operation(
    "heartbeat",
    "POST",
    "/heartbeat",
    "Keep this session alive",
    Auth.SESSION_TOKEN,
    Heartbeat,
    HeartbeatAnswer,
    errors=(400, 401, 404, 410, 413, 429, 503),
)


def taps_recorded(result: TapResult) -> TapsRecorded:
    return TapsRecorded(
        taps=result.taps,
        accepted=result.accepted,
        clicks=result.clicks,
        total_clicks=result.total_clicks,
        leaderboard_version=result.leaderboard_version,
        flush_every_ms=result.flush_every_ms,
        paid_taps=result.paid_taps,
        energy_full_in_ms=result.energy_full_in_ms,
    )


def heartbeat_answer(result: HeartbeatResult, session_idle_s: int) -> HeartbeatAnswer:
    return HeartbeatAnswer(
        active=result.active,
        clicks=result.clicks,
        total_clicks=result.total_clicks,
        leaderboard_version=result.leaderboard_version,
        flush_every_ms=result.flush_every_ms,
        heartbeat_every_ms=heartbeat_every_ms(session_idle_s),
        paid_taps=result.paid_taps,
        energy_full_in_ms=result.energy_full_in_ms,
    )


BoardAnswer = TypeVar("BoardAnswer", TapsRecorded, HeartbeatAnswer)


def with_board(answer: BoardAnswer, news: BoardNews | None) -> BoardAnswer:
    """The answer with what has changed of the leaderboard, and with the version that it then has."""
    if news is None:
        return answer
    return msgspec.structs.replace(answer, leaderboard_version=news.version, board=news.change or UNSET)
