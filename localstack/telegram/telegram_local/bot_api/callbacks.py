"""Answers to callback, inline and Mini App queries."""

import secrets
from typing import Any

from ..core import Core
from ..errors import BadRequest
from ..inline_results import check_result
from ..params import Params
from ..state import Json, Query
from ..user_actions import send_result
from .registry import method

TOAST_MAX = 200
ANSWER_WITHIN_S = 150
INLINE_WITHIN_S = 30
PREPARED_FOR_S = 24 * 3600
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _open_query(core: Core, kind: str, query_id: str, within_s: float) -> Query:
    """An open query. Raises BadRequest if it is unknown, answered or too old."""
    query = core.state.queries.get(query_id)
    if query is None or query.kind != kind or query.answered:
        raise BadRequest(TOO_OLD)
    if core.clock.now() - query.created_at_s > within_s:
        raise BadRequest(TOO_OLD)
    return query


@method("answerCallbackQuery")
def answer_callback_query(core: Core, params: Params) -> bool:
    """Stop the button's progress indicator, and optionally show a toast or an alert."""
    query = _open_query(core, "callback", params.text("callback_query_id"), ANSWER_WITHIN_S)
    text = params.text("text")
    if len(text) > TOAST_MAX:
        raise BadRequest("MESSAGE_TOO_LONG")
    query.answered = True
    core.hub.publish(
        [query.user_id],
        "toast",
        chat_id=query.chat_id,
        query_id=query.id,
        text=text,
        alert=params.flag("show_alert"),
        url=params.text("url"),
    )
    return True


@method("answerInlineQuery")
def answer_inline_query(core: Core, params: Params) -> bool:
    """Show up to 50 results above the user's input."""
    query = _open_query(core, "inline", params.text("inline_query_id"), INLINE_WITHIN_S)
    results: Any = params.json("results", "inline query results")
    if not isinstance(results, list):
        raise BadRequest("expected an Array of inline query results")
    if len(results) > 50:
        raise BadRequest("RESULTS_TOO_MUCH")
    checked = [check_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise BadRequest("RESULT_ID_DUPLICATE")
    button: Any = params.json("button", "inline query results button")
    query.results = checked
    query.answered = True
    core.hub.publish([query.user_id], "inline", query_id=query.id, results=checked, button=button)
    return True


@method("answerWebAppQuery")
def answer_web_app_query(core: Core, params: Params) -> Json:
    """Send a message in the name of the user who opened a Mini App."""
    query = core.state.queries.get(params.text("web_app_query_id"))
    if query is None or query.kind != "web_app" or query.answered:
        raise BadRequest("QUERY_ID_INVALID")
    result = check_result(params.json("result", "inline query result"))
    query.answered = True
    message = send_result(core, core.user(query.user_id), core.state.chats[query.chat_id], result)
    return {"inline_message_id": f"{query.chat_id}_{message['message_id']}"}


@method("savePreparedInlineMessage")
def save_prepared_inline_message(core: Core, params: Params) -> Json:
    """Store a message that the user may send from the Mini App within a day."""
    user = core.user(params.integer("user_id"))
    result = check_result(params.json("result", "inline query result"))
    kinds = [name for name in ("user", "bot", "group", "channel") if params.flag(f"allow_{name}_chats")]
    if not kinds:
        raise BadRequest("at least one chat type must be allowed")
    expires = int(core.clock.now()) + PREPARED_FOR_S
    id_ = secrets.token_urlsafe(12)
    core.state.prepared[id_] = {
        "user_id": user.id,
        "result": result,
        "chats": kinds,
        "expiration_date": expires,
    }
    return {"id": id_, "expiration_date": expires}
