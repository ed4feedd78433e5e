"""POST /heartbeat: keeps a session open."""

from msgspec import UNSET
from tapstack.composition import container
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call
from tapstack.leaderboards.riding import bring
from tapstack.play import taps
from tapstack.play.operations import HEARTBEAT, Heartbeat, HeartbeatAnswer, heartbeat_answer, with_board

app = create_app("heartbeat", container)


@serves(app, HEARTBEAT)
def heartbeat(call: Call[Heartbeat]) -> HeartbeatAnswer:
    result = taps.heartbeat(container(), call.player_id, call.session_key)
    answer = heartbeat_answer(result, container().settings.play.session_idle_s)
    since = call.body.board_since
    return answer if since is UNSET else with_board(answer, *bring(container(), since))
