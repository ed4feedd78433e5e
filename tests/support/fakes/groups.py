"""Groups in memory."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tapstack.groups.model import GroupBoard, Panel, SavedShare, Share, TapBatch


@dataclass
class MemoryGroups:
    """Boards by group, and which groups were another before."""

    boards: dict[int, GroupBoard] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)

    def get(self, group_id: int) -> GroupBoard:
        earlier = self.boards.get(self.before.get(group_id, 0), GroupBoard()).own
        return replace(self.boards.get(group_id, GroupBoard()), earlier=earlier)

    def save(self, group_id: int, shares: Mapping[str, Share], batch: str) -> None:
        saved = {player_id: SavedShare(share, batch) for player_id, share in shares.items()}
        board = self.boards.get(group_id, GroupBoard())
        self.boards[group_id] = replace(board, own={**board.own, **saved})

    def greeted(self, group_id: int) -> None:
        self.boards[group_id] = replace(self.boards.get(group_id, GroupBoard()), greeted=True)

    def upgraded(self, group_id: int, before: int) -> None:
        self.before[group_id] = before
        self.greeted(group_id)

    def of_player(self, player_id: str) -> dict[int, Share]:
        return {i: board.own[player_id].share for i, board in self.boards.items() if player_id in board.own}

    def forget(self, player_id: str) -> None:
        for group_id, board in self.boards.items():
            self.boards[group_id] = replace(board, own={i: s for i, s in board.own.items() if i != player_id})


@dataclass
class MemoryGroupTaps:
    """Taps that wait, and the batch that was taken."""

    taps: dict[int, dict[tuple[str, int], int]] = field(default_factory=dict)
    panels: dict[int, Panel] = field(default_factory=dict)
    batch: TapBatch | None = None
    ids: itertools.count[int] = field(default_factory=itertools.count)

    def add(self, group_id: int, player_id: str, day: int, panel: Panel | None) -> bool:
        is_first = not self.taps
        of = self.taps.setdefault(group_id, {})
        of[player_id, day] = of.get((player_id, day), 0) + 1
        if panel:
            self.panels[group_id] = panel
        return is_first

    def take(self) -> TapBatch | None:
        if self.batch is None and self.taps:
            self.batch = TapBatch(str(next(self.ids)), self.taps, self.panels)
            self.taps, self.panels = {}, {}
        return self.batch

    def finish(self) -> None:
        self.batch = None
