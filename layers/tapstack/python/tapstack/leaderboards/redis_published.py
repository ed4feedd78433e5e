"""The leaderboards as they are published: one stored copy of each, for all who read it."""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import Board
from tapstack.platform.calendar import Period
from tapstack.platform.redis_client import available


class PublishedBoards:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, period: Period | None = None) -> Board | None:
        """The stored copy of a board, the all-time one by default; None where there is none that can be read."""
        with available():
            raw = self.client.get(keys.published(period or keys.ALL_TIME))
        try:
            return msgspec.json.decode(raw, type=Board) if raw else None
        except msgspec.DecodeError:  # another version of this code has written it
            return None

    def put(self, board: Board) -> None:
        """Replaces the stored copy of a board."""
        with available():
            self.client.set(keys.published(board.period), msgspec.json.encode(board).decode())

    def forget(self, player_id: str) -> None:
        """Takes a player, with their name, off the stored copies of all boards."""
        for name in (keys.published(kind) for kind in (keys.ALL_TIME, *Period)):
            with available():
                raw = self.client.get(name)
                if raw is None or player_id not in raw:
                    continue
                board = msgspec.json.decode(raw)  # as it is: another version's fields stay
                board["entries"] = [entry for entry in board["entries"] if entry["id"] != player_id]
                self.client.set(name, msgspec.json.encode(board).decode())
