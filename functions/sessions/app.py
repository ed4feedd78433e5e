"""POST /sessions and DELETE /sessions/current: signing in and leaving."""

from tapstack.bootstrap import container
from tapstack.domain.identity import session_key
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.views import session_view
from tapstack.services import sessions

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
