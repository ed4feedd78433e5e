"""The outbox in Redis: calls that wait for Telegram, and one allowance for all senders."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.telegram import redis_keys as keys
from tapstack.telegram.model import NEW_MESSAGE, LeasedCall, edit_of, message_name

PRIVATE_MS = 1_050
GROUP_MS = 3_100
"""https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: 1/s, and 20/min in a group."""

BURST = 2
AHEAD_MS = 1_000
LEASE_MS = 30_000
"""After this a call that was taken is due again."""

SENDER_ALIVE_MS = 3_000
"""After this another sender may replace one that has taken nothing."""

WAKE_EVERY_MS = 1_000
ONCE_KEPT_MS = 86_400_000
SOON_MS = 2_000
"""A sender stays for calls that are due within this."""

URGENT_MS = -300_000
ANSWER_MS = 1_000
"""The time of a webhook's answer to Telegram: a screen from the outbox waits so long after it."""

AT_ONCE = 20
SCAN_AT_ONCE = 1_000

_encode = msgspec.json.Encoder(order="deterministic").encode


class Outbox:
    """`per_s` is the rate over the whole bot. Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, per_s: int, now_ms: Callable[[], int] | None = None) -> None:
        self.client = client
        self._now_ms = now_ms or (lambda: 0)
        self._rate = (1_000_000 // per_s, BURST * 1_000_000 // per_s)

    def _run(self, name: str, script_keys: list[str], args: list[Any]) -> Any:
        with available():
            return redis_scripts.run(self.client, name, script_keys, [self._now_ms(), *args])

    def show(self, key: str, call: dict[str, Any], *, message_id: int = NEW_MESSAGE, asks: bool = False) -> bool:
        """Adds the screen of a private chat, a sendMessage, once per key; says whether to wake the sender.

        It replaces a screen of this chat that still waits. `message_id` is the message that is to show it, NEW_MESSAGE
        or THE_SCREEN; `asks` says that it asks for a text: its message is deleted once another is the screen.
        """
        return self._show(call["chat_id"], call | ({"asks": True} if asks else {}), message_id, asks=asks, once=key)

    def may_show(self, chat_id: int, message_id: int, *, asks: bool = False) -> bool:
        """Whether the caller may have a message show the screen without the outbox, for nothing else is in flight.

        Whatever waits for this message, or as this chat's screen, is dropped then.
        """
        return self._show(chat_id, None, message_id, asks=asks)

    def is_screen(self, chat_id: int, message_id: int) -> bool:
        """Whether a message is a chat's screen, and stays it: no new message is on its way to be that."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for screens in _screen_keys():
                pipe.hget(screens, str(chat_id))
            latest = next(filter(None, pipe.execute()), "0 0 0 0")
        message, wanted, sent, _ = str(latest).split()
        return message == str(message_id) and int(sent) >= int(wanted)

    def _show(self, chat_id: int, call: dict[str, Any] | None, message_id: int, *, asks: bool, once: str = "") -> bool:
        script_keys = [
            keys.OUTBOX_QUEUE,
            keys.OUTBOX_CALLS,
            keys.OUTBOX_GATE,
            keys.outbox_once(chat_id),
            keys.OUTBOX_IN_FLIGHT,
            *_screen_keys(),
            *_sent_keys(),
        ]
        json = _encode(call).decode() if call else ""
        name = f"s:{chat_id}:{once}"
        times = [ONCE_KEPT_MS, URGENT_MS, WAKE_EVERY_MS, ANSWER_MS]
        args = [chat_id, json, message_id, int(asks), name, *times]
        return bool(self._run("telegram/outbox_show", script_keys, args))

    def put_edit(self, call: dict[str, Any]) -> bool:
        """Adds an edit of a message; says whether to wake the sender.

        Of several edits of one message only the newest is sent, and only after the one in flight.
        """
        return self._put(_edit(call["chat_id"], call["message_id"]), call, 0)

    def put_later(self, call: dict[str, Any], delay_ms: int) -> None:
        """Adds an edit that is sent unless another comes before; a call replaces the one before."""
        self._put(_later(call["chat_id"], call["message_id"]), call, delay_ms, delayed=True)

    def put_once(
        self, key: str, call: dict[str, Any], *, limited: bool = True, urgent: bool = True, chat_id: int = 0
    ) -> bool:
        """Adds a call that must be made only once: for a day, the same key again changes nothing.

        `chat_id` names the chat where the call itself does not.
        """
        kind = "m" if limited else "a"
        name = f"{kind}:{call.get('chat_id', chat_id)}:{key}"
        return self._put(name, call, URGENT_MS if urgent else 0, once_ms=ONCE_KEPT_MS)

    def put_named(self, key: str, call: dict[str, Any]) -> bool:
        """Adds a message that waits under its chat and key, once however often it is added.

        After it was sent the same key is a new call: the caller knows from elsewhere what was sent before.
        """
        return self._put(message_name(call["chat_id"], key), call, 0)

    def waiting_among(self, names: Sequence[str]) -> set[str]:
        """Which calls wait, or are in flight."""
        if not names:
            return set()
        with available():
            found = self.client.hmget(keys.OUTBOX_CALLS, names)
        return {name for name, call in zip(names, found, strict=True) if call}

    def _put(self, name: str, call: dict[str, Any], due_ms: int, *, delayed: bool = False, once_ms: int = 0) -> bool:
        once = keys.outbox_once(chat_of(name))
        script_keys = [keys.OUTBOX_QUEUE, keys.OUTBOX_CALLS, keys.OUTBOX_GATE, once]
        args = [name, _encode(call).decode(), due_ms, int(delayed), once_ms, WAKE_EVERY_MS]
        return bool(self._run("telegram/outbox_put", script_keys, args))

    def forget_chat(self, chat_id: int) -> None:
        """Drops every call to a chat, and all that is known of what was sent."""
        with available():
            self._drop(keys.OUTBOX_CALLS, f"[a-z]:{chat_id}:*")
            for sent in _sent_keys():
                self._drop(sent, f"e:{chat_id}:*")
            in_flight = [m for m, _ in self.client.zscan_iter(keys.OUTBOX_IN_FLIGHT, f"{chat_id}:*", SCAN_AT_ONCE)]
            pipe = self.client.pipeline(transaction=True)
            pipe.zrem(keys.OUTBOX_CHATS, chat_id)
            pipe.delete(keys.outbox_once(chat_id))
            for screens in _screen_keys():
                pipe.hdel(screens, str(chat_id))
            if in_flight:
                pipe.zrem(keys.OUTBOX_IN_FLIGHT, *in_flight)
            pipe.execute()

    def forget_about(self, key: str) -> None:
        """Drops the calls of a key to any chat, and the record that they were added."""
        with available():
            for name in self._drop(keys.OUTBOX_CALLS, f"m:*:{key}"):
                self.client.zrem(keys.outbox_once(chat_of(name)), name)

    def _drop(self, name: str, pattern: str) -> list[str]:
        """Removes the fields of a hash that match a pattern, and the calls of these names from the queue."""
        found = [field for field, _ in self.client.hscan_iter(name, pattern, SCAN_AT_ONCE)]
        if found:
            pipe = self.client.pipeline(transaction=True)
            pipe.hdel(name, *found)
            if name == keys.OUTBOX_CALLS:
                pipe.zrem(keys.OUTBOX_QUEUE, *found)
            pipe.execute()
        return found

    def take(self, sender: str = "") -> tuple[list[LeasedCall], int]:
        """Leases the calls that may be made now; returns them and how many ms to wait before asking again.

        One sender works at a time: any other gets a negative wait.
        """
        script_keys = [
            keys.OUTBOX_QUEUE,
            keys.OUTBOX_CALLS,
            keys.OUTBOX_CHATS,
            keys.OUTBOX_GATE,
            *_sent_keys(),
            keys.OUTBOX_IN_FLIGHT,
            *_screen_keys(),
        ]
        args = [*self._rate, PRIVATE_MS, GROUP_MS, LEASE_MS, SENDER_ALIVE_MS, AT_ONCE, sender]
        wait_ms, *rows = self._run("telegram/outbox_take", script_keys, args)
        return [_leased(name, raw) for name, raw in zip(rows[::2], rows[1::2], strict=True)], int(wait_ms)

    def ack(self, leased: LeasedCall, *, sent: bool = False, message_id: int = 0) -> None:
        """Ends a call for good; `sent` says that its message, `message_id` where it is new, shows what it says."""
        self._finish(leased, shown=_encode(leased.call).decode() if sent else "", message_id=message_id)

    def send_anew(self, leased: LeasedCall) -> None:
        """Has a screen sent as a new message, because the one that it was to edit is gone."""
        self._finish(leased, retry_ms=0, message_gone=True)

    def retry(self, leased: LeasedCall, delay_ms: int, *, pause_ms: int = 0, counts: bool = True) -> None:
        """Puts a call off; with `pause_ms` all senders wait, and `counts` says whether this attempt counts."""
        self._finish(leased, retry_ms=max(0, delay_ms), pause_ms=pause_ms, counts=counts)

    def pause(self, ms: int) -> None:
        """Makes all senders wait, because Telegram says so."""
        self._finish(LeasedCall("a:0:pause", "0", 0, {}), pause_ms=ms)

    def _finish(
        self,
        leased: LeasedCall,
        *,
        shown: str = "",
        retry_ms: int = -1,
        pause_ms: int = 0,
        counts: bool = True,
        message_id: int = 0,
        message_gone: bool = False,
    ) -> None:
        script_keys = [
            keys.OUTBOX_QUEUE,
            keys.OUTBOX_CALLS,
            keys.OUTBOX_GATE,
            _sent_keys()[0],
            keys.OUTBOX_IN_FLIGHT,
            *_screen_keys(),
        ]
        args = [leased.name, leased.version, int(retry_ms < 0), max(0, retry_ms), shown, pause_ms, int(counts)]
        screen = [leased.call.get("message_id", message_id), leased.screen, int(leased.asks), int(message_gone)]
        self._run("telegram/outbox_ack", script_keys, [*args, *screen])

    def spend(self, chat_id: int, *, ahead_ms: int = AHEAD_MS) -> int:
        """Spends the allowance of one message: 0, or the ms to wait before there is room for it."""
        per_chat = GROUP_MS if chat_id < 0 else PRIVATE_MS
        args = [chat_id, *self._rate, per_chat, ahead_ms]
        return int(self._run("telegram/outbox_spend", [keys.OUTBOX_CHATS, keys.OUTBOX_GATE], args))

    def go_idle(self, sender: str = "", *, anyway: bool = False) -> bool:
        """Lets a sender stop if nothing is due soon, or `anyway`; says whether it may."""
        args = [SOON_MS, sender, int(anyway)]
        return bool(self._run("telegram/outbox_rest", [keys.OUTBOX_QUEUE, keys.OUTBOX_GATE], args))

    def waiting(self) -> int:
        """The number of waiting calls."""
        with available():
            return int(self.client.zcard(keys.OUTBOX_QUEUE))


