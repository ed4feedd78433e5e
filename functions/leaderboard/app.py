"""GET /leaderboard and /leaderboard/me, and what else anybody may read: /health and /openapi.json."""

from tapstack.bootstrap import container
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.views import leaderboard_reply
from tapstack.services import leaderboard
from tapstack.services.board_types import Standing

app = create_app("leaderboard")


@serves(app, api.LEADERBOARD)
def get_leaderboard(call: Call) -> Reply:
    return leaderboard_reply(leaderboard.current(container()), call.headers.get("if-none-match", ""))


@serves(app, api.MY_STANDING)
def get_my_standing(call: Call) -> Standing:
    return leaderboard.standing(container(), call.player_id)


@serves(app, api.HEALTH)
def get_health(_: Call) -> api.Health:
    container().hot.server_time_ms()
    return api.Health("ok")


@serves(app, api.OPENAPI)
def get_openapi(_: Call) -> dict[str, object]:
    from tapstack.http.openapi import document

    return document()
