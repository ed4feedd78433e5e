"""Erasures in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tapstack.privacy.model import ErasableAccount


@dataclass
class MemoryErasures:
    """Erases an account at once: nothing is left to be finished."""

    accounts: dict[str, Any]

    def read(self, player_id: str) -> ErasableAccount | None:
        player = self.accounts.get(player_id)
        return player and ErasableAccount(
            player.id, player.telegram_id, (), player.ref_code, banned=False, closed=False
        )

    def begin(self, player_id: str, now_ms: int) -> ErasableAccount | None:  # noqa: ARG002
        found = self.read(player_id)
        self.accounts.pop(player_id, None)
        return found


@dataclass
class MemoryLiveErasure:
    """Drops the live state of players."""

    live: dict[str, Any]

    def erase(self, player_id: str) -> bool:
        return self.live.pop(player_id, None) is not None
