"""POST /sessions and DELETE /sessions/current: signing in and leaving; DELETE /players/me: leaving for good.

Erasure is here because it takes Telegram's proof, and so the bot's token, which the players function does without.
"""

from tapstack.composition import container
from tapstack.http.app import create_app, serves, serves_async
from tapstack.http.call import Call, Reply
from tapstack.inbox.notifying import unread
from tapstack.platform.threads import in_thread
from tapstack.play import sessions
from tapstack.play.operations import END_SESSION, OPEN_SESSION, OpenSession, session_view
from tapstack.play.sessions import OpenedSession
from tapstack.players.newcomers import Newcomer, newcomer
from tapstack.players.rules.identity import session_key
from tapstack.privacy import erasure
from tapstack.privacy.operations import ERASE_ME, EraseMe, ErasureBegun

app = create_app("sessions", container)
serve = app.serve


@serves(app, OPEN_SESSION)
def open_session(call: Call[OpenSession]) -> Reply:
    key = session_key(call.body.session_id)
    opened = sessions.open_session(container(), call.signed_in.user, key, call.signed_in.start_param)
    met = newcomer(container(), opened.player) if _is_new(opened) else None
    return _reply(opened, key, met, unread(container(), opened.player.id))


@serves_async(app, OPEN_SESSION)
async def open_session_async(call: Call[OpenSession]) -> Reply:
    key = session_key(call.body.session_id)
    user, start_param = call.signed_in.user, call.signed_in.start_param
    opened, waiting = await sessions.open_session_async(container(), user, key, start_param)
    met = await in_thread(newcomer, container(), opened.player) if _is_new(opened) else None
    return _reply(opened, key, met, waiting)


def _is_new(opened: OpenedSession) -> bool:
    """Whether a page may have to be told of a newcomer: one with taps has had an answer before."""
    return not opened.live.taps and not opened.player.username


def _reply(opened: OpenedSession, key: str, met: Newcomer | None, waiting: int | None) -> Reply:
    return Reply(session_view(container(), opened, key, met, waiting), status=200 if opened.existed else 201)


@serves(app, END_SESSION)
def end_session(call: Call[None]) -> None:
    sessions.end_session(container(), call.player_id, call.session_key)


@serves(app, ERASE_ME)
def erase_me(call: Call[EraseMe]) -> ErasureBegun:
    erasure.request_own(container(), call.player_id, call.body.init_data)
    return ErasureBegun(erasure.DONE_WITHIN_S)
