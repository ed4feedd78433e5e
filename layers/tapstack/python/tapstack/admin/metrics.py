"""How the game is doing: figures of one minute, kept in a table and sent to CloudWatch."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.ports import Stores

log = logging.getLogger(__name__)

_UNITS = {"sync_lag_ms": "Milliseconds", "redis_memory_bytes": "Bytes"}
"""All other figures are counts."""


@contextmanager
def _left_out(what: str) -> Iterator[None]:
    try:
        yield
    except StoreUnavailable as error:
        log.warning("measured without %s: %s", what, error.message)


def measure(stores: Stores) -> dict[str, int]:
    """The game's figures now; what was tapped since the last time as `taps_per_min`.

    What a store that is unavailable would say is left out: how saving stands is what matters then.
    """
    now_ms = stores.clock()
    summaries = stores.all_time_board.summaries(1)
    saving = stores.live_admin.saving(stores.play.server_time_ms())
    figures = {
        "players": sum(s.players for s in summaries),
        "active_players": sum(s.active for s in summaries),
        "clicks": sum(s.clicks for s in summaries),
        "unsaved_players": saving.unsaved,
        "refused_players": saving.refused,
        "sync_lag_ms": saving.lag_ms,
        "redis_memory_bytes": stores.live_admin.memory_bytes(),
    }
    last: list[tuple[int, dict[str, int]]] = []
    with _left_out("the queues"):
        figures |= {"sync_queue": stores.sync_queue.waiting(), "sync_dead_letters": stores.sync_queue.dead_letters()}
    with _left_out("the last figures"):
        last = stores.metrics.latest(now_ms // 1_000, limit=1)
    if last and (passed_s := now_ms // 1_000 - last[0][0]) > 0:
        figures["taps_per_min"] = max(0, figures["clicks"] - last[0][1]["clicks"]) * 60 // passed_s
    return figures


def record(stores: Stores) -> dict[str, int]:
    """Measures, prints the figures for CloudWatch, and keeps them."""
    figures = measure(stores)
    print(embedded_metrics(figures, stores.clock()))
    stores.metrics.put(stores.clock() // 1_000, figures)
    return figures


def embedded_metrics(figures: Mapping[str, int], now_ms: int) -> str:
    """Figures as a line that CloudWatch reads as metrics, by the game's name (SERVICE_NAME).

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    metrics = [{"Name": name, "Unit": _UNITS.get(name, "Count")} for name in figures]
    directive = {"Namespace": "Tapstack", "Dimensions": [["service"]], "Metrics": metrics}
    service = os.environ.get("SERVICE_NAME", "tapstack")
    return json.dumps({"_aws": {"Timestamp": now_ms, "CloudWatchMetrics": [directive]}, "service": service, **figures})
