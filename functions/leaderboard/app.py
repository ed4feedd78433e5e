"""GET /leaderboard and what is below it, GET /league, and what else anybody may read: /health and /openapi.json."""

import json
from functools import cache
from typing import Any

from tapstack.admin.health import Health, HealthCheck
from tapstack.admin.operations import HEALTH
from tapstack.composition import container
from tapstack.economy.projecting import own_score
from tapstack.http import openapi
from tapstack.http.app import create_app, serves, serves_async
from tapstack.http.call import Call, Reply
from tapstack.leaderboards import all_time, metrics, operations, periods, seasons
from tapstack.leaderboards.model import SEASON, BoardId, BoardMetric, ClosedBoards, HallOfFame, OwnRank
from tapstack.leaderboards.reading import Reader
from tapstack.league.model import LeagueView
from tapstack.league.operations import LEAGUE
from tapstack.league.reading import LeagueReader
from tapstack.platform.calendar import Period
from tapstack.platform.threads import in_thread

app = create_app("leaderboard", container)
serve = app.serve
reader = Reader()
league = LeagueReader()
check_health = HealthCheck()


@serves(app, operations.LEADERBOARD)
def get_leaderboard(call: Call[None]) -> Reply:
    board = reader.board(container(), call.query["period"], call.query["name"], BoardMetric(call.query["metric"]))
    return operations.leaderboard_reply(operations.render(board), call.headers.get("if-none-match", ""))


@serves_async(app, operations.LEADERBOARD)
async def get_leaderboard_async(call: Call[None]) -> Reply:
    asked = call.query
    rendered = await reader.board_async(container(), asked["period"], asked["name"], BoardMetric(asked["metric"]))
    return operations.leaderboard_reply(rendered, call.headers.get("if-none-match", ""))


@serves(app, operations.CLOSED_LEADERBOARDS)
def get_closed_leaderboards(call: Call[None]) -> ClosedBoards | Reply:
    asked, metric = call.query, BoardMetric(call.query["metric"])
    limit, cursor = int(asked["limit"] or 20), asked["cursor"] or None
    return operations.closed_reply(reader.history(container(), asked["period"], limit, cursor, metric))


@serves(app, operations.HALL_OF_FAME)
def get_hall_of_fame(call: Call[None]) -> HallOfFame | Reply:
    return operations.closed_reply(reader.hall_of_fame(container(), BoardMetric(call.query["metric"])))


@serves(app, operations.MY_RANK)
def get_my_rank(call: Call[None]) -> OwnRank:
    game, player_id, metric = container(), call.player_id, BoardMetric(call.query["metric"])
    if call.query["period"] == SEASON:
        return _rank_by_metric(player_id, seasons.current(game, metric))
    period = None if call.query["period"] == "all" else Period(call.query["period"])
    if metric is not BoardMetric.TAPS:
        return _rank_by_metric(player_id, BoardId(metric, period))
    return periods.own_rank(game, player_id, period) if period else all_time.own_rank(game, player_id)


@serves_async(app, operations.MY_RANK)
async def get_my_rank_async(call: Call[None]) -> OwnRank | Reply:
    if call.query["period"] == "all" and call.query["metric"] == BoardMetric.TAPS:
        return await all_time.own_rank_async(container(), call.player_id)
    return await in_thread(get_my_rank, call)


def _rank_by_metric(player_id: str, of: BoardId) -> OwnRank:
    game = container()
    return metrics.own_rank(game, player_id, of, lambda number: own_score(game, player_id, of, number))


@serves(app, LEAGUE)
def get_league(call: Call[None]) -> LeagueView:
    return league.view(container(), call.player_id)


@serves(app, HEALTH)
def get_health(_: Call[None]) -> Health:
    return check_health(container())


@serves(app, openapi.OPENAPI)
def get_openapi(_: Call[None]) -> dict[str, Any] | Reply:
    return Reply(_openapi(), headers={"Cache-Control": f"public, max-age={openapi.MAX_AGE_S}"})


@cache
def _openapi() -> str:
    from tapstack.api import OPERATIONS  # every concept's: nothing else here needs them

    return json.dumps(openapi.document(OPERATIONS))
