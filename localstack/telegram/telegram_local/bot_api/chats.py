"""The bot itself, chats and their members."""

from ..core import Core
from ..errors import BadRequest
from ..params import Params
from ..state import Chat, Json
from .registry import method


@method("getMe")
def get_me(core: Core, params: Params) -> Json:  # noqa: ARG001
    """The bot's own user."""
    return core.bot_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": core.state.bot.menu_button is not None,
    }


@method("getChat")
def get_chat(core: Core, params: Params) -> Json:
    """A chat in full."""
    chat = core.chat(params.text("chat_id"))
    return core.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


@method("getChatMember")
def get_chat_member(core: Core, params: Params) -> Json:
    """One member of a chat."""
    chat = core.chat(params.text("chat_id"))
    user_id = params.integer("user_id")
    if user_id == core.settings.bot_id:
        return {"user": core.bot_json(), "status": chat.bot_status}
    user = core.state.users.get(user_id)
    if user is None:
        raise BadRequest("PARTICIPANT_ID_INVALID" if user_id else "invalid user_id specified")
    return {"user": user.as_json(), "status": _status(chat, user_id)}


def _status(chat: Chat, user_id: int) -> str:
    if user_id not in chat.members:
        return "left"
    return "creator" if chat.type != "private" and chat.members[0] == user_id else "member"


@method("getChatMemberCount")
def get_chat_member_count(core: Core, params: Params) -> int:
    """The number of members of a chat, the bot included."""
    return len(core.chat(params.text("chat_id")).members) + 1


@method("leaveChat")
def leave_chat(core: Core, params: Params) -> bool:
    """Leave a group."""
    chat = core.chat(params.text("chat_id"))
    if chat.type == "private":
        raise BadRequest("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True
