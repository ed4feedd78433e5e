"""POST /clicks: the taps of a session so far."""

from tapstack.composition import container
from tapstack.http import api
from tapstack.http.app import Call, create_app, serves
from tapstack.play import taps as live

app = create_app("click")


@serves(app, api.RECORD_TAPS)
def record_taps(call: Call) -> api.TapsRecorded:
    done = live.record_taps(container(), call.player_id, call.session_key, call.body.taps)
    return api.TapsRecorded(
        done.taps,
        done.accepted,
        done.clicks,
        done.total_clicks,
        done.leaderboard_version,
        done.flush_every_ms,
    )
