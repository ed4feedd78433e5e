"""POST /heartbeat: a session says that it is still there."""

from tapstack.composition import container
from tapstack.http import api
from tapstack.http.app import Call, create_app, serves
from tapstack.play import taps
from tapstack.play.rules.pacing import heartbeat_every_ms

app = create_app("heartbeat")


@serves(app, api.HEARTBEAT)
def heartbeat(call: Call) -> api.HeartbeatAnswer:
    beat = taps.heartbeat(container(), call.player_id, call.session_key)
    return api.HeartbeatAnswer(
        beat.active,
        beat.clicks,
        beat.total_clicks,
        beat.leaderboard_version,
        beat.flush_every_ms,
        heartbeat_every_ms(container().settings.session_idle_s),
    )
