"""POST /heartbeat: keeps a session open."""

from tapstack.composition import container
from tapstack.http.app import create_app, serves, serves_async
from tapstack.http.call import Call
from tapstack.leaderboards.riding import bring, bring_async
from tapstack.play import taps
from tapstack.play.tap_operations import HEARTBEAT, Heartbeat, HeartbeatAnswer, heartbeat_answer, with_board

app = create_app("heartbeat", container)
serve = app.serve


@serves(app, HEARTBEAT)
def heartbeat(call: Call[Heartbeat]) -> HeartbeatAnswer:
    result = taps.heartbeat(container(), call.player_id, call.session_key)
    answer = heartbeat_answer(result, container().settings.play.session_idle_s)
    return with_board(answer, bring(container(), call.body.board_since))


@serves_async(app, HEARTBEAT)
async def heartbeat_async(call: Call[Heartbeat]) -> HeartbeatAnswer:
    result = await taps.heartbeat_async(container(), call.player_id, call.session_key)
    answer = heartbeat_answer(result, container().settings.play.session_idle_s)
    return with_board(answer, await bring_async(container(), call.body.board_since))
