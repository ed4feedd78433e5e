"""What a newer release has put into a player's saved counter and this one doesn't know: kept while the player is live.

The item's unknown attributes and the tails of its rows travel through Redis as one opaque text, field `x` of the
player's hash, and are written back with the item.
"""

from __future__ import annotations

from typing import Any

import msgspec

Row = list[Any]


class Newer(msgspec.Struct, frozen=True, omit_defaults=True):
    """`v` is the item's version where that is a newer release's; `attributes` are unknown ones (versions.to_json).

    The others are what follows the known elements of a row: of each session, of `periods`, of `counted_update`.
    """

    v: int = 0
    attributes: dict[str, Any] = {}
    sessions: dict[str, Row] = {}
    periods: Row = []
    counted_update: Row = []

    def packed(self) -> str:
        """As text; "" where there is nothing."""
        return "" if self == Newer() else msgspec.json.encode(self).decode()

    @classmethod
    def unpack(cls, packed: str) -> Newer:
        """What `packed` has packed; raises ValueError."""
        if not packed:
            return cls()
        try:
            return msgspec.json.decode(packed, type=cls)
        except msgspec.DecodeError as error:
            raise ValueError(f"x is no {cls.__name__}: {error}") from error

    def more_of(self, session_key: str) -> str:
        """The tail of a session's row, as its row in the history keeps it."""
        tail = self.sessions.get(session_key)
        return msgspec.json.encode(tail).decode() if tail else ""
