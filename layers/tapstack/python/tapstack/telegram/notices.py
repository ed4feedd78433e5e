"""Messages that nobody has asked for: through the outbox, each once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.telegram.ports import DispatchPorts, WakePorts

log = logging.getLogger(__name__)


def text_call(chat_id: int, text: str, *, silent: bool = False) -> dict[str, Any]:
    """sendMessage of HTML, without link previews; a silent one makes no sound."""
    call: dict[str, Any] = {"method": "sendMessage", "chat_id": chat_id, "text": str(text), "parse_mode": "HTML"}
    call |= {"disable_notification": True} if silent else {}
    return call | {"link_preview_options": {"is_disabled": True}}


def notify(ports: DispatchPorts, key: str, call: dict[str, Any]) -> None:
    """Puts a message into the outbox, once per key, behind those that somebody waits for."""
    if ports.outbox.put_once(key, call, urgent=False):
        wake_sender(ports)


def wake_sender(ports: WakePorts) -> None:
    """Wakes the outbox function; while the queue is unavailable, the next call or the minute's schedule does."""
    try:
        ports.outbox_queue.wake()
    except StoreUnavailable:
        log.warning("queue unavailable: the outbox is left to the schedule")
