"""The data that a user's page shows."""

from ..bot_api.profile import commands_for
from ..core import Core
from ..mini_app import main_url
from ..state import Chat, Json, User


def user_view(user: User) -> Json:
    """A test user."""
    return user.as_json() | {"blocked": user.blocked}


def chat_title(core: Core, chat: Chat, user: User) -> str:
    """What a chat is called in this user's list."""
    if chat.type == "private":
        return str(core.bot_json()["first_name"])
    if chat.type != "dialog":
        return chat.title
    others = [core.state.users[member] for member in chat.members if member != user.id]
    if not others:
        return "Saved Messages"
    (other,) = others
    return f"{other.first_name} {other.last_name}".strip()


def chats_of(core: Core, user: User) -> list[Json]:
    """The user's chats, the bot's first, then the ones with the newest messages."""
    own = [chat for chat in core.state.chats.values() if user.id in chat.members and not chat.migrated_to]
    if user.id not in core.state.chats:
        own.append(Chat(user.id, "private", members=[user.id]))
    views = [_chat_view(core, chat, user) for chat in own]
    return sorted(views, key=lambda view: (view["type"] != "private", -view["date"]))


def _chat_view(core: Core, chat: Chat, user: User) -> Json:
    last = next(reversed(chat.messages.values()), {})
    private = chat.type == "private"
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat_title(core, chat, user),
        "members": len(chat.members) + (chat.type != "dialog"),
        "date": last.get("date", 0),
        "preview": last.get("text") or last.get("caption") or "",
        "keyboard": chat.keyboard,
        "commands": commands_for(core, private=private, chat_id=chat.id, user_id=user.id, language=user.language_code),
        "menu_button": (chat.menu_button or core.state.bot.menu_button) if private else None,
    }


def state_of(core: Core, user: User) -> Json:
    """The whole page of a user, as of event `sequence`."""
    language, bot = user.language_code, core.state.bot

    def localized(texts: dict[str, str]) -> str:
        return texts.get(language) or texts.get("") or ""

    return {
        "sequence": core.hub.sequence(user.id),
        "user": user_view(user),
        "bot": core.bot_json()
        | {
            "name": localized(bot.names) or core.bot_json()["first_name"],
            "description": localized(bot.descriptions),
            "short_description": localized(bot.short_descriptions),
            "main_app": main_url(core),
        },
        "chats": chats_of(core, user),
        "messages": {
            str(chat.id): [
                message | {"reactions": chat.reactions.get(id_, [])} for id_, message in chat.messages.items()
            ]
            for chat in core.state.chats.values()
            if user.id in chat.members
        },
    }
