"""The leaderboards as they are published: one stored copy of each, for all who read it."""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import ALL_TIME, Board, BoardId, BoardMetric, SeasonPeriod
from tapstack.platform import redis_scripts
from tapstack.platform.calendar import Period
from tapstack.platform.redis_client import available


class PublishedBoards:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, of: BoardId = ALL_TIME) -> Board | None:
        """The stored copy of a board, the all-time one by default; None where there is none that can be read."""
        with available():
            raw = self.client.get(keys.published(of.name))
        try:
            return msgspec.json.decode(raw, type=Board) if raw else None
        except msgspec.DecodeError:  # another version of this code has written it
            return None

    def put(self, board: Board, last: Board | None = None) -> bool:
        """Replaces the stored copy of a board, which was computed after `last`; False where a later one is there."""
        return self._put(keys.published(board.of.name), msgspec.json.encode(board), board.version, last)

    def _put(self, name: str, raw: bytes, version: int, last: Board | None = None) -> bool:
        args = [raw.decode(), version, last.version if last else 0]
        with available():
            return bool(redis_scripts.run(self.client, "leaderboards/publish_board", [name], args))

    def forget(self, player_id: str) -> None:
        """Takes a player, with their name, off the stored copies of all boards."""
        boards = [BoardId(metric, period) for metric in BoardMetric for period in (None, *Period)]
        names = [keys.published(of.name) for of in (*boards, BoardId(BoardMetric.XP, SeasonPeriod()))]
        with available():
            pipe = self.client.pipeline(transaction=False)
            for name in names:
                pipe.get(name)
            shown = pipe.execute()
        for name, raw in zip(names, shown, strict=True):
            while raw is not None and player_id in raw:
                board = msgspec.json.decode(raw)  # as it is: another version's fields stay
                left = [entry for entry in board["entries"] if entry["id"] != player_id]
                board["entries"] = [{**entry, "rank": rank} for rank, entry in enumerate(left, 1)]
                board["version"] += 1
                if self._put(name, msgspec.json.encode(board), board["version"]):
                    break
                with available():
                    raw = self.client.get(name)
