"""Where a call goes: into the webhook's own answer, or into the outbox."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.ports import Stores
    from tapstack.telegram.context import Call, Context

log = logging.getLogger(__name__)


def dispatch(context: Context) -> Call:
    """Sends what a scene has to say; returns the call for the webhook's answer, {} where there is none.

    The first message goes into the answer if the bot's allowance has room for it at once; all else waits in the
    outbox, new messages under names made of the update's id: the same update again puts nothing in twice. A screen in
    the place of one whose edit is under way waits there, too, even when it was answered: whichever of the two lands
    first, the screen is the last.
    """
    stores, incoming = context.stores, context.incoming
    calls, answer, wake = list(context.calls), {}, False
    screens = [call for call in calls if "message_id" in call]
    raced = [call for call in screens if stores.outbox.forget_edits(call["chat_id"], call["message_id"])]
    if calls and stores.outbox.spend(calls[0]["chat_id"]) == 0:
        answer = calls.pop(0)
        if answer in raced:
            wake |= stores.outbox.put_edit(answer, urgent=True)
    if incoming.kind == "press":
        toast = answer_press(incoming.query_id, context.toast_text)
        if answer:
            wake |= stores.outbox.put_once(
                f"{incoming.update_id}:toast", toast, limited=False, chat_id=incoming.user.id
            )
        else:
            answer = toast
    for number, call in enumerate(calls):
        if call in screens:
            wake |= stores.outbox.put_edit(call, urgent=True)
        else:
            wake |= stores.outbox.put_once(f"{incoming.update_id}:{number}", call)
    for key, call in context.notices:
        wake |= stores.outbox.put_once(key, call, urgent=False)
    if wake:
        wake_sender(stores)
    return answer


def answer_press(query_id: str, text: str) -> Call:
    """answerCallbackQuery, with a toast where there is a text."""
    call = {"method": "answerCallbackQuery", "callback_query_id": query_id}
    return call | ({"text": text} if text else {})


def wake_sender(stores: Stores) -> None:
    """Wakes the outbox function; where the queue is away, the next call or the minute's schedule does."""
    try:
        stores.outbox_queue.wake()
    except StoreUnavailable:
        log.warning("queue away: the outbox is left to the schedule")
