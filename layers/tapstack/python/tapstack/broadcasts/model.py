"""A broadcast: whom it is for, how far it has come, and what came of each message."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from tapstack.platform.bodies import Body
from tapstack.players.model import Player
from tapstack.telegram.model import Chat

DAY_S = 86_400
RESUMABLE_S = 30 * DAY_S
KEPT_S = 90 * DAY_S
"""A broadcast and its deliveries expire together, long after it can be resumed: TTL deletes them in any order."""

PLAYERS_MAX = 1_000
"""Players that an audience can name: the record stays far below an item's 400 KB."""


class State(StrEnum):
    """A broadcast whose driver was killed is `running`, too; its `alive_until_ms` tells."""

    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


class Outcome(StrEnum):
    """The outcome of a message to one chat."""

    UNKNOWN = "unknown"
    """On its way; or its sender was killed or cut off before Telegram's answer. It is never sent again."""
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"


class Verdict(StrEnum):
    """Whether a chat gets a broadcast, or why not."""

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


class Broadcast(Body):
    """A broadcast, its texts by language, and its progress.

    `cursor` is the next page of the audience, None at the start; `tally` counts the verdicts of the current or last
    walk through the audience. `alive_until_ms` is when a driver that saves nothing counts as dead.
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
        """Whether nobody drives it, and its deliveries are certainly still stored."""
        idle = self.state is State.STOPPED or self.interrupted(now_ms)
        return idle and now_ms < self.started_at_ms + RESUMABLE_S * 1_000


class Person(NamedTuple):
    """One chat of an audience's page, as the stores know it."""

    chat: Chat | None
    player: Player | None
    last_tap_at_ms: int = 0

    @property
    def language(self) -> str:
        """The language they chose, else the one that Telegram gives; "" if neither is known."""
        chat_language = self.chat.language if self.chat else ""
        wish = next(filter(None, self.player.wished_languages(chat_language)), "") if self.player else chat_language
        return wish.lower().replace("_", "-").partition("-")[0]
