"""The state of the local Telegram: users, chats, messages, the bot. Plain data, saved as one JSON file."""

from typing import Any

from msgspec import Struct, field

Json = dict[str, Any]

MESSAGES_KEPT = 500
"""How many messages a chat keeps; older ones are dropped as if deleted."""


class User(Struct):
    """A test user; its private chat with the bot has the same id."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    blocked: bool = False
    """Whether the user has blocked the bot."""
    deactivated: bool = False
    storage: dict[str, str] = field(default_factory=dict)
    """CloudStorage of the Mini App."""
    home_screen: bool = False

    def as_json(self) -> Json:
        """The User object of the Bot API."""
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            shown["last_name"] = self.last_name
        if self.username:
            shown["username"] = self.username
        if self.language_code:
            shown["language_code"] = self.language_code
        return shown


class Chat(Struct):
    """A chat: with the bot, a group, or a dialog of two users."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    messages: dict[int, Json] = field(default_factory=dict)
    next_message_id: int = 0
    """A supergroup counts its own messages; other chats share the bot's counter."""
    migrated_to: int = 0
    bot_status: str = "member"
    menu_button: Json | None = None
    keyboard: Json | None = None
    """The reply keyboard that is shown, with the `message_id` that brought it."""
    instance: str = ""
    reactions: dict[int, list[Json]] = field(default_factory=dict)


class Bot(Struct):
    """The bot's profile; texts by language code, "" for the default."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    """By scope and language, see `commands_key`."""
    menu_button: Json | None = None


class Webhook(Struct):
    """Where updates are delivered."""

    url: str = ""
    secret: str = ""
    allowed_updates: list[str] | None = None
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


class Update(Struct):
    """A pending update."""

    id: int
    kind: str
    payload: Json
    queue: str
    """Updates of one queue are delivered one after another."""
    expires_at_s: float

    def body(self) -> Json:
        """The Update object of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class Query(Struct):
    """A callback, inline or Mini App query that the bot may answer once."""

    id: str
    kind: str
    user_id: int
    created_at_s: float
    chat_id: int = 0
    text: str = ""
    results: list[Json] = field(default_factory=list)
    answered: bool = False


class State(Struct):
    """The whole state."""

    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    bot: Bot = field(default_factory=Bot)
    webhook: Webhook = field(default_factory=Webhook)
    updates: dict[int, Update] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    prepared: dict[str, Json] = field(default_factory=dict)
    next_update_id: int = 100_000_001
    next_message_id: int = 1
    next_group_id: int = -5_000_001
    next_user_id: int = 7_000_000_001
    next_query_id: int = 4_000_000_000_000_000_001
