"""The game's metrics, minute by minute, in DynamoDB."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tapstack.admin.dynamo_tables import MetricItem
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables

KEPT_S = 90 * 86_400


class MetricsStore:
    """Writes and reads metrics; every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def put(self, at_s: int, metrics: Mapping[str, int]) -> None:
        """Stores the metrics of a time."""
        item = self.tables.bind(MetricItem)(_day(at_s), at_s, figures=dict(metrics), expires_at_s=at_s + KEPT_S)
        with available():
            item.save()

    def latest(self, now_s: int, *, limit: int = 60) -> list[tuple[int, dict[str, int]]]:
        """The latest metrics of today and yesterday as (time in s, metrics), the latest first."""
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
