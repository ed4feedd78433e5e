"""Adds entries to the audit log."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from tapstack.audit.model import AuditEntry

if TYPE_CHECKING:
    from tapstack.audit.ports import RecordPorts


def record(ports: RecordPorts, player_id: str, action: str, operator: str, reason: str, **data: object) -> None:
    """Records that an operator, or the player, does something to a player; raises StoreUnavailable.

    Call it before the action itself, so that nothing is ever done without a record.
    """
    entry = AuditEntry(player_id, ports.clock(), action, operator, reason, data)
    ports.audit.record(entry, secrets.token_hex(4))
