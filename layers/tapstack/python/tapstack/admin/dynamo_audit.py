"""The operator's books in DynamoDB: what was done to players, and how the game was from minute to minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tapstack.admin.dynamo_tables import AuditItem, MetricItem
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables

METRICS_KEPT_S = 90 * 86_400
FORGOTTEN = "(erased with the player)"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What an operator did to a player: `data` holds what it changed."""

    player_id: str
    at_ms: int
    action: str
    operator: str
    reason: str
    data: Mapping[str, Any]


class AuditStore:
    """Writes and reads the books; every call raises StoreUnavailable where DynamoDB is away."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def note(self, entry: AuditEntry, key: str) -> None:
        """Puts an action down; `key` tells apart what is done in the same millisecond."""
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

    def notes(self, player_id: str, *, limit: int = 50) -> list[AuditEntry]:
        """What was done to a player, the latest first."""
        with available():
            found = list(
                self.tables.bind(AuditItem).query(player_id, scan_index_forward=False, limit=limit, page_size=limit)
            )
        return [
            AuditEntry(player_id, int(i.at_key.split("#")[0]), i.action, i.operator, i.reason, dict(i.data))
            for i in found
        ]

    def forget(self, player_id: str) -> None:
        """Leaves of the entries about a player who did what when: old names and free text are gone."""
        audit = self.tables.bind(AuditItem)
        with available():
            for item in audit.query(player_id, consistent_read=True):
                audit(player_id, item.at_key).update(
                    [audit.reason.set(FORGOTTEN), audit.data.set({})], condition=audit.player_id.exists()
                )

    def put_figures(self, at_s: int, figures: Mapping[str, int]) -> None:
        """Keeps the game's figures at a time."""
        item = self.tables.bind(MetricItem)(_day(at_s), at_s, figures=dict(figures), expires_at_s=at_s + METRICS_KEPT_S)
        with available():
            item.save()

    def figures(self, now_s: int, *, limit: int = 60) -> list[tuple[int, dict[str, int]]]:
        """The latest figures of today and yesterday as (time in s, figures), the latest first."""
        rows: list[tuple[int, dict[str, int]]] = []
        for back in (0, 86_400):
            if len(rows) < limit:
                with available():
                    found = self.tables.bind(MetricItem).query(
                        _day(now_s - back), scan_index_forward=False, limit=limit - len(rows), page_size=limit
                    )
                    rows += [(int(item.at_s), dict(item.figures)) for item in found]
        return rows


def _day(at_s: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at_s)).date().isoformat()
