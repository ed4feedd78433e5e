"""POST /clicks: the taps of a session so far."""

from tapstack.composition import container
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call
from tapstack.play import taps
from tapstack.play.operations import RECORD_TAPS, RecordTaps, TapsRecorded, taps_recorded

app = create_app("click", container)


@serves(app, RECORD_TAPS)
def record_taps(call: Call[RecordTaps]) -> TapsRecorded:
    return taps_recorded(taps.record_taps(container(), call.player_id, call.session_key, call.body.taps))
