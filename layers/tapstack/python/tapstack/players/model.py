"""A player's account and its moderation status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ModerationStatus(StrEnum):
    """What an operator or a signal has found; the worst of it where there are several findings."""

    GOOD = ""
    SUSPECT = "suspect"
    """A signal has fired: an operator should look. It changes nothing for the player."""
    SHADOW = "shadow"
    """Plays on, and sees themselves on the boards; nobody else does."""
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Player:
    """A player's account; `username` is None until one is chosen.

    `ancestors` are the ids of their inviter, that player's inviter, and so on; `reasons` explain the status.
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

    @property
    def referrer_id(self) -> str | None:
        """Their inviter, who never changes."""
        return self.ancestors[0] if self.ancestors else None

    @property
    def hidden(self) -> bool:
        """Whether the public boards omit them."""
        return self.status in (ModerationStatus.SHADOW, ModerationStatus.BANNED)
