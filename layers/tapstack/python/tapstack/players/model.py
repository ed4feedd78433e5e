"""A player's account and its moderation status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class ModerationStatus(StrEnum):
    """What an operator or a signal has found; the worst of it where there are several findings."""

    GOOD = ""
    SUSPECT = "suspect"
    """A signal has fired: an operator should look. It changes nothing for the player."""
    SHADOW = "shadow"
    """Plays on, and sees themselves on the boards; nobody else does."""
    BANNED = "banned"


class Shown(NamedTuple):
    """What others see beside a player's taps: a username, None until one is chosen, and the item of a title.

    `looks` are the items that paint their name and picture, separated by spaces.
    """

    username: str | None = None
    title: str = ""
    looks: str = ""


@dataclass(frozen=True, slots=True)
class Player:
    """A player's account; `username` is None until one is chosen.

    `language` is Telegram's; `chosen_language` is the one they have chosen in the app or the chat, "" to follow
    Telegram, None where they have never chosen. `ancestors` are the ids of their inviter, that player's inviter, and
    so on; `reasons` explain the status. `title` is the item of the catalogue that they wear beside their name, `looks`
    are those that paint name and picture, separated by spaces.
    """

    id: str
    telegram_id: int
    username: str | None
    display_name: str
    ref_code: str
    language: str
    created_at_ms: int
    ancestors: tuple[str, ...] = ()
    direct_referrals: int = 0
    indirect_referrals: int = 0
    boost: int = 0
    whitelisted: bool = False
    status: ModerationStatus = ModerationStatus.GOOD
    reasons: tuple[str, ...] = ()
    chosen_language: str | None = None
    title: str = ""
    looks: str = ""

    @property
    def shown(self) -> Shown:
        """What others see of them."""
        return Shown(self.username, self.title, self.looks)

    def wished_languages(self, chat_language: str = "") -> tuple[str, str]:
        """The languages they would read, the best first; `chat_language` is what a chat kept before accounts did."""
        return chat_language if self.chosen_language is None else self.chosen_language, self.language

    @property
    def referrer_id(self) -> str | None:
        """Their inviter, who never changes."""
        return self.ancestors[0] if self.ancestors else None

    @property
    def hidden(self) -> bool:
        """Whether the public boards omit them."""
        return self.status in (ModerationStatus.SHADOW, ModerationStatus.BANNED)


class Returning(NamedTuple):
    """Who signs in again, as it is kept; `unread` is the number of their unread notices, None where it is not kept."""

    player: Player
    unread: int | None
