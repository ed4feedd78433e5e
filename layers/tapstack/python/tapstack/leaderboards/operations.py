"""The API of the leaderboards: current ones, closed ones, the hall of fame, the caller's own rank."""

from __future__ import annotations

import hashlib

import msgspec

from tapstack.http.call import Reply
from tapstack.http.operation import CURSOR, LIMIT, READS, Auth, Operation
from tapstack.leaderboards.model import (
    SEASON,
    Board,
    BoardMetric,
    ClosedBoards,
    FriendsBoard,
    HallOfFame,
    OwnRank,
    RenderedBoard,
)
from tapstack.platform.calendar import Period

PERIODS = ("all", *Period, SEASON)
METRICS = tuple(BoardMetric)
PERIOD_NAME = "[0-9]{4}(-(W?[0-9]{2}|[0-9]{2}-[0-9]{2}))?"

MAX_AGE_S = 5
CLOSED_MAX_AGE_S = 300
"""A closed board changes only where a player on it does."""

CLOSED_LISTS_MAX_AGE_S = 60

LEADERBOARD: Operation[None, Board] = Operation(
    "getLeaderboard",
    "GET",
    "/leaderboard",
    "The top 20 and the totals, at most a few seconds old; or the best 100 of a past period. A season ranks by XP",
    answer=Board,
    other_statuses=(304,),
    errors=(400, 404, 429, 503),
    query={"period": PERIODS, "metric": METRICS},
    texts={"name": PERIOD_NAME},
    by_address=True,
)
CLOSED_LEADERBOARDS: Operation[None, ClosedBoards] = Operation(
    "getClosedLeaderboards",
    "GET",
    "/leaderboard/closed",
    "Past days, weeks, months, years or seasons",
    answer=ClosedBoards,
    errors=(400, 429, 503),
    query={"period": PERIODS[1:], "metric": METRICS},
    texts={"limit": LIMIT, "cursor": CURSOR},
    by_address=True,
)
HALL_OF_FAME: Operation[None, HallOfFame] = Operation(
    "getHallOfFame",
    "GET",
    "/leaderboard/fame",
    "The best days, weeks, months and years of all players",
    answer=HallOfFame,
    errors=(400, 429, 503),
    query={"metric": METRICS},
    by_address=True,
)
MY_RANK: Operation[None, OwnRank] = Operation(
    "getMyStanding",
    "GET",
    "/leaderboard/me",
    "The caller's rank and neighbours",
    Auth.SESSION_TOKEN,
    answer=OwnRank,
    errors=(400, 401, 404, 429, 503),
    query={"period": PERIODS, "metric": METRICS},
    limit=READS,
)

FRIENDS: Operation[None, FriendsBoard] = Operation(
    "getFriendsBoard",
    "GET",
    "/leaderboard/friends",
    "The caller, their inviter and up to 100 players whom they have invited, by score",
    Auth.SESSION_TOKEN,
    answer=FriendsBoard,
    errors=(400, 401, 404, 429, 503),
    limit=READS,
)


def render(board: Board) -> RenderedBoard:
    """A board with its JSON and its ETag."""
    visible = msgspec.structs.replace(board, generated_at_s=0)
    etag = f'"{hashlib.sha256(msgspec.json.encode(visible)).hexdigest()[:16]}"'
    return RenderedBoard(board, msgspec.json.encode(board).decode(), etag)


def leaderboard_reply(rendered: RenderedBoard, if_none_match: str) -> Reply:
    """The leaderboard, or 304 where the caller has it already; browsers and the CDN cache it for 5 s."""
    max_age_s = CLOSED_MAX_AGE_S if rendered.board.closed else MAX_AGE_S
    headers = {"ETag": rendered.etag, "Cache-Control": f"public, max-age={max_age_s}"}
    given = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    if rendered.etag in given or "*" in given:
        return Reply(status=304, headers=headers)
    return Reply(rendered.text, headers=headers)


def closed_reply(found: ClosedBoards | HallOfFame) -> Reply:
    """A list of closed periods; browsers and the CDN cache it for a minute."""
    return Reply(found, headers={"Cache-Control": f"public, max-age={CLOSED_LISTS_MAX_AGE_S}"})
