"""A player's account, and what moderation has found of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ModerationStatus(StrEnum):
    """What an operator, or a signal, has found of a player; the worst of it where there is more."""

    GOOD = ""
    SUSPECT = "suspect"
    """A signal has fired: somebody should look. It changes nothing for the player."""
    SHADOW = "shadow"
    """Plays on and sees themselves on the boards; nobody else does."""
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Player:
    """A player's account; `username` is None until one is chosen.

    `ancestors` are the ids of who invited them, who invited that one, and so on; `reasons` say why the standing is
    what it is.
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
    standing: ModerationStatus = ModerationStatus.GOOD
    reasons: tuple[str, ...] = ()

    @property
    def referrer_id(self) -> str | None:
        """Who invited them, once and for all."""
        return self.ancestors[0] if self.ancestors else None

    @property
    def hidden(self) -> bool:
        """Whether the public boards leave them off."""
        return self.standing in (ModerationStatus.SHADOW, ModerationStatus.BANNED)
