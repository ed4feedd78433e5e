"""What the bot answers to an update.

Conversations are kept in DynamoDB, read and written once per update; containers remember nothing. One update of a
person is handled at a time, and an update that comes again gets the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.bot import banned, duels, groups, heists, inline, rallies, tap_callbacks
from tapstack.bot.cooldowns import too_fast
from tapstack.bot.scene_list import ACTIONS, COMMANDS, LINKS, SCENES, TEXTS
from tapstack.duels.chat import ACCEPT, STOP, is_duel_button
from tapstack.groups.rules import is_group_tap
from tapstack.heists.chat import heist_in, is_heist_button
from tapstack.platform.errors import Forbidden, GameError, Retryable, StoreUnavailable, TooManyRequests
from tapstack.platform.limits import COOLDOWNS
from tapstack.play import sessions
from tapstack.play.rules.tap_button import is_tap_callback
from tapstack.players.mentions import with_names
from tapstack.rallies.chat import CLAIM, is_rally_button
from tapstack.telegram.context import HOME, Call, Context, Screen, message_call
from tapstack.telegram.conversations import conversation_lock, record
from tapstack.telegram.dispatch import answer_callback_query, dispatch, overtaken
from tapstack.telegram.durations import duration
from tapstack.telegram.model import CachedUser, Chat
from tapstack.telegram.texts import language_of
from tapstack.telegram.updates import Kind, Update, read

if TYPE_CHECKING:
    from tapstack.bot.ports import BotPorts
    from tapstack.players.model import Player

UPDATES = ("update", "update of a day")
"""The limits of one person's updates, except taps."""

ATTEMPTS = 4


def answer(ports: BotPorts, raw: dict[str, Any]) -> Call:
    """One method call for Telegram, or {}; raises BadRequest for anything but an update.

    Raises StoreUnavailable while a store is unavailable: Telegram then sends the update again.
    """
    update = read(raw)
    if update is None or (update.user.is_bot and not update.upgraded_from):
        return {}
    try:
        return _answer(ports, update)
    except StoreUnavailable as error:
        if error.code != "erasing":
            raise
        return _erasing(update)
    except Forbidden as error:
        if error.code != "banned":
            raise
        return banned.answer(ports, update)


def _is_limited(data: str) -> bool:
    """Whether a group's button counts in its presser's limit of updates; taps have a limit of their own."""
    return is_heist_button(data) or data.startswith((ACCEPT, STOP, CLAIM))


def _erasing(update: Update) -> Call:
    """The answer to somebody whose account is being erased: nothing of it is kept anywhere."""
    language = language_of(update.user.language_code)
    if update.kind is Kind.CALLBACK_QUERY:
        return answer_callback_query(update.query_id, TEXTS.plain("privacy.erasing", language))
    if update.kind is Kind.MESSAGE and update.private:
        return message_call(update.chat_id, TEXTS.say("privacy.erasing", language))
    return {}


def _answer(ports: BotPorts, update: Update) -> Call:
    if update.kind is Kind.CALLBACK_QUERY and is_tap_callback(update.data) and update.private:
        return tap_callbacks.answer(ports, update)
    if update.kind is Kind.CALLBACK_QUERY and update.chat_id < 0 and is_group_tap(update.data):
        return groups.tap(ports, update)
    if update.kind is Kind.CALLBACK_QUERY and update.chat_id < 0 and _is_limited(update.data):
        refusal = _too_many(ports, update)
        if refusal:
            return _too_fast(update, refusal)
    if update.kind is Kind.CALLBACK_QUERY and update.chat_id < 0 and is_heist_button(update.data):
        return heists.button(ports, update)
    if update.kind is Kind.CALLBACK_QUERY and update.chat_id < 0 and is_rally_button(update.data):
        return rallies.button(ports, update)
    if update.kind is Kind.CALLBACK_QUERY and update.chat_id < 0 and is_duel_button(update.data):
        return duels.button(ports, update)
    if update.kind is Kind.CALLBACK_QUERY and not update.private:  # of a message elsewhere, or of another bot
        return answer_callback_query(update.query_id, "")
    if not update.private and update.kind is Kind.MESSAGE:
        asked = heist_in(update.replied)
        if asked and not update.command:
            return {} if _too_many(ports, update) else heists.reply(ports, update, asked)
        if update.command == "heist":
            return {} if groups.too_many(ports, update) else heists.begin(ports, update)
        if update.command == "rally":
            return {} if groups.too_many(ports, update) else rallies.begin(ports, update)
        if update.command == "duel":
            return {} if groups.too_many(ports, update) else duels.offer(ports, update)
    if not update.private:
        return groups.answer(ports, update)
    if update.kind is Kind.INLINE_QUERY:
        return {} if _too_many(ports, update) else inline.answer(ports, update)
    with conversation_lock(ports, update.user.id):  # an update that finds it held comes again: it counts only then
        refusal = None if update.kind is Kind.MY_CHAT_MEMBER else _too_many(ports, update)
        if refusal:
            return _too_fast(update, refusal)
        return _converse(ports, update)


