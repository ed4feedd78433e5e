"""The outbox in Redis: calls to Telegram that wait for their turn, one allowance for all who send."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.telegram import redis_keys as keys
from tapstack.telegram.model import LeasedCall

PRIVATE_MS = 1_050
GROUP_MS = 3_100
"""https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: 1/s, and 20/min in a group."""

BURST = 2
AHEAD_MS = 1_000
TAKEN_FOR_MS = 30_000
AWAKE_MS = 3_000
WAKE_GAP_MS = 1_000
ONCE_KEPT_MS = 86_400_000
SOON_MS = 2_000
URGENT_MS = -300_000
AT_ONCE = 20
SCAN_AT_ONCE = 1_000

_encode = msgspec.json.Encoder(order="deterministic").encode


class Outbox:
    """`per_s` is the rate over the whole bot. Every call raises StoreUnavailable where Redis is away."""

    def __init__(self, client: Any, *, per_s: int, now_ms: Callable[[], int] | None = None) -> None:
        self.client = client
        self._now_ms = now_ms or (lambda: 0)
        self._rate = (1_000_000 // per_s, BURST * 1_000_000 // per_s)

    def _run(self, name: str, script_keys: list[str], args: list[Any]) -> Any:
        with available():
            return redis_scripts.run(self.client, name, script_keys, [self._now_ms(), *args])

    def put_edit(self, call: dict[str, Any], *, urgent: bool = False) -> bool:
        """Puts in what a message is to show; says whether the sender has to be woken.

        Of several edits of one message only the newest is sent, and only after the one that is under way.
        """
        return self._put(_edit(call["chat_id"], call["message_id"]), call, URGENT_MS if urgent else 0)

    def put_later(self, call: dict[str, Any], delay_ms: int) -> None:
        """What a message is to show if nothing else happens to it; a call replaces the one before."""
        self._put(_later(call["chat_id"], call["message_id"]), call, delay_ms, delayed=True)

    def put_once(
        self, key: str, call: dict[str, Any], *, limited: bool = True, urgent: bool = True, chat_id: int = 0
    ) -> bool:
        """Puts in a call that must be made once: the same key again changes nothing, for a day.

        `chat_id` says whose call it is where the call itself does not.
        """
        kind = "m" if limited else "a"
        name = f"{kind}:{call.get('chat_id', chat_id)}:{key}"
        return self._put(name, call, URGENT_MS if urgent else 0, once_ms=ONCE_KEPT_MS)

    def put_named(self, key: str, call: dict[str, Any]) -> bool:
        """Puts in a message that waits under its chat and key, once however often it is put in.

        After it was made the same key is a new call: who makes it knows from elsewhere what was made before.
        """
        return self._put(message_name(call["chat_id"], key), call, 0)

    def waiting_among(self, names: Sequence[str]) -> set[str]:
        """Which calls wait, or are on their way."""
        if not names:
            return set()
        with available():
            found = self.client.hmget(keys.OUTBOX_CALLS, names)
        return {name for name, call in zip(names, found, strict=True) if call}

    def _put(self, name: str, call: dict[str, Any], due_ms: int, *, delayed: bool = False, once_ms: int = 0) -> bool:
        once = keys.outbox_once(chat_of(name))
        script_keys = [keys.OUTBOX_QUEUE, keys.OUTBOX_CALLS, keys.OUTBOX_GATE, once]
        args = [name, _encode(call).decode(), due_ms, int(delayed), once_ms, WAKE_GAP_MS]
        return bool(self._run("telegram/outbox_put", script_keys, args))

    def forget_edits(self, chat_id: int, message_id: int) -> bool:
        """Drops what waits for a message, because it is about to show something else.

        Says whether an edit is under way: it can land after what the caller shows without the outbox.
        """
        names = [_edit(chat_id, message_id), _later(chat_id, message_id)]
        with available():
            pipe = self.client.pipeline(transaction=True)
            pipe.zrem(keys.OUTBOX_QUEUE, *names)
            pipe.hdel(keys.OUTBOX_CALLS, *names)
            for sent in _sent_keys():
                pipe.hdel(sent, names[0])
            pipe.zscore(keys.OUTBOX_UNDER_WAY, f"{chat_id}:{message_id}")
            return pipe.execute()[-1] is not None

    def forget_chat(self, chat_id: int) -> None:
        """Drops all that is to be sent to a chat, and whatever is known of what was sent."""
        with available():
            self._drop(keys.OUTBOX_CALLS, f"[a-z]:{chat_id}:*")
            for sent in _sent_keys():
                self._drop(sent, f"e:{chat_id}:*")
            under_way = [m for m, _ in self.client.zscan_iter(keys.OUTBOX_UNDER_WAY, f"{chat_id}:*", SCAN_AT_ONCE)]
            pipe = self.client.pipeline(transaction=True)
            pipe.zrem(keys.OUTBOX_CHATS, chat_id)
            pipe.delete(keys.outbox_once(chat_id))
            if under_way:
                pipe.zrem(keys.OUTBOX_UNDER_WAY, *under_way)
            pipe.execute()

    def forget_about(self, key: str) -> None:
        """Drops the calls of a key to whatever chat, and that they were put in."""
        with available():
            for name in self._drop(keys.OUTBOX_CALLS, f"m:*:{key}"):
                self.client.zrem(keys.outbox_once(chat_of(name)), name)

    def _drop(self, name: str, pattern: str) -> list[str]:
        """Removes the fields of a hash that fit a pattern, and the calls of these names from the queue."""
        found = [field for field, _ in self.client.hscan_iter(name, pattern, SCAN_AT_ONCE)]
        if found:
            pipe = self.client.pipeline(transaction=True)
            pipe.hdel(name, *found)
            if name == keys.OUTBOX_CALLS:
                pipe.zrem(keys.OUTBOX_QUEUE, *found)
            pipe.execute()
        return found

    def take(self, sender: str = "") -> tuple[list[LeasedCall], int]:
        """The calls that may be made now, and how many ms to wait before asking again.

        One sender is awake at a time: another one gets a negative wait.
        """
        script_keys = [
            keys.OUTBOX_QUEUE,
            keys.OUTBOX_CALLS,
            keys.OUTBOX_CHATS,
            keys.OUTBOX_GATE,
            *_sent_keys(),
            keys.OUTBOX_UNDER_WAY,
        ]
        args = [*self._rate, PRIVATE_MS, GROUP_MS, TAKEN_FOR_MS, AWAKE_MS, AT_ONCE, sender]
        wait_ms, *rows = self._run("telegram/outbox_take", script_keys, args)
        found = []
        for name, raw in zip(rows[::2], rows[1::2], strict=True):
            version, attempts, call = raw.split(" ", 2)
            found.append(LeasedCall(name, version, int(attempts), msgspec.json.decode(call)))
        return found, int(wait_ms)

    def settle(
        self, taken: LeasedCall, *, sent: bool = False, retry_ms: int = -1, pause_ms: int = 0, counts: bool = True
    ) -> None:
        """Says what came of a call; with `retry_ms` it is tried again, with `pause_ms` everybody waits."""
        shown = _encode(taken.call).decode() if sent else ""
        done = int(retry_ms < 0)
        self._run(
            "telegram/outbox_ack",
            [keys.OUTBOX_QUEUE, keys.OUTBOX_CALLS, keys.OUTBOX_GATE, _sent_keys()[0], keys.OUTBOX_UNDER_WAY],
            [taken.name, taken.version, done, max(0, retry_ms), shown, pause_ms, int(counts)],
        )

    def pause(self, ms: int) -> None:
        """Everybody waits, because Telegram says so."""
        self.settle(LeasedCall("a:0:pause", "0", 0, {}), pause_ms=ms)

    def spend(self, chat_id: int, *, ahead_ms: int = AHEAD_MS) -> int:
        """Spends one message's allowance: 0, or the ms to wait before there is room for it."""
        per_chat = GROUP_MS if chat_id < 0 else PRIVATE_MS
        args = [chat_id, *self._rate, per_chat, ahead_ms]
        return int(self._run("telegram/outbox_spend", [keys.OUTBOX_CHATS, keys.OUTBOX_GATE], args))

    def rest(self, sender: str = "", *, anyway: bool = False) -> bool:
        """Whether the sender may stop: nothing is due soon, or its time is over `anyway`."""
        args = [SOON_MS, sender, int(anyway)]
        return bool(self._run("telegram/outbox_rest", [keys.OUTBOX_QUEUE, keys.OUTBOX_GATE], args))

    def waiting(self) -> int:
        """How many calls wait."""
        with available():
            return int(self.client.zcard(keys.OUTBOX_QUEUE))


def chat_of(name: str) -> int:
    """The chat that a call of a name goes to; 0 where nobody knows."""
    return int(name.split(":", 2)[1])


def message_name(chat_id: int, key: str) -> str:
    """What a message of `put_named` is called."""
    return f"m:{chat_id}:{key}"


def _edit(chat_id: int, message_id: int) -> str:
    return f"e:{chat_id}:{message_id}"


def _later(chat_id: int, message_id: int) -> str:
    return f"l:{chat_id}:{message_id}"


def _sent_keys() -> list[str]:
    hour = int(time.time()) // 3_600
    return [keys.outbox_sent(hour), keys.outbox_sent(hour - 1)]
