"""What the bot answers to an update: the scenario manager.

Conversations are kept in DynamoDB and read and written once per update; nothing is remembered by a container. One
update of a person is handled at a time, and one that comes again gets the answer it got before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.bot import groups, inline, tap_callbacks
from tapstack.bot.scene_list import COMMANDS, SCENES
from tapstack.platform.errors import GameError, Retryable, StoreUnavailable, TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.play import sessions
from tapstack.play.rules.tap_button import is_tap_callback
from tapstack.players.mentions import named
from tapstack.telegram.answers import answer_press, dispatch
from tapstack.telegram.context import Context, message_call
from tapstack.telegram.conversations import alone, record
from tapstack.telegram.model import Card, Chat
from tapstack.telegram.texts import language_of, plain, say
from tapstack.telegram.updates import Incoming, read

if TYPE_CHECKING:
    from tapstack.ports import Stores

UPDATES = {"update": Limit(burst=40, every_ms=3_000), "update of a day": Limit(burst=3_000, every_ms=30_000)}
"""Of one person, beside taps, which have a limit of their own: no faster than the outbox can answer, and in the long
run 2,880 a day, which bounds what is recorded of them."""

ATTEMPTS = 4
HOME = "home"


def answer(stores: Stores, raw: dict[str, Any]) -> dict[str, Any]:
    """One method call for Telegram, or nothing; raises BadRequest for what is no update.

    Raises StoreUnavailable where a store is away: Telegram brings the update again.
    """
    incoming = read(raw)
    if incoming is None or incoming.user.is_bot:
        return {}
    try:
        return _answer(stores, incoming)
    except StoreUnavailable as error:
        if error.code != "erasing":
            raise
        return _erasing(incoming)


def _erasing(incoming: Incoming) -> dict[str, Any]:
    """What somebody hears whose account is just being erased: nothing of it is kept anywhere."""
    language = language_of(incoming.user.language_code)
    if incoming.kind == "press":
        return answer_press(incoming.query_id, plain("privacy.erasing", language))
    if incoming.kind == "message" and incoming.private:
        return message_call(incoming.chat_id, say("privacy.erasing", language))
    return {}


def _answer(stores: Stores, incoming: Incoming) -> dict[str, Any]:
    if incoming.kind == "press" and is_tap_callback(incoming.data) and incoming.private:
        return tap_callbacks.answer(stores, incoming)
    if incoming.kind == "press" and not incoming.private:  # of a message that is not here, or not the bot's
        return answer_press(incoming.query_id, "")
    if not incoming.private:
        return groups.answer(stores, incoming)
    if incoming.kind == "inline":
        return {} if _too_many(stores, incoming) else inline.answer(stores, incoming)
    with alone(stores, incoming.user.id):  # an update that finds it taken comes again, and is not counted before
        if incoming.kind != "member" and _too_many(stores, incoming):
            return _too_fast(incoming)
        return _converse(stores, incoming)


def _too_many(stores: Stores, incoming: Incoming) -> bool:
    """Whether a person has sent too much: the update is taken all the same, or Telegram would bring it again."""
    try:
        for what, limit in UPDATES.items():
            stores.limiter.spend(what, f"telegram {incoming.user.id}", limit)
    except TooManyRequests:
        return True
    return False


def _too_fast(incoming: Incoming) -> dict[str, Any]:
    if incoming.kind != "press":
        return {}
    return answer_press(incoming.query_id, plain("tap.too_fast", language_of(incoming.user.language_code)))


def _converse(stores: Stores, incoming: Incoming) -> dict[str, Any]:
    """Reads the conversation, lets a scene act, and saves it; again from the start where another has saved it."""
    for _ in range(ATTEMPTS):
        chat = stores.conversations.get(incoming.user.id)
        known = chat.answers.get(str(incoming.update_id))
        if known is not None:
            return named(stores, known)
        if incoming.kind == "member":
            call: dict[str, Any] = {}
            calls: list[dict[str, Any]] = []
            chat.blocked = incoming.text != "member"
        else:
            chat.blocked = False
            context = _begin(stores, incoming, chat)
            _act(context)
            stores.conversation_cache.keep_card(chat.id, Card(context.player.id, context.language))
            call, calls = dispatch(context), context.calls
        chat.remember(incoming.update_id, call)
        if stores.conversations.save(chat, stores.clock() // 1_000):
            answered = [(shown.get("message_id", 0), shown["text"]) for shown in calls]
            record(stores, chat.id, incoming.message_id, incoming.text or incoming.data, answered)
            return named(stores, call)
    raise StoreUnavailable("this conversation is being changed elsewhere", retry_after_s=1)


def _begin(stores: Stores, incoming: Incoming, chat: Chat) -> Context:
    known = stores.players.by_telegram_id(incoming.user.id)
    if known:
        return Context(stores, incoming, chat, known, scenes=SCENES)
    start = incoming.argument if incoming.command == "start" else ""
    player = sessions.find_or_create(stores, incoming.user, start)
    return Context(stores, incoming, chat, player, is_new=True, scenes=SCENES)


def _act(context: Context) -> None:
    """Lets the scene that the update is for act; a refusal of the game is told, and leads home."""
    try:
        _route(context)
    except Retryable:
        raise
    except GameError as error:
        context.calls.clear()
        context.end_conversation()
        banned = error.code == "banned"
        context.send(context.say("error.banned") if banned else context.say("error.refused", reason=error.message))
        if not banned:
            context.go_to(HOME)


def _route(context: Context) -> None:
    incoming, chat = context.incoming, context.chat
    if incoming.kind == "press":
        name, _, rest = incoming.data.partition(":")
        action, _, context.argument = rest.partition(":")
        scene = SCENES.get(name)
        view = scene.actions.get(action) if scene else None
        if view is None:  # a button of another version of this bot
            view = SCENES[HOME].actions["open"]
        context.end_conversation()
        return view(context)
    command = COMMANDS.get(incoming.command)
    if command:
        waited = chat.waits(context.stores.clock())
        context.end_conversation()
        context.argument = "waited" if waited and incoming.command == "cancel" else incoming.argument
        return command.actions["cancel" if incoming.command == "cancel" else "open"](context)
    if chat.waits(context.stores.clock()) and incoming.text and not incoming.command:
        scene = SCENES.get(chat.scene)
        heard = scene.states.get(chat.state) if scene else None
        if heard:
            return heard(context)
    context.end_conversation()
    return context.go_to(HOME, "unknown")
