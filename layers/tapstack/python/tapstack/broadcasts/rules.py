"""An operator's message to many: whom it is for, who is left out and why, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from tapstack.players.model import ModerationStatus, Player
from tapstack.telegram.model import Chat

DEFAULT_LANGUAGE = "en"
DAY_S = 86_400
RESUMABLE_S = 30 * DAY_S
KEPT_S = 90 * DAY_S
"""A broadcast and its deliveries expire together, long after it can be resumed: TTL takes them in no order."""

PLAYERS_MAX = 1_000
"""Players that an audience can name: the record stays far below an item's 400 KB."""

_KEY = "broadcast:"


class State(StrEnum):
    """`running` is also what one looks like whose driver was killed; its `alive_until_ms` tells."""

    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


class Outcome(StrEnum):
    """What came of a message to one chat."""

    UNKNOWN = "unknown"
    """On its way; or its sender was killed or cut off before Telegram's answer. It is never sent again."""
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"


class Verdict(StrEnum):
    """Whether a chat gets it, or why not."""

    SEND = "send"
    OUTSIDE = "outside"
    GONE = "gone"
    NO_CHAT = "no_chat"
    BANNED = "banned"
    BLOCKED = "blocked"
    MUTED = "muted"


class Audience(msgspec.Struct, frozen=True):
    """Whom a broadcast is for; `since_ms` goes with active, `language` and `players` (ids) with their kinds."""

    kind: Literal["all", "active", "language", "players"] = "all"
    since_ms: int = 0
    language: str = ""
    players: tuple[str, ...] = ()

    def __str__(self) -> str:
        since = datetime.fromtimestamp(self.since_ms / 1_000, UTC)
        details = {
            "active": f" since {since:%Y-%m-%d %H:%M}",
            "language": f" {self.language}",
            "players": f" ({len(self.players)})",
        }
        return self.kind + details.get(self.kind, "")


class Broadcast(msgspec.Struct):
    """A broadcast, its texts by language, and how far it is.

    `cursor` is the page of the audience where it goes on, None at the start; `tally` counts verdicts of the walk
    through the audience that is under way, or was the last. `alive_until_ms` is when a silent driver counts as dead.
    """

    id: str
    texts: dict[str, str]
    audience: Audience
    pace: int
    operator: str
    started_at_ms: int
    state: State = State.RUNNING
    driver: str = ""
    alive_until_ms: int = 0
    ended_at_ms: int = 0
    cursor: str | None = None
    tally: dict[str, int] = {}

    @property
    def expires_at_s(self) -> int:
        return self.started_at_ms // 1_000 + KEPT_S

    def interrupted(self, now_ms: int) -> bool:
        """Whether its driver has died."""
        return self.state is State.RUNNING and self.alive_until_ms < now_ms

    def resumable(self, now_ms: int) -> bool:
        """Whether nobody drives it, and all that was delivered is still known for sure."""
        idle = self.state is State.STOPPED or self.interrupted(now_ms)
        return idle and now_ms < self.started_at_ms + RESUMABLE_S * 1_000


class Person(NamedTuple):
    """One chat of an audience's page, as the stores know it."""

    chat: Chat | None
    player: Player | None
    last_tap_at_ms: int = 0

    @property
    def language(self) -> str:
        """The language they chose, else Telegram's word for it; "" where nobody knows."""
        wish = (self.chat.language if self.chat else "") or (self.player.language if self.player else "")
        return wish.lower().replace("_", "-").partition("-")[0]


def judge(audience: Audience, person: Person) -> Verdict:
    """Whether somebody gets a broadcast. Who is shadow-banned does: they are to notice nothing."""
    chat, player = person.chat, person.player
    if audience.kind == "language" and person.language != audience.language:
        return Verdict.OUTSIDE
    if audience.kind == "active" and person.last_tap_at_ms < audience.since_ms:
        return Verdict.OUTSIDE
    if player is None:
        return Verdict.GONE
    if player.standing is ModerationStatus.BANNED:
        return Verdict.BANNED
    if chat is None:
        return Verdict.NO_CHAT
    if chat.blocked:
        return Verdict.BLOCKED
    return Verdict.SEND if chat.notify else Verdict.MUTED


def text_for(texts: Mapping[str, str], language: str) -> str:
    """The text in somebody's language, else the default one."""
    return texts.get(language) or texts[DEFAULT_LANGUAGE]


def key(broadcast_id: str) -> str:
    """The key of a broadcast's calls in the outbox."""
    return f"{_KEY}{broadcast_id}"


def broadcast_of(key: str) -> str:
    """The broadcast that a call with a key belongs to, "" for any other call."""
    return key.removeprefix(_KEY) if key.startswith(_KEY) else ""
