"""GET /leaderboard and what is below it, and what else anybody may read: /health and /openapi.json."""

import json
from functools import cache

from tapstack.admin import health
from tapstack.admin.operations import HEALTH
from tapstack.composition import container
from tapstack.http import openapi
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call, Reply
from tapstack.http.recent import Recent
from tapstack.leaderboards import all_time, archive, operations
from tapstack.leaderboards import periods as period_boards
from tapstack.leaderboards.model import Board, ClosedBoards, HallOfFame, OwnRank
from tapstack.platform.calendar import Period
from tapstack.platform.errors import BadRequest

app = create_app("leaderboard", container)

CLOSED_KEPT_MS = 60_000
"""How long a process keeps what it has read of closed boards."""

boards: Recent[Board | None] = Recent(keep_ms=CLOSED_KEPT_MS, most=128)
lists: Recent[ClosedBoards] = Recent(keep_ms=CLOSED_KEPT_MS, most=128)
fame: Recent[HallOfFame] = Recent(keep_ms=CLOSED_KEPT_MS, most=1)
_health = health.HealthCheck()


@serves(app, operations.LEADERBOARD)
def get_leaderboard(call: Call[None]) -> Reply:
    board = _board(call.query["period"], call.query["name"])
    return operations.leaderboard_reply(board, call.headers.get("if-none-match", ""))


def _board(period: str, name: str) -> Board:
    if name and period == "all":
        raise BadRequest("all time has no name", code="validation_failed", field="name")
    game = container()
    if name:
        return archive.known(boards.get((period, name), game.clock(), lambda: archive.find(game, Period(period), name)))
    return all_time.current(game) if period == "all" else period_boards.current(game, Period(period))


@serves(app, operations.CLOSED_LEADERBOARDS)
def get_closed_leaderboards(call: Call[None]) -> Reply:
    game, period = container(), Period(call.query["period"])
    limit, cursor = int(call.query["limit"] or 20), call.query["cursor"] or None
    found = lists.get(
        (period, limit, cursor), game.clock(), lambda: archive.history(game, period, limit=limit, cursor=cursor)
    )
    return operations.closed_reply(found)


@serves(app, operations.HALL_OF_FAME)
def get_hall_of_fame(_: Call[None]) -> Reply:
    game = container()
    return operations.closed_reply(fame.get("fame", game.clock(), lambda: archive.hall_of_fame(game)))


@serves(app, operations.MY_RANK)
def get_my_standing(call: Call[None]) -> OwnRank:
    if call.query["period"] == "all":
        return all_time.standing(container(), call.player_id)
    return period_boards.standing(container(), call.player_id, Period(call.query["period"]))


@serves(app, HEALTH)
def get_health(_: Call[None]) -> health.Health:
    return _health(container())


@serves(app, openapi.OPENAPI)
def get_openapi(_: Call[None]) -> Reply:
    return Reply(_openapi(), headers={"Cache-Control": f"public, max-age={openapi.MAX_AGE_S}"})


@cache
def _openapi() -> str:
    from tapstack.api import OPERATIONS  # every concept's: nothing else here needs them

    return json.dumps(openapi.document(OPERATIONS))
