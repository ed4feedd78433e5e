"""The audit log in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from tapstack.audit.model import AuditEntry


@dataclass
class MemoryAudit:
    """What was done to players, in order."""

    kept: list[AuditEntry] = field(default_factory=list)

    def record(self, entry: AuditEntry, key: str) -> None:  # noqa: ARG002
        self.kept.append(entry)

    def entries(self, player_id: str, *, limit: int = 50) -> list[AuditEntry]:
        return [entry for entry in self.kept if entry.player_id == player_id][:limit]
