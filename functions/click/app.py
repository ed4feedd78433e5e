"""POST /clicks: the taps of a session so far."""

from tapstack.composition import container
from tapstack.http.app import create_app, serves, serves_async
from tapstack.http.call import Call
from tapstack.leaderboards.riding import bring, bring_async
from tapstack.play import taps
from tapstack.play.tap_operations import RECORD_TAPS, RecordTaps, TapsRecorded, taps_recorded, with_board

app = create_app("click", container)
serve = app.serve


@serves(app, RECORD_TAPS)
def record_taps(call: Call[RecordTaps]) -> TapsRecorded:
    result = taps.record_taps(container(), call.player_id, call.session_key, call.body.taps)
    return with_board(taps_recorded(result), bring(container(), call.body.board_since))


@serves_async(app, RECORD_TAPS)
async def record_taps_async(call: Call[RecordTaps]) -> TapsRecorded:
    result = await taps.record_taps_async(container(), call.player_id, call.session_key, call.body.taps)
    return with_board(taps_recorded(result), await bring_async(container(), call.body.board_since))
