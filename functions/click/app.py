"""POST /clicks: the taps of a session so far."""

from tapstack.composition import container
from tapstack.http.app import create_app, serves, serves_async
from tapstack.http.call import Call
from tapstack.play import taps
from tapstack.play.operations import RECORD_TAPS, RecordTaps, TapsRecorded, taps_recorded

app = create_app("click", container)
serve = app.serve


@serves(app, RECORD_TAPS)
def record_taps(call: Call[RecordTaps]) -> TapsRecorded:
    return taps_recorded(taps.record_taps(container(), call.player_id, call.session_key, call.body.taps))


@serves_async(app, RECORD_TAPS)
async def record_taps_async(call: Call[RecordTaps]) -> TapsRecorded:
    return taps_recorded(await taps.record_taps_async(container(), call.player_id, call.session_key, call.body.taps))
