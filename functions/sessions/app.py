"""POST /sessions and DELETE /sessions/current: signing in and leaving; DELETE /players/me: leaving for good.

Erasing is here because it takes Telegram's proof, and so the bot's token, which the players' function does without.
"""

from tapstack.composition import container
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.views import session_view
from tapstack.play import sessions
from tapstack.players.rules.identity import session_key
from tapstack.privacy import erasure

app = create_app("sessions")


@serves(app, api.OPEN_SESSION)
def open_session(call: Call) -> Reply:
    key = session_key(call.body.session_id)
    opened = sessions.open_session(container(), call.signed_in.user, key, call.signed_in.start_param)
    view = session_view(container(), opened, key)
    return Reply(view, status=200 if opened.existed else 201)


@serves(app, api.END_SESSION)
def end_session(call: Call) -> Reply:
    sessions.end_session(container(), call.player_id, call.session_key)
    return Reply(status=204)


@serves(app, api.ERASE_ME)
def erase_me(call: Call) -> api.ErasureBegun:
    erasure.request_own(container(), call.player_id, call.body.init_data)
    return api.ErasureBegun(erasure.DONE_WITHIN_S)
