"""What operators see and do, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tapstack.admin.dynamo_audit import AuditEntry
from tapstack.admin.redis_admin import Saving


@dataclass
class MemoryLiveAdmin:
    """Erases live players of a game in which everything is saved."""

    live: dict[str, Any]

    def erase(self, player_id: str) -> bool:
        return self.live.pop(player_id, None) is not None

    def saving(self, _now_ms: int) -> Saving:
        return Saving(unsaved=0, lag_ms=0, refused=0)


@dataclass
class MemoryAudit:
    """What was done to players, in order."""

    kept: list[AuditEntry] = field(default_factory=list)

    def note(self, entry: AuditEntry, key: str) -> None:  # noqa: ARG002
        self.kept.append(entry)

    def notes(self, player_id: str, *, limit: int = 50) -> list[AuditEntry]:
        return [entry for entry in self.kept if entry.player_id == player_id][:limit]
