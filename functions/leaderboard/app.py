"""GET /leaderboard and what is below it, and what else anybody may read: /health and /openapi.json."""

import json
from functools import cache

from tapstack.bootstrap import container
from tapstack.domain.periods import Period
from tapstack.errors import BadRequest
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.recent import Recent
from tapstack.http.views import CLOSED_KEPT_MS, closed_reply, constant_reply, leaderboard_reply
from tapstack.services import closing, health, leaderboard, period_boards
from tapstack.services.board_types import Board, ClosedBoards, HallOfFame, Standing

app = create_app("leaderboard")
boards: Recent[Board | None] = Recent(keep_ms=CLOSED_KEPT_MS, most=128)
lists: Recent[ClosedBoards] = Recent(keep_ms=CLOSED_KEPT_MS, most=128)
fame: Recent[HallOfFame] = Recent(keep_ms=CLOSED_KEPT_MS, most=1)
_health = health.HealthCheck()


@serves(app, api.LEADERBOARD)
def get_leaderboard(call: Call) -> Reply:
    return leaderboard_reply(_board(call.query["period"], call.query["name"]), call.headers.get("if-none-match", ""))


def _board(period: str, name: str) -> Board:
    if name and period == "all":
        raise BadRequest("all time has no name", code="validation_failed", field="name")
    game = container()
    if name:
        return closing.known(boards.get((period, name), game.clock(), lambda: closing.find(game, Period(period), name)))
    return leaderboard.current(game) if period == "all" else period_boards.current(game, Period(period))


@serves(app, api.CLOSED_LEADERBOARDS)
def get_closed_leaderboards(call: Call) -> Reply:
    game, period = container(), Period(call.query["period"])
    limit, cursor = int(call.query["limit"] or 20), call.query["cursor"] or None
    found = lists.get(
        (period, limit, cursor), game.clock(), lambda: closing.history(game, period, limit=limit, cursor=cursor)
    )
    return closed_reply(found)


@serves(app, api.HALL_OF_FAME)
def get_hall_of_fame(_: Call) -> Reply:
    game = container()
    return closed_reply(fame.get("fame", game.clock(), lambda: closing.hall_of_fame(game)))


@serves(app, api.MY_STANDING)
def get_my_standing(call: Call) -> Standing:
    if call.query["period"] == "all":
        return leaderboard.standing(container(), call.player_id)
    return period_boards.standing(container(), call.player_id, Period(call.query["period"]))


@serves(app, api.HEALTH)
def get_health(_: Call) -> health.Health:
    return _health(container())


@serves(app, api.OPENAPI)
def get_openapi(_: Call) -> Reply:
    return constant_reply(_openapi())


@cache
def _openapi() -> str:
    from tapstack.http.openapi import document

    return json.dumps(document())