def chat_of(name: str) -> int:
    """The chat of a call; 0 for one without."""
    return int(name.split(":", 2)[1])


def _edit(chat_id: int, message_id: int) -> str:
    return f"e:{chat_id}:{message_id}"


def _later(chat_id: int, message_id: int) -> str:
    return f"l:{chat_id}:{message_id}"


def _leased(name: str, raw: str) -> LeasedCall:
    """A call as outbox_take.lua returns it."""
    version, attempts, rest = raw.split(" ", 2)
    if not name.startswith("s:"):
        return LeasedCall(name, version, int(attempts), msgspec.json.decode(rest))
    message_id, number, encoded = rest.split(" ", 2)
    call = msgspec.json.decode(encoded)
    asks = call.pop("asks", False)
    if message_id == "0":
        return LeasedCall(name, version, int(attempts), call, int(number), asks)
    return LeasedCall(name, version, int(attempts), edit_of(call, int(message_id)), asks=asks)


def _screen_keys() -> list[str]:
    day = int(time.time()) // 86_400
    return [keys.outbox_screens(day), keys.outbox_screens(day - 1)]


def _sent_keys() -> list[str]:
    hour = int(time.time()) // 3_600
    return [keys.outbox_sent(hour), keys.outbox_sent(hour - 1)]
