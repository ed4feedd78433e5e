"""GET /leaderboard and what is below it, and what else anybody may read: /health and /openapi.json."""

from tapstack.bootstrap import container
from tapstack.domain.periods import Period
from tapstack.errors import BadRequest
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.views import leaderboard_reply
from tapstack.services import closing, health, leaderboard, period_boards
from tapstack.services.board_types import Board, ClosedBoards, HallOfFame, Standing

app = create_app("leaderboard")
_health = health.HealthCheck()


@serves(app, api.LEADERBOARD)
def get_leaderboard(call: Call) -> Reply:
    return leaderboard_reply(_board(call.query["period"], call.query["name"]), call.headers.get("if-none-match", ""))


def _board(period: str, name: str) -> Board:
    if name and period == "all":
        raise BadRequest("all time has no name", code="validation_failed", field="name")
    if name:
        return closing.read(container(), Period(period), name)
    return leaderboard.current(container()) if period == "all" else period_boards.current(container(), Period(period))


@serves(app, api.CLOSED_LEADERBOARDS)
def get_closed_leaderboards(call: Call) -> ClosedBoards:
    limit = int(call.query["limit"] or 20)
    return closing.history(container(), Period(call.query["period"]), limit=limit, cursor=call.query["cursor"] or None)


@serves(app, api.HALL_OF_FAME)
def get_hall_of_fame(_: Call) -> HallOfFame:
    return closing.hall_of_fame(container())


@serves(app, api.MY_STANDING)
def get_my_standing(call: Call) -> Standing:
    if call.query["period"] == "all":
        return leaderboard.standing(container(), call.player_id)
    return period_boards.standing(container(), call.player_id, Period(call.query["period"]))


@serves(app, api.HEALTH)
def get_health(_: Call) -> health.Health:
    return _health(container())


@serves(app, api.OPENAPI)
def get_openapi(_: Call) -> dict[str, object]:
    from tapstack.http.openapi import document

    return document()
