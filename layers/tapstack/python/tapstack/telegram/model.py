"""What the bot remembers of a conversation: one value, kept outside of any function's memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

ANSWERS_KEPT = 4
"""Updates whose answers are kept: Telegram has at most one message and one press of a user under way at a time."""

BROADCAST = "broadcast"
"""How the key of a broadcast's message begins in the outbox."""

STATE_KEPT_S = 400 * 86_400
"""How long a silent chat's settings are kept."""


class Chat(msgspec.Struct):
    """A private chat with the bot; `id` is the person's Telegram id, and their private chat's.

    `scene` and `state` say what a written text means, until `until_ms`; after that the person is home again.
    `version` grows with every save: two containers can't both save what they have read as the same version.
    `answers` maps the ids of the updates that were handled last to what they were answered.
    """

    id: int
    version: int = 0
    scene: str = ""
    state: str = ""
    until_ms: int = 0
    language: str = ""
    notify: bool = True
    blocked: bool = False
    answers: dict[str, dict[str, Any]] = {}

    def waits(self, now_ms: int) -> bool:
        """Whether a text is being waited for."""
        return bool(self.state) and now_ms < self.until_ms

    def remember(self, update_id: int, answer: dict[str, Any]) -> None:
        """Keeps the answer for the case that Telegram brings the update again."""
        kept = list(self.answers.items())[-(ANSWERS_KEPT - 1) :]
        self.answers = dict([*kept, (str(update_id), answer)])


class Card(NamedTuple):
    """Who a person is to the game, and the language they read: all that a press needs."""

    player_id: str
    language: str


@dataclass(frozen=True, slots=True)
class LeasedCall:
    """A call to Telegram that is one sender's to make: the name it is kept under, and how often it has failed."""

    name: str
    version: str
    attempts: int
    call: dict[str, Any]

    @property
    def chat_id(self) -> int:
        """Whose allowance it spends; 0 for one that spends none."""
        return int(self.name.split(":")[1])

    @property
    def what(self) -> str:
        """What it is, without whom it is for: for logs."""
        kind, _, rest = self.name.split(":", 2)
        return f"{kind}:{rest}"

    @property
    def limited(self) -> bool:
        """Whether it counts against Telegram's limits."""
        return not self.name.startswith("a:")

    @property
    def broadcast_id(self) -> str:
        """The broadcast that it is a message of, "" for any other call (domain/broadcasts.py's `key`)."""
        kind, _, rest = self.name.split(":", 2)[-1].partition(":")
        return rest if kind == BROADCAST else ""
