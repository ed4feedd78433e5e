"""Where a call goes: into the webhook's own answer, or into the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.telegram.model import edit_of
from tapstack.telegram.notices import wake_sender
from tapstack.telegram.updates import Kind

if TYPE_CHECKING:
    from tapstack.telegram.context import Call, Context
    from tapstack.telegram.ports import DispatchPorts


def dispatch(ports: DispatchPorts, context: Context[Any, Any]) -> Call:
    """Sends what a scene has to say; returns the call for the webhook's answer, {} where there is none.

    A chat has one screen, and what is put there last is what it shows in the end. A button's own message shows it by
    the webhook's answer, where the bot's allowance has room for it. Everything else goes through the outbox, which
    keeps the order and learns the ids of new messages; under names made of the update's id, so that the same update
    again adds nothing. A screen that is answered while something else of its chat is in flight waits there, too:
    whichever of the two arrives first, the screen is the last.
    """
    update, outbox, answer, wake = context.update, ports.outbox, {}, False
    if context.screen:
        call, message_id, asks = context.screen.call, context.screen.message_id, bool(context.chat.state)
        alone = message_id > 0 and outbox.may_show(update.user.id, message_id, asks=asks)
        if message_id > 0 and outbox.spend(update.user.id) == 0:
            answer = edit_of(call, message_id)
        if not (alone and answer):
            wake |= outbox.show(str(update.id), call, message_id=message_id, asks=asks)
    if update.kind is Kind.CALLBACK_QUERY:
        toast = answer_callback_query(update.query_id, context.toast_text)
        if answer:
            wake |= outbox.put_once(f"{update.id}:toast", toast, limited=False, chat_id=update.user.id)
        else:
            answer = toast
    for number, call in enumerate(context.asides):
        wake |= outbox.put_once(f"{update.id}:{number}", call, limited=False)
    if wake:
        wake_sender(ports)
    return answer


def overtaken(ports: DispatchPorts, answer: Call) -> Call:
    """What becomes of an answer that Telegram has lost, and asks for again after a later update was answered.

    It must not replace what its message shows since. A message that is the screen no more is deleted: it still shows
    what the lost answer was to replace, maybe a question.
    """
    if answer.get("method") != "editMessageText":
        return answer
    chat_id, message_id = answer["chat_id"], answer["message_id"]
    if ports.outbox.is_screen(chat_id, message_id):
        return {}
    return {"method": "deleteMessage", "chat_id": chat_id, "message_id": message_id}


def answer_callback_query(query_id: str, text: str) -> Call:
    """answerCallbackQuery, with a toast where there is a text."""
    call = {"method": "answerCallbackQuery", "callback_query_id": query_id}
    return call | ({"text": text} if text else {})
