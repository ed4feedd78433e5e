"""What recording in the audit log needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tapstack.audit.model import AuditEntry
    from tapstack.platform.clock import Clock


class AuditLog(Protocol):
    """The audit log, for whoever adds to it; raises StoreUnavailable."""

    def record(self, entry: AuditEntry, key: str) -> None: ...


class RecordPorts(Protocol):
    """Everything that `record` touches."""

    @property
    def clock(self) -> Clock: ...
    @property
    def audit(self) -> AuditLog: ...
