"""The server's one object: the world, what happens in it, and who is told."""

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from . import snapshot
from .api import METHODS
from .clock import Clock, SystemClock
from .errors import ApiError, BadRequest
from .events import Hub
from .limits import Limiter
from .params import Params
from .settings import Settings
from .stats import Stats
from .webhook import Delivery
from .world import MESSAGES_KEPT, Chat, Json, Query, Update, User

log = logging.getLogger(__name__)

MESSAGE_TTL_S = 86_400
CALLBACK_TTL_S = 150
INLINE_TTL_S = 30
QUERY_KEPT_S = 3600
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass
class Hold:
    """Calls that are on their way for as long as a test wants; `reached` says that there is one."""

    reached: threading.Event = field(default_factory=threading.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    async def passes(self) -> None:
        """Waits until calls get through again."""
        self.reached.set()
        await self.free.wait()


class Core:
    """Owns the state. All of it runs in one event loop: no locks."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.world = snapshot.load(settings.state_dir)
        self.stats = Stats()
        self.limiter = Limiter(settings.limits)
        self.hub = Hub()
        self.delivery = Delivery(self.world, settings, self.clock, self.stats, self.answer_call)
        self.new_update = asyncio.Event()
        self.poll = 0
        """Which getUpdates is the newest: an older one ends with a conflict."""
        self.holds: dict[str, Hold] = {}
        """Methods whose calls over HTTP do not get through now, by name in lower case."""
        self.files: dict[str, tuple[str, bytes]] = {}
        self.changed = True
        self._saving: asyncio.Task[None] | None = None

    # Life

    async def start(self) -> None:
        """Deliver what is waiting, and save from now on."""
        self.delivery.start()
        if self.settings.state_dir:
            self._saving = asyncio.ensure_future(self._save_forever())

    async def stop(self) -> None:
        """Stop delivering, send watchers away, save."""
        self.hub.close()
        self.delivery.stop()
        if self._saving:
            self._saving.cancel()
        snapshot.save(self.settings.state_dir, msgspec.json.encode(self.world))

    async def _save_forever(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            if self.changed:
                self.changed = False
                data = msgspec.json.encode(self.world)
                await asyncio.to_thread(snapshot.save, self.settings.state_dir, data)

    # Calls of the bot

    def call(self, name: str, values: dict[str, Any], *, answer: bool = False) -> Any:
        """Carry out a method; getUpdates gives an awaitable. Raises ApiError."""
        known = METHODS.get(name.lower())
        shown = known[0] if known else "(unknown method)"
        started = time.perf_counter()
        try:
            if not known:
                raise ApiError(404, "Not Found")
            params = Params(values)
            params.answer = answer
            result = known[1](self, params)
        except ApiError as error:
            self.stats.refused(shown, error.code, error.description, answer=answer)
            raise
        except (KeyError, TypeError, ValueError, AttributeError):
            # Nonsense in a parameter that no check has foreseen: Telegram answers 400 to such.
            log.exception("The call of %s cannot be understood: %s", shown, values)
            self.stats.refused(shown, 400, "Bad Request", answer=answer)
            raise BadRequest("wrong parameters in request") from None
        self.changed = True
        self.stats.served(shown, answer=answer)
        self.stats.call_latency.add(time.perf_counter() - started)
        return result

    def answer_call(self, name: str, values: dict[str, Any]) -> None:
        """Carry out a method that a webhook answered; errors are seen in the statistics only."""
        try:
            self.call(name, values, answer=True)
        except ApiError:
            return

    def spend(self, chat: Chat, params: Params) -> None:
        """Count one message or edit against the limits."""
        if not params.answer or self.settings.limits.webhook_answers:
            self.limiter.spend(chat.id, private=chat.type == "private", now=self.clock.now())
        self.stats.message(self.clock.now())

    # Updates for the bot

    def update(self, kind: str, payload: Json, queue: str, ttl_s: float) -> None:
        """Put an update into the list, unless the bot does not want its kind."""
        allowed = self.world.webhook.allowed_updates
        if kind not in allowed if allowed else kind in NOT_BY_DEFAULT:
            return
        update = Update(self.world.next_update_id, kind, payload, queue, self.clock.now() + ttl_s)
        self.world.next_update_id += 1
        self.world.updates[update.id] = update
        self.stats.updates[kind] += 1
        self.changed = True
        self.new_update.set()
        self.delivery.add(update)

    def query(self, kind: str, user_id: int, chat_id: int = 0) -> Query:
        """A new query that the bot may answer; old ones are forgotten."""
        now = self.clock.now()
        queries = self.world.queries
        while queries and next(iter(queries.values())).created_at_s < now - QUERY_KEPT_S:
            del queries[next(iter(queries))]
        query = Query(str(self.world.next_query_id), kind, user_id, now, chat_id)
        self.world.next_query_id += secrets.randbelow(1000) + 1
        self.world.queries[query.id] = query
        return query

    # Chats

    def chat(self, value: str) -> Chat:
        """The chat of a `chat_id` parameter. Raises BadRequest "chat not found"."""
        if not value:
            raise BadRequest("chat_id is empty")
        try:
            chat = self.world.chats.get(int(value))
        except ValueError:
            chat = None
        if chat is None or chat.type == "dialog":
            raise BadRequest("chat not found")
        return chat

    def user(self, user_id: int) -> User:
        """A user by id. Raises BadRequest "user not found"."""
        user = self.world.users.get(user_id)
        if user is None:
            raise BadRequest("user not found")
        return user

    def private_chat(self, user: User) -> Chat:
        """The user's chat with the bot, begun where it was not."""
        chat = self.world.chats.get(user.id)
        if chat is None:
            chat = Chat(user.id, "private", members=[user.id], instance=_instance())
            self.world.chats[user.id] = chat
        return chat

    def new_chat(self, kind: str, title: str, members: list[int], id_: int = 0) -> Chat:
        """A new group, supergroup or dialog of two people."""
        if not id_:
            id_, self.world.next_group_id = self.world.next_group_id, self.world.next_group_id - 1
        chat = Chat(id_, kind, title, members, instance=_instance())
        self.world.chats[id_] = chat
        return chat

    def chat_shown(self, chat: Chat) -> Json:
        """The chat as the Bot API shows it in a message."""
        if chat.type != "private":
            return {"id": chat.id, "title": chat.title, "type": chat.type}
        person = self.world.users[chat.id].shown()
        shown: Json = {"id": chat.id, "type": "private"}
        return shown | {key: person[key] for key in ("first_name", "last_name", "username") if key in person}

    def bot_shown(self) -> Json:
        """The bot as a User."""
        name = self.world.bot.names.get("") or self.settings.name
        return {
            "id": self.settings.bot_id,
            "is_bot": True,
            "first_name": name,
            "username": self.settings.username,
        }

    # Messages

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat and on its members' screens."""
        if chat.type == "supergroup":
            chat.next_message_id += 1
            message_id = chat.next_message_id
        else:
            message_id = self.world.next_message_id
            self.world.next_message_id += 1
        message: Json = {
            "message_id": message_id,
            "from": sender,
            "chat": self.chat_shown(chat),
            "date": int(self.clock.now()),
            **content,
        }
        chat.messages[message_id] = message
        while len(chat.messages) > MESSAGES_KEPT:
            del chat.messages[next(iter(chat.messages))]
        self.changed = True
        self.tell(chat, "message", message=message)
        return message

    def tell(self, chat: Chat, kind: str, only: Iterable[int] | None = None, **data: Any) -> None:
        """Tell the members' pages."""
        self.hub.tell(list(chat.members if only is None else only), kind, chat_id=chat.id, **data)


def _instance() -> str:
    return str(secrets.randbelow(2**63))
