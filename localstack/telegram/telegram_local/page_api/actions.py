"""The actions of the chat page and of tests: `POST api/<name>` with a JSON object, answered in JSON."""

from collections.abc import Callable
from typing import Any

from .. import mini_app, user_actions
from ..core import Core
from ..errors import BadRequest
from ..state import Chat, Json, User
from .views import chat_title, chats_of, state_of, user_view

Action = Callable[[Core, Json], Any]


def _user(core: Core, given: Json) -> User:
    return core.user(int(given.get("user") or 0))


def _chat(core: Core, given: Json) -> Chat:
    """The request's chat, by default the private chat with the bot."""
    user = _user(core, given)
    chat_id = int(given.get("chat") or user.id)
    chat = core.private_chat(user) if chat_id == user.id else core.state.chats.get(chat_id)
    if chat is None or user.id not in chat.members:
        raise BadRequest("chat not found")
    return chat


def state(core: Core, given: Json) -> Json:
    """Everything a user's page shows."""
    return state_of(core, _user(core, given))


def users(core: Core, given: Json) -> list[Json]:  # noqa: ARG001
    """All test users."""
    return [user_view(user) for user in core.state.users.values()]


def make_user(core: Core, given: Json) -> Json:
    """Create or change a user."""
    return user_view(user_actions.make_user(core, given))


def send(core: Core, given: Json) -> Json:
    """Write a message."""
    text, reply_to = str(given.get("text") or ""), int(given.get("reply_to") or 0)
    return user_actions.send_text(core, _user(core, given), _chat(core, given), text, reply_to)


def start(core: Core, given: Json) -> Json:
    """Press START, with the parameter of a deep link."""
    parameter = str(given.get("parameter") or "")
    if not all(c.isascii() and (c.isalnum() or c in "_-") for c in parameter) or len(parameter) > 64:
        raise BadRequest("START_PARAM_INVALID")
    user = _user(core, given)
    return user_actions.send_text(core, user, core.private_chat(user), f"/start {parameter}".strip())


def press(core: Core, given: Json) -> Json:
    """Press an inline button."""
    place = int(given["message_id"]), int(given.get("row") or 0), int(given.get("column") or 0)
    return {"query_id": user_actions.press(core, _user(core, given), _chat(core, given), *place).id}


def inline(core: Core, given: Json) -> Json:
    """Type "@bot ..."; the results come as an event."""
    text, offset = str(given.get("query") or ""), str(given.get("offset") or "")
    return {"query_id": user_actions.inline_query(core, _user(core, given), _chat(core, given), text, offset).id}


def choose(core: Core, given: Json) -> Json:
    """Send an inline result."""
    ids = str(given.get("query_id")), str(given.get("result_id"))
    return user_actions.choose_result(core, _user(core, given), _chat(core, given), *ids)


def block(core: Core, given: Json) -> bool:
    """Block the bot, or unblock it with `blocked: false`."""
    user = _user(core, given)
    (user_actions.block if given.get("blocked", True) else user_actions.unblock)(core, user)
    core.hub.publish([user.id], "profile")
    return user.blocked


def deactivate(core: Core, given: Json) -> bool:
    """Delete the user's account."""
    _user(core, given).deactivated = True
    return True


def clear(core: Core, given: Json) -> bool:
    """Delete the private chat on the user's side: the START button is back."""
    user = _user(core, given)
    core.state.chats.pop(user.id, None)
    core.changed = True
    core.hub.publish([user.id], "chats")
    return True


def group(core: Core, given: Json) -> Json:
    """Create a group with the bot."""
    user = _user(core, given)
    members = [int(member) for member in given.get("members") or []]
    return _chat_view(core, user_actions.new_group(core, user, str(given.get("title") or "Group"), members), user)


def join(core: Core, given: Json) -> bool:
    """Join a group."""
    chat = core.state.chats.get(int(given.get("chat") or 0))
    if chat is None:
        raise BadRequest("chat not found")
    user_actions.join(core, _user(core, given), chat)
    return True


def remove_bot(core: Core, given: Json) -> bool:
    """Remove the bot from a group."""
    user_actions.remove_bot(core, _user(core, given), _chat(core, given))
    return True


def add_bot(core: Core, given: Json) -> bool:
    """Add the bot to a group again."""
    user_actions.add_bot(core, _user(core, given), _chat(core, given))
    return True


def migrate(core: Core, given: Json) -> Json:
    """Upgrade a group to a supergroup."""
    user = _user(core, given)
    return _chat_view(core, user_actions.migrate(core, user, _chat(core, given)), user)


def dialog(core: Core, given: Json) -> Json:
    """The chat with another user, or with oneself."""
    user = _user(core, given)
    return _chat_view(core, user_actions.dialog(core, user, core.user(int(given.get("other") or 0))), user)


def launch(core: Core, given: Json) -> Json:
    """The address of a Mini App for this user."""
    return mini_app.launch(core, _user(core, given), _chat(core, given), given)


def custom_method(core: Core, given: Json) -> Any:
    """CloudStorage."""
    params = given.get("params") or {}
    return mini_app.custom_method(core, _user(core, given), str(given.get("method")), params)


def prepared(core: Core, given: Json) -> Json:
    """A prepared message, and the chats it may go to."""
    user = _user(core, given)
    kept = mini_app.prepared(core, user, str(given.get("id")))
    return {"message": kept["result"]["message"], "kinds": kept["chats"], "chats": chats_of(core, user)}


def send_prepared(core: Core, given: Json) -> Json:
    """Send a prepared message."""
    return mini_app.send_prepared(core, _user(core, given), _chat(core, given), str(given.get("id")))


def app_data(core: Core, given: Json) -> Json:
    """Data that a Mini App sends to the bot."""
    data, button = str(given.get("data") or ""), str(given.get("button_text") or "")
    return mini_app.send_data(core, _user(core, given), _chat(core, given), data, button)


def write_access(core: Core, given: Json) -> bool:
    """Allow the bot to write, as a Mini App requested."""
    user = _user(core, given)
    if user.id not in core.state.chats:
        allowed = {"write_access_allowed": {"from_request": True}}
        user_actions.send_content(core, user, core.private_chat(user), allowed)
    return True


def home_screen(core: Core, given: Json) -> str:
    """Whether the Mini App is on the home screen; `add` puts it there."""
    user = _user(core, given)
    user.home_screen = user.home_screen or bool(given.get("add"))
    core.changed = True
    return "added" if user.home_screen else "missed"


def _chat_view(core: Core, chat: Chat, user: User) -> Json:
    return {"id": chat.id, "type": chat.type, "title": chat_title(core, chat, user)}


ACTIONS: dict[str, Action] = {
    action.__name__: action
    for action in (
        [state, users, make_user, send, start, press, inline, choose, block, deactivate, clear, group, join]
        + [remove_bot, add_bot, migrate, dialog, launch, custom_method, prepared, send_prepared, app_data]
        + [write_access, home_screen]
    )
}
