"""What operators see and do, in memory."""

from __future__ import annotations

from tapstack.admin.model import SavingStatus


class MemoryLiveAdmin:
    """The live state of a game in which everything is saved."""

    def saving(self, _now_ms: int) -> SavingStatus:
        return SavingStatus(unsaved=0, lag_ms=0, refused=0)