def _too_many(ports: BotPorts, update: Update) -> TooManyRequests | None:
    """Whether a person has sent too much: the update is accepted all the same, or Telegram would send it again."""
    try:
        for what in UPDATES:
            ports.limiter.spend(what, f"telegram {update.user.id}", COOLDOWNS[what])
    except TooManyRequests as error:
        return error
    return None


def _too_fast(update: Update, error: TooManyRequests) -> Call:
    """A button says how long to wait; a message is not answered, or a flood would bring another one about."""
    if update.kind is not Kind.CALLBACK_QUERY:
        return {}
    return answer_callback_query(update.query_id, too_fast(error, language_of(update.user.language_code)))


def _converse(ports: BotPorts, update: Update) -> Call:
    """Reads the conversation, lets a scene act, and saves it; starts over where another update has saved it."""
    for _ in range(ATTEMPTS):
        chat = ports.conversations.get(update.user.id)
        known = chat.answers.get(str(update.id))
        if known is not None:
            return with_names(ports, known) if chat.shown == update.id else overtaken(ports, known)
        if update.kind is Kind.MY_CHAT_MEMBER:
            call: Call = {}
            screen: Screen | None = None
            chat.blocked = update.text != "member"
        else:
            chat.blocked = False
            context = _begin(ports, update, chat)
            _act(context)
            context.translate_menu()
            ports.conversation_cache.keep_user(chat.id, CachedUser(context.player.id, context.language))
            call, screen = dispatch(ports, context), context.screen
            chat.shown = update.id if screen else chat.shown
        chat.remember(update.id, call)
        if ports.conversations.save(chat, ports.clock() // 1_000):
            answered = [(max(0, screen.message_id), screen.call["text"])] if screen else []
            said = update.text or update.data
            record(ports, chat_id=chat.id, message_id=update.message_id, said=said, answered=answered)
            return with_names(ports, call)
    raise StoreUnavailable("this conversation is being changed elsewhere", retry_after_s=1)


def _begin(ports: BotPorts, update: Update, chat: Chat) -> Context[Player, BotPorts]:
    known = ports.players.by_telegram_id(update.user.id)
    if known:
        return Context(ports, update, chat, known, ACTIONS, TEXTS)
    start = update.argument if update.command == "start" else ""
    player = sessions.find_or_create(ports, update.user, start)
    return Context(ports, update, chat, player, ACTIONS, TEXTS, is_new=True)


def _act(context: Context[Player, BotPorts]) -> None:
    """Lets the scene that the update is for act; a refusal of the game is explained, and leads home."""
    try:
        _route(context)
    except TooManyRequests as error:
        context.end_conversation()
        context.headline = context.say("cooldown.again", time=duration(error.retry_after_ms, context.language))
        context.go_to(HOME)
    except Retryable:
        raise
    except GameError as error:
        if error.code == "banned":
            return banned.refuse(context)
        context.end_conversation()
        context.headline = context.say("error.refused")
        context.go_to(HOME)


def _route(context: Context[Player, BotPorts]) -> None:
    update, chat = context.update, context.chat
    name, _, rest = update.data.partition(":")
    command = COMMANDS.get(update.command)
    kind, _, linked = update.argument.partition("_") if update.command == "start" else ("", "", "")
    if banned.is_refused(context.player, command.name if command else name):
        return banned.refuse(context)
    if update.kind is Kind.CALLBACK_QUERY:
        action, _, context.argument = rest.partition(":")
        view = ACTIONS.get(name, {}).get(action)
        if view is None:  # a button of another version of this bot
            view = ACTIONS[HOME]["open"]
        context.end_conversation()
        return view(context)
    if kind in LINKS:
        context.end_conversation()
        context.argument = linked
        return LINKS[kind].actions["link"](context)
    awaited = chat.awaits_text(context.ports.clock())
    if command:
        context.end_conversation()
        context.argument = "waited" if awaited and update.command == "cancel" else update.argument
        return command.actions["cancel" if update.command == "cancel" else "open"](context)
    if chat.is_late(update.id) and not update.command:
        return context.tidy()
    if awaited and update.text and not update.command:
        scene = SCENES.get(chat.scene)
        answered = scene.states.get(chat.state) if scene else None
        if answered:
            return answered(context)
    context.end_conversation()
    return context.go_to(HOME, "unknown")
