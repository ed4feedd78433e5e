"""GET /leaderboard and what is below it, and what else anybody may read: /health and /openapi.json."""

import json
from functools import cache

from tapstack.admin import health
from tapstack.composition import container
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.recent import Recent
from tapstack.http.views import CLOSED_KEPT_MS, closed_reply, constant_reply, leaderboard_reply
from tapstack.leaderboards import all_time, archive
from tapstack.leaderboards import periods as period_boards
from tapstack.leaderboards.model import Board, ClosedBoards, HallOfFame, OwnRank
from tapstack.platform.calendar import Period
from tapstack.platform.errors import BadRequest

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
        return archive.known(boards.get((period, name), game.clock(), lambda: archive.find(game, Period(period), name)))
    return all_time.current(game) if period == "all" else period_boards.current(game, Period(period))


@serves(app, api.CLOSED_LEADERBOARDS)
def get_closed_leaderboards(call: Call) -> Reply:
    game, period = container(), Period(call.query["period"])
    limit, cursor = int(call.query["limit"] or 20), call.query["cursor"] or None
    found = lists.get(
        (period, limit, cursor), game.clock(), lambda: archive.history(game, period, limit=limit, cursor=cursor)
    )
    return closed_reply(found)


@serves(app, api.HALL_OF_FAME)
def get_hall_of_fame(_: Call) -> Reply:
    game = container()
    return closed_reply(fame.get("fame", game.clock(), lambda: archive.hall_of_fame(game)))


@serves(app, api.MY_STANDING)
def get_my_standing(call: Call) -> OwnRank:
    if call.query["period"] == "all":
        return all_time.standing(container(), call.player_id)
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
