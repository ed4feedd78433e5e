"""Sending: messages, photos, chat actions."""

import secrets
from typing import Any

from ..core import Core
from ..entities import format_text
from ..errors import BadRequest, Forbidden
from ..markup import check_markup
from ..params import Params, Upload
from ..state import Chat, Json
from .registry import method

TEXT_MAX = 4096
CAPTION_MAX = 1024
_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio "
    "upload_document choose_sticker find_location record_video_note upload_video_note"
).split()


def writable_chat(core: Core, params: Params) -> Chat:
    """The chat that a call writes to. Raises Telegram's error if the bot may not."""
    value = params.text("chat_id")
    try:
        chat = core.chat(value)
    except BadRequest:
        user = core.state.users.get(params.integer("chat_id"))
        if user and any(user.id in c.members for c in core.state.chats.values() if c.bot_status == "member"):
            raise Forbidden("bot can't initiate conversation with a user") from None
        raise
    if chat.migrated_to:
        raise BadRequest("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to})
    if chat.bot_status == "kicked":
        raise Forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        raise Forbidden(f"bot is not a member of the {chat.type} chat")
    user = core.state.users.get(chat.id)
    if user and user.deactivated:
        raise Forbidden("user is deactivated")
    if user and user.blocked:
        raise Forbidden("bot was blocked by the user")
    return chat


@method("sendMessage")
def send_message(core: Core, params: Params) -> Json:
    """Send a text."""
    content = text_content(params)
    return send(core, params, content)


@method("sendPhoto")
def send_photo(core: Core, params: Params) -> Json:
    """Send a picture, given as an address, a file or a file_id."""
    photo = params.values.get("photo")
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = params.values.get(photo.removeprefix("attach://"))
    if not photo:
        raise BadRequest("there is no photo in the request")
    file_id = photo if isinstance(photo, str) else secrets.token_urlsafe(24)
    if isinstance(photo, str) and not photo.startswith(("https://", "http://")) and photo not in core.files:
        raise BadRequest("wrong file identifier/HTTP URL specified")
    if isinstance(photo, Upload):
        core.files[file_id] = (photo.content_type, photo.data)
    size = {"file_id": file_id, "file_unique_id": file_id[:16], "width": 640, "height": 640}
    content: Json = {"photo": [size]}
    caption = params.text("caption")
    if caption:
        shown, entities = format_text(caption, params.text("parse_mode"), params.json("caption_entities"))
        if len(shown) > CAPTION_MAX:
            raise BadRequest("message caption is too long")
        content["caption"] = shown
        if entities:
            content["caption_entities"] = entities
    return send(core, params, content)


def text_content(params: Params) -> Json:
    """The validated text of a call with its entities."""
    text = params.text("text")
    if not text.strip():
        raise BadRequest("message text is empty")
    shown, entities = format_text(text, params.text("parse_mode"), params.json("entities"))
    if not shown:
        raise BadRequest("message text is empty")
    if len(shown) > TEXT_MAX:
        raise BadRequest("message is too long")
    content: Json = {"text": shown}
    if entities:
        content["entities"] = entities
    preview = params.json("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    return content


def send(core: Core, params: Params, content: Json) -> Json:
    """Add the bot's message to the chat, within the limits."""
    chat = writable_chat(core, params)
    private = chat.type == "private"
    markup = check_markup(params.json("reply_markup", "reply keyboard markup"), private=private)
    content = content | _reply_to(chat, params) | _effect(params, private=private)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    if params.flag("protect_content"):
        content["has_protected_content"] = True
    core.spend(chat, params)
    message = core.post(chat, core.bot_json(), content)
    if markup and "inline_keyboard" not in markup:
        _show_keyboard(core, chat, message, markup)
    return message


def _reply_to(chat: Chat, params: Params) -> Json:
    given: Any = params.json("reply_parameters", "reply parameters")
    if not isinstance(given, dict):
        old = params.integer("reply_to_message_id")
        given = {"message_id": old} if old else {}
    if not given.get("message_id"):
        return {}
    original = chat.messages.get(int(given["message_id"]))
    if original is None:
        if given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise BadRequest("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in original.items() if k != "reply_to_message"}}


def _effect(params: Params, *, private: bool) -> Json:
    effect = params.text("message_effect_id")
    if not effect:
        return {}
    if not private or not effect.isdigit():
        raise BadRequest("EFFECT_ID_INVALID")
    return {"effect_id": effect}


def _show_keyboard(core: Core, chat: Chat, message: Json, markup: Json) -> None:
    """A reply keyboard or a forced reply stays below the chat until another message changes it."""
    gone = markup.get("remove_keyboard")
    chat.keyboard = None if gone else markup | {"message_id": message["message_id"]}
    core.notify(chat, "keyboard", keyboard=chat.keyboard)


@method("sendChatAction")
def send_chat_action(core: Core, params: Params) -> bool:
    """Show "typing"; it fades after 5 s or with the next message. Not limited like a message."""
    chat = writable_chat(core, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise BadRequest("wrong parameter action in request")
    core.notify(chat, "action", action=action)
    return True
