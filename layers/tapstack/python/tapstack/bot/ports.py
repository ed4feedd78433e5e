"""What the game's bot needs: bundles for its screens, and one for everything, which the router hands to scenes."""

from __future__ import annotations

from typing import Any, Protocol

from tapstack.ports import Stores as BoardPorts
from tapstack.telegram.model import CachedUser
from tapstack.telegram.ports import (
    BotNameCache,
    Outgoing,
)

# -- stores --


class UserCache(BotNameCache, Protocol):
    """What a callback query needs of a user, without DynamoDB."""

    def user(self, user_id: int) -> CachedUser | None: ...
    def keep_user(self, user_id: int, user: CachedUser) -> None: ...


class DelayedOutgoing(Outgoing, Protocol):
    def put_later(self, call: dict[str, Any], delay_ms: int) -> None: ...


# -- bundles --


class HomePorts(BoardPorts, Protocol): ...


class ProfilePorts(BoardPorts, Protocol): ...


class TapScenePorts(BoardPorts, Protocol): ...


class GroupPorts(BoardPorts, Protocol): ...


class ScoreCardPorts(BoardPorts, Protocol): ...


class InlinePorts(BoardPorts, Protocol): ...


class SharePorts(BoardPorts, Protocol): ...


class TapCallbackPorts(BoardPorts, Protocol): ...


class OutboxPorts(BoardPorts, Protocol): ...


class BotPorts(BoardPorts, Protocol): ...
