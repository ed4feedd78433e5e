"""The audit log in DynamoDB."""

from __future__ import annotations

from tapstack.audit.dynamo_tables import AuditItem
from tapstack.audit.model import AuditEntry
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables

ERASED = "(erased with the player)"


class AuditStore:
    """Writes and reads the audit log; every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def record(self, entry: AuditEntry, key: str) -> None:
        """Adds an entry; `key` tells entries of the same millisecond apart."""
        item = self.tables.bind(AuditItem)(
            entry.player_id,
            f"{entry.at_ms:014d}#{key}",
            action=entry.action,
            operator=entry.operator,
            reason=entry.reason,
            data=dict(entry.data),
        )
        with available():
            item.save()

    def entries(self, player_id: str, *, limit: int = 50) -> list[AuditEntry]:
        """The entries about a player, the latest first."""
        with available():
            found = list(
                self.tables.bind(AuditItem).query(player_id, scan_index_forward=False, limit=limit, page_size=limit)
            )
        return [
            AuditEntry(player_id, int(i.at_key.split("#")[0]), i.action, i.operator, i.reason, dict(i.data))
            for i in found
        ]

    def forget(self, player_id: str) -> None:
        """Reduces the entries about a player to who did what and when: old names and free text are dropped."""
        audit = self.tables.bind(AuditItem)
        with available():
            for item in audit.query(player_id, consistent_read=True):
                audit(player_id, item.at_key).update(
                    [audit.reason.set(ERASED), audit.data.set({})], condition=audit.player_id.exists()
                )
