"""Erasures in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tapstack.privacy.dynamo_erasures import Erasing


@dataclass
class MemoryErasures:
    """Erases an account at once: nothing is left to be finished."""

    accounts: dict[str, Any]

    def read(self, player_id: str) -> Erasing | None:
        player = self.accounts.get(player_id)
        return player and Erasing(player.id, player.telegram_id, (), player.ref_code, banned=False, closed=False)

    def begin(self, player_id: str, now_ms: int) -> Erasing | None:  # noqa: ARG002
        found = self.read(player_id)
        self.accounts.pop(player_id, None)
        return found
