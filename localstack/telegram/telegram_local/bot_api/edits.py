"""Changing messages: edits, deletions, reactions."""

from typing import Any

from ..core import Core
from ..errors import BadRequest
from ..markup import check_inline_markup
from ..params import Params
from ..state import Chat, Json
from .messages import text_content, writable_chat
from .registry import method

DELETE_WITHIN_S = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(core: Core, params: Params) -> Json | bool:
    """Replace text and inline keyboard; an omitted keyboard is removed."""
    content = text_content(params)
    return _edit(core, params, content)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(core: Core, params: Params) -> Json | bool:
    """Replace only the inline keyboard."""
    return _edit(core, params, None)


def _edit(core: Core, params: Params, content: Json | None) -> Json | bool:
    inline = params.text("inline_message_id")
    chat, message = _inline_target(core, inline) if inline else _target(core, params)
    private = chat.type == "private"
    markup = check_inline_markup(params.json("reply_markup", "reply keyboard markup"), private=private)
    keys = ("text", "entities", "link_preview_options") if content is not None else ()
    old = {key: message[key] for key in (*keys, "reply_markup") if key in message}
    new = (content or {}) | ({"reply_markup": markup} if markup else {})
    if content is not None and "text" not in message:
        raise BadRequest("there is no text in the message to edit")
    if _same(old, new):
        raise BadRequest(NOT_MODIFIED)
    core.spend(chat, params)
    for key in old:
        del message[key]
    message |= new | {"edit_date": int(core.clock.now())}
    core.notify(chat, "edit", message=message)
    return True if inline else message


def _same(old: Json, new: Json) -> bool:
    """Whether an edit changes nothing; link preview options alone do not count as a change."""
    ignored = "link_preview_options"
    left, right = ({k: v for k, v in side.items() if k != ignored} for side in (old, new))
    return left == right


def _target(core: Core, params: Params) -> tuple[Chat, Json]:
    if not params.text("chat_id") and not params.text("message_id"):
        raise BadRequest("message identifier is not specified")
    chat = writable_chat(core, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise BadRequest("message to edit not found")
    if message["from"]["id"] != core.settings.bot_id:
        raise BadRequest("message can't be edited")
    return chat, message


def _inline_target(core: Core, inline_message_id: str) -> tuple[Chat, Json]:
    chat_id, _, message_id = inline_message_id.partition("_")
    try:
        chat = core.state.chats[int(chat_id)]
        return chat, chat.messages[int(message_id)]
    except (KeyError, ValueError):
        raise BadRequest("MESSAGE_ID_INVALID") from None


@method("deleteMessage")
def delete_message(core: Core, params: Params) -> bool:
    """Delete one message, at most 48 hours old."""
    chat = writable_chat(core, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise BadRequest("message to delete not found")
    own = message["from"]["id"] == core.settings.bot_id
    old = message["date"] < core.clock.now() - DELETE_WITHIN_S
    if old or not (own or chat.type == "private"):
        raise BadRequest("message can't be deleted for everyone")
    _delete(core, chat, message["message_id"])
    return True


@method("deleteMessages")
def delete_messages(core: Core, params: Params) -> bool:
    """Delete up to 100 messages; those that cannot be found are skipped."""
    chat = writable_chat(core, params)
    ids: Any = params.json("message_ids", "message identifiers")
    if not isinstance(ids, list) or not ids:
        raise BadRequest("message identifiers are not specified")
    if len(ids) > 100:
        raise BadRequest("too many message identifiers specified")
    for message_id in ids:
        if int(message_id) in chat.messages:
            _delete(core, chat, int(message_id))
    return True


def _delete(core: Core, chat: Chat, message_id: int) -> None:
    del chat.messages[message_id]
    if chat.keyboard and chat.keyboard["message_id"] == message_id and "force_reply" in chat.keyboard:
        chat.keyboard = None
    core.notify(chat, "delete", message_id=message_id)


@method("setMessageReaction")
def set_message_reaction(core: Core, params: Params) -> bool:
    """Set the bot's reaction on a message: one at most, or none."""
    chat = writable_chat(core, params)
    message_id = params.integer("message_id")
    if message_id not in chat.messages:
        raise BadRequest("message to react not found")
    reactions: Any = params.json("reaction", "reaction") or []
    if len(reactions) > 1:
        raise BadRequest("REACTIONS_TOO_MANY")
    if any(reaction.get("type") != "emoji" for reaction in reactions):
        raise BadRequest("REACTION_INVALID")
    chat.reactions[message_id] = reactions
    core.notify(chat, "reaction", message_id=message_id, reactions=reactions)
    return True
