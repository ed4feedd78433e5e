"""POST /clicks: the taps of a session so far."""

from msgspec import UNSET
from tapstack.composition import container
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call
from tapstack.leaderboards.riding import bring
from tapstack.play import taps
from tapstack.play.operations import RECORD_TAPS, RecordTaps, TapsRecorded, taps_recorded, with_board

app = create_app("click", container)


@serves(app, RECORD_TAPS)
def record_taps(call: Call[RecordTaps]) -> TapsRecorded:
    recorded = taps_recorded(taps.record_taps(container(), call.player_id, call.session_key, call.body.taps))
    since = call.body.board_since
    return recorded if since is UNSET else with_board(recorded, *bring(container(), since))
