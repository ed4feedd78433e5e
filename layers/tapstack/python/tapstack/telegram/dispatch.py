"""Where a call goes: into the webhook's own answer, or into the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.telegram.notices import wake_sender
from tapstack.telegram.updates import Kind

if TYPE_CHECKING:
    from tapstack.telegram.context import Call, Context
    from tapstack.telegram.ports import DispatchPorts


def dispatch(ports: DispatchPorts, context: Context[Any, Any]) -> Call:
    """Sends what a scene has to say; returns the call for the webhook's answer, {} where there is none.

    The first message goes into the answer if the bot's allowance has room for it at once. All others wait in the
    outbox; new messages under names made of the update's id, so that the same update again adds nothing. A screen that
    replaces one whose edit is in flight waits there, too, even if it was answered: whichever of the two arrives first,
    the screen is the last.
    """
    update, outbox = context.update, ports.outbox
    calls, answer, wake = list(context.calls), {}, False
    screens = [call for call in calls if "message_id" in call]
    raced = [call for call in screens if outbox.forget_edits(call["chat_id"], call["message_id"])]
    if calls and outbox.spend(calls[0]["chat_id"]) == 0:
        answer = calls.pop(0)
        if answer in raced:
            wake |= outbox.put_edit(answer, urgent=True)
    if update.kind is Kind.CALLBACK_QUERY:
        toast = answer_callback_query(update.query_id, context.toast_text)
        if answer:
            wake |= outbox.put_once(f"{update.id}:toast", toast, limited=False, chat_id=update.user.id)
        else:
            answer = toast
    for number, call in enumerate(calls):
        if call in screens:
            wake |= outbox.put_edit(call, urgent=True)
        else:
            wake |= outbox.put_once(f"{update.id}:{number}", call)
    if wake:
        wake_sender(ports)
    return answer


def answer_callback_query(query_id: str, text: str) -> Call:
    """answerCallbackQuery, with a toast where there is a text."""
    call = {"method": "answerCallbackQuery", "callback_query_id": query_id}
    return call | ({"text": text} if text else {})
