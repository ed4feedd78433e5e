"""What users do in chats: write, press buttons, query, block. Each action creates the updates that Telegram would."""

import re
from typing import Any

from .core import Core
from .entities import format_text
from .errors import BadRequest
from .state import Chat, Json, Query, User

DAY_S = 86_400


def make_user(core: Core, given: Json) -> User:
    """Create a user, or change the one with this id."""
    user_id = int(given.get("id") or 0)
    user = core.state.users.get(user_id)
    if user is None:
        if not user_id:
            user_id, core.state.next_user_id = core.state.next_user_id, core.state.next_user_id + 1
        user = User(user_id, str(given.get("first_name") or "User"))
        core.state.users[user_id] = user
    for name in ("first_name", "last_name", "username", "language_code"):
        if given.get(name) is not None:
            setattr(user, name, str(given[name]))
    core.changed = True
    core.hub.publish([user.id], "profile")
    return user


def send_text(core: Core, user: User, chat: Chat, text: str, reply_to: int = 0) -> Json:
    """Write a message."""
    shown, entities = format_text(text, "", None)
    content: Json = {"text": shown}
    if not shown:
        raise BadRequest("message text is empty")
    if entities:
        content["entities"] = entities
    if reply_to in chat.messages:
        original = chat.messages[reply_to]
        content["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
    return send_content(core, user, chat, content)


def send_content(core: Core, user: User, chat: Chat, content: Json) -> Json:
    """Add a user's message to a chat; the bot receives what its privacy mode allows."""
    _member(user, chat)
    if chat.type == "private" and user.blocked:
        unblock(core, user)
    message = core.post(chat, user.as_json(), content)
    if chat.type == "private" and chat.keyboard:
        _remove_spent_keyboard(core, chat)
    if _reaches_bot(core, chat, message):
        core.add_update("message", message, f"chat:{chat.id}", DAY_S)
    return message


def _remove_spent_keyboard(core: Core, chat: Chat) -> None:
    """Remove a forced reply or a one-time keyboard, which end with the next message."""
    keyboard = chat.keyboard or {}
    if "force_reply" in keyboard or keyboard.get("one_time_keyboard"):
        chat.keyboard = None
        core.notify(chat, "keyboard", keyboard=None)


def _reaches_bot(core: Core, chat: Chat, message: Json) -> bool:
    """https://core.telegram.org/bots/features#privacy-mode"""
    if chat.type == "dialog" or chat.bot_status != "member":
        return False
    if chat.type == "private" or "text" not in message:
        return True
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    via = message.get("via_bot", {}).get("id")
    if core.settings.bot_id in (replied, via):
        return True
    command = re.match(r"/\w+(@\w+)?", message["text"])
    addressed = command.group(1) if command else None
    return bool(command) and addressed in (None, f"@{core.settings.username}")


def press(core: Core, user: User, chat: Chat, message_id: int, row: int, column: int) -> Query:
    """Press a callback button of an inline keyboard."""
    _member(user, chat)
    message = chat.messages.get(message_id)
    if message is None:
        raise BadRequest("message not found")
    try:
        button = message["reply_markup"]["inline_keyboard"][row][column]
        data = button["callback_data"]
    except (KeyError, IndexError):
        raise BadRequest("there is no such callback button") from None
    query = core.new_query("callback", user.id, chat.id)
    payload: Json = {"id": query.id, "from": user.as_json(), "chat_instance": chat.instance, "data": data}
    if "via_bot" in message:
        payload["inline_message_id"] = f"{chat.id}_{message_id}"
    else:
        payload["message"] = message
    core.add_update("callback_query", payload, f"callback:{user.id}", 150)
    return query


def inline_query(core: Core, user: User, chat: Chat, text: str, offset: str = "") -> Query:
    """Type "@bot text" into the input."""
    query = core.new_query("inline", user.id, chat.id)
    query.text = text
    kind = {"private": "sender", "dialog": "private"}.get(chat.type, chat.type)
    payload = {"id": query.id, "from": user.as_json(), "query": text, "offset": offset, "chat_type": kind}
    core.add_update("inline_query", payload, f"inline:{user.id}", 30)
    return query


def choose_result(core: Core, user: User, chat: Chat, query_id: str, result_id: str) -> Json:
    """Send one of an inline query's results to a chat."""
    query = core.state.queries.get(query_id)
    results = query.results if query else []
    result = next((result for result in results if result["id"] == result_id), None)
    if query is None or result is None:
        raise BadRequest("RESULT_ID_INVALID")
    message = send_result(core, user, chat, result)
    chosen: Json = {"result_id": result_id, "from": user.as_json(), "query": query.text}
    if "reply_markup" in result["message"]:
        chosen["inline_message_id"] = f"{chat.id}_{message['message_id']}"
    core.add_update("chosen_inline_result", chosen, f"inline:{user.id}", DAY_S)
    return message


def send_result(core: Core, user: User, chat: Chat, result: Json) -> Json:
    """Send a message via the bot, in the user's name."""
    return send_content(core, user, chat, {"via_bot": core.bot_json(), **result["message"]})


def block(core: Core, user: User) -> None:
    """Block the bot."""
    if not user.blocked:
        user.blocked = True
        _membership(core, user, core.private_chat(user), "member", "kicked")


def unblock(core: Core, user: User) -> None:
    """Unblock the bot."""
    if user.blocked:
        user.blocked = False
        _membership(core, user, core.private_chat(user), "kicked", "member")


def new_group(core: Core, user: User, title: str, members: list[int]) -> Chat:
    """Create a group with the bot in it."""
    chat = core.new_chat("group", title, list(dict.fromkeys([user.id, *members])))
    core.notify(chat, "chats")
    _membership(core, user, chat, "left", "member")
    send_content(core, user, chat, {"group_chat_created": True})
    return chat


def dialog(core: Core, user: User, other: User) -> Chat:
    """The dialog of two users, or of one with themselves. The bot is involved in messages sent via it only."""
    pair = {user.id, other.id}
    for chat in core.state.chats.values():
        if chat.type == "dialog" and set(chat.members) == pair:
            return chat
    chat = core.new_chat("dialog", "", sorted(pair))
    core.notify(chat, "chats")
    return chat


def join(core: Core, user: User, chat: Chat) -> None:
    """Join a group."""
    if chat.type not in ("group", "supergroup"):
        raise BadRequest("chat not found")
    if user.id not in chat.members:
        chat.members.append(user.id)
        core.notify(chat, "chats")
        send_content(core, user, chat, {"new_chat_members": [user.as_json()]})


def remove_bot(core: Core, user: User, chat: Chat) -> None:
    """Remove the bot from a group."""
    _membership(core, user, chat, chat.bot_status, "kicked")
    chat.bot_status = "kicked"


def add_bot(core: Core, user: User, chat: Chat) -> None:
    """Add the bot to a group that it has left, or was removed from."""
    if chat.bot_status != "member":
        _membership(core, user, chat, chat.bot_status, "member")
        chat.bot_status = "member"


def migrate(core: Core, user: User, chat: Chat) -> Chat:
    """Upgrade a group to a supergroup: it continues under another id."""
    if chat.type != "group" or chat.migrated_to:
        raise BadRequest("only a group can be upgraded")
    successor = core.new_chat("supergroup", chat.title, list(chat.members), -1_000_000_000_000 + chat.id)
    send_content(core, user, chat, {"migrate_to_chat_id": successor.id})
    chat.migrated_to = successor.id
    send_content(core, user, successor, {"migrate_from_chat_id": chat.id})
    core.notify(chat, "chats")
    return successor


def _membership(core: Core, user: User, chat: Chat, old: str, new: str) -> None:
    def state(status: str) -> Json:
        shown: Json = {"user": core.bot_json(), "status": status}
        return shown | {"until_date": 0} if status == "kicked" else shown

    payload: dict[str, Any] = {
        "chat": core.chat_json(chat),
        "from": user.as_json(),
        "date": int(core.clock.now()),
        "old_chat_member": state(old),
        "new_chat_member": state(new),
    }
    core.add_update("my_chat_member", payload, f"member:{chat.id}", DAY_S)


def _member(user: User, chat: Chat) -> None:
    if user.id not in chat.members:
        raise BadRequest("the user is not in this chat")
    if chat.migrated_to:
        raise BadRequest("the group was upgraded to a supergroup")
