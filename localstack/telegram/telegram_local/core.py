"""The server's state, the changes that the bot and its users make to it, and who hears of them."""

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from . import state_file
from .clock import Clock, SystemClock
from .errors import ApiError, BadRequest
from .events import Hub
from .limits import Limiter
from .params import Params
from .settings import Settings
from .state import MESSAGES_KEPT, Chat, Json, Query, Update, User
from .stats import Stats
from .webhook import Delivery

log = logging.getLogger(__name__)

QUERY_KEPT_S = 3600
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")

Method = Callable[["Core", Params], Any]
Methods = Mapping[str, tuple[str, Method]]
"""Bot API methods by name in lower case, each with its name as documented."""


@dataclass
class Hold:
    """Delays the calls of a method for as long as a test wants; `reached` is set by the first of them."""

    reached: threading.Event = field(default_factory=threading.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> None:
        """Wait until the hold is released."""
        self.reached.set()
        await self.free.wait()


class Core:
    """Owns the state. Everything runs in one event loop, so there are no locks."""

    def __init__(self, settings: Settings, methods: Methods, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.state = state_file.load(settings.state_dir)
        self.stats = Stats()
        self.limiter = Limiter(settings.limits)
        self.hub = Hub()
        self.delivery = Delivery(self.state, settings, self.clock, self.stats, self.call_from_webhook)
        self.new_update = asyncio.Event()
        self.poll = 0
        """The number of the latest getUpdates call; an earlier one that still waits ends with a conflict."""
        self.holds: dict[str, Hold] = {}
        """Methods whose calls over HTTP are held back now, by name in lower case."""
        self.delay_s: Callable[[], float] = lambda: 0.0
        """How long each call over HTTP takes to come here, and its answer to go back."""
        self.files: dict[str, tuple[str, bytes]] = {}
        self.changed = True
        self._methods = methods
        self._saving: asyncio.Task[None] | None = None

    # Start and stop

    async def start(self) -> None:
        """Deliver pending updates, and save changes from now on."""
        self.delivery.start()
        if self.settings.state_dir:
            self._saving = asyncio.ensure_future(self._save_forever())

    async def stop(self) -> None:
        """Stop delivering, end event streams and long polls, save."""
        self.hub.close()
        self.new_update.set()
        await self.delivery.close()
        if self._saving:
            self._saving.cancel()
        state_file.save(self.settings.state_dir, msgspec.json.encode(self.state))

    async def _save_forever(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            if self.changed:
                self.changed = False
                data = msgspec.json.encode(self.state)
                await asyncio.to_thread(state_file.save, self.settings.state_dir, data)

    # Calls of the bot

    def call(self, name: str, values: dict[str, Any], *, from_webhook: bool = False) -> Any:
        """Execute a method and return its result; getUpdates returns an awaitable. Raises ApiError."""
        known = self._methods.get(name.lower())
        documented = known[0] if known else "(unknown method)"
        started = time.perf_counter()
        try:
            if not known:
                raise ApiError(404, "Not Found")
            result = known[1](self, Params(values, from_webhook=from_webhook))
        except ApiError as error:
            self.stats.refused(documented, error.code, error.description, from_webhook=from_webhook)
            raise
        except (KeyError, TypeError, ValueError, AttributeError):
            # A malformed parameter that no check foresees: Telegram answers 400 to those.
            log.exception("malformed parameters of %s: %s", documented, values)
            self.stats.refused(documented, 400, "Bad Request", from_webhook=from_webhook)
            raise BadRequest("wrong parameters in request") from None
        self.changed = True
        self.stats.served(documented, from_webhook=from_webhook)
        self.stats.call_latency.add(time.perf_counter() - started)
        return result

    def call_from_webhook(self, name: str, values: dict[str, Any]) -> None:
        """Execute a method that a webhook returned; its errors show in the statistics only."""
        try:
            self.call(name, values, from_webhook=True)
        except ApiError:
            return

    def spend(self, chat: Chat, params: Params) -> None:
        """Count one message or edit against the limits."""
        if not params.from_webhook or self.settings.limits.webhook_answers:
            self.limiter.spend(chat.id, private=chat.type == "private", now=self.clock.now())
        self.stats.message(self.clock.now())

    # Updates for the bot

    def add_update(self, kind: str, payload: Json, queue: str, ttl_s: float) -> None:
        """Queue an update for the bot, unless it has not asked for this kind."""
        allowed = self.state.webhook.allowed_updates
        if kind not in allowed if allowed else kind in NOT_BY_DEFAULT:
            return
        update = Update(self.state.next_update_id, kind, payload, queue, self.clock.now() + ttl_s)
        self.state.next_update_id += 1
        self.state.updates[update.id] = update
        self.stats.updates[kind] += 1
        self.changed = True
        self.new_update.set()
        self.delivery.add(update)

    def new_query(self, kind: str, user_id: int, chat_id: int = 0) -> Query:
        """Create a query that the bot may answer, and drop those older than an hour."""
        now = self.clock.now()
        queries = self.state.queries
        while queries and next(iter(queries.values())).created_at_s < now - QUERY_KEPT_S:
            del queries[next(iter(queries))]
        query = Query(str(self.state.next_query_id), kind, user_id, now, chat_id)
        self.state.next_query_id += secrets.randbelow(1000) + 1
        self.state.queries[query.id] = query
        return query

    # Chats

    def chat(self, value: str) -> Chat:
        """The chat of a `chat_id` parameter. Raises BadRequest "chat not found"."""
        if not value:
            raise BadRequest("chat_id is empty")
        try:
            chat = self.state.chats.get(int(value))
        except ValueError:
            chat = None
        if chat is None or chat.type == "dialog":
            raise BadRequest("chat not found")
        return chat

    def user(self, user_id: int) -> User:
        """A user by id. Raises BadRequest "user not found"."""
        user = self.state.users.get(user_id)
        if user is None:
            raise BadRequest("user not found")
        return user

    def private_chat(self, user: User) -> Chat:
        """The user's chat with the bot, created if there is none."""
        chat = self.state.chats.get(user.id)
        if chat is None:
            chat = Chat(user.id, "private", members=[user.id], instance=_chat_instance())
            self.state.chats[user.id] = chat
        return chat

    def new_chat(self, kind: str, title: str, members: list[int], id_: int = 0) -> Chat:
        """A new group, supergroup or dialog of two users."""
        if not id_:
            id_, self.state.next_group_id = self.state.next_group_id, self.state.next_group_id - 1
        chat = Chat(id_, kind, title, members, instance=_chat_instance())
        self.state.chats[id_] = chat
        return chat

    def chat_json(self, chat: Chat) -> Json:
        """The chat as the Bot API shows it in a message."""
        if chat.type != "private":
            return {"id": chat.id, "title": chat.title, "type": chat.type}
        person = self.state.users[chat.id].as_json()
        shown: Json = {"id": chat.id, "type": "private"}
        return shown | {key: person[key] for key in ("first_name", "last_name", "username") if key in person}

    def bot_json(self) -> Json:
        """The bot as a User."""
        name = self.state.bot.names.get("") or self.settings.name
        return {
            "id": self.settings.bot_id,
            "is_bot": True,
            "first_name": name,
            "username": self.settings.username,
        }

    # Messages

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Add a message to a chat and publish it to the members."""
        if chat.type == "supergroup":
            chat.next_message_id += 1
            message_id = chat.next_message_id
        else:
            message_id = self.state.next_message_id
            self.state.next_message_id += 1
        message: Json = {
            "message_id": message_id,
            "from": sender,
            "chat": self.chat_json(chat),
            "date": int(self.clock.now()),
            **content,
        }
        chat.messages[message_id] = message
        while len(chat.messages) > MESSAGES_KEPT:
            del chat.messages[next(iter(chat.messages))]
        self.changed = True
        self.notify(chat, "message", message=message)
        return message

    def notify(self, chat: Chat, kind: str, only: Iterable[int] | None = None, **data: Any) -> None:
        """Publish an event to the chat's members, or to `only` these users."""
        self.hub.publish(list(chat.members if only is None else only), kind, chat_id=chat.id, **data)


def _chat_instance() -> str:
    return str(secrets.randbelow(2**63))
