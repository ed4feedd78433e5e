"""The game's metrics: measured every minute, stored in a table and sent to CloudWatch."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.admin.ports import MeasurePorts, MetricsPorts

log = logging.getLogger(__name__)

_UNITS = {"sync_lag_ms": "Milliseconds", "redis_memory_bytes": "Bytes"}
"""All other metrics are counts."""


@contextmanager
def _omitted(what: str) -> Iterator[None]:
    try:
        yield
    except StoreUnavailable as error:
        log.warning("measured without %s: %s", what, error.message)


def measure(ports: MeasurePorts) -> dict[str, int]:
    """The game's metrics now, with the taps since the last measurement as `taps_per_min`.

    The metrics of an unavailable store are omitted: how saving is doing is what matters then.
    """
    now_ms = ports.clock()
    summaries = ports.all_time_board.summaries(1)
    saving = ports.live_admin.saving(ports.play.server_time_ms())
    metrics = {
        "players": sum(s.players for s in summaries),
        "active_players": sum(s.active for s in summaries),
        "clicks": sum(s.clicks for s in summaries),
        "unsaved_players": saving.unsaved,
        "refused_players": saving.refused,
        "sync_lag_ms": saving.lag_ms,
        "redis_memory_bytes": ports.live_admin.memory_bytes(),
    }
    last: list[tuple[int, dict[str, int]]] = []
    with _omitted("the queues"):
        metrics |= {"sync_queue": ports.sync_queue.waiting(), "sync_dead_letters": ports.sync_queue.dead_letters()}
    with _omitted("the last metrics"):
        last = ports.metrics.latest(now_ms // 1_000, limit=1)
    if last and (passed_s := now_ms // 1_000 - last[0][0]) > 0:
        metrics["taps_per_min"] = max(0, metrics["clicks"] - last[0][1]["clicks"]) * 60 // passed_s
    return metrics


def record(ports: MetricsPorts) -> dict[str, int]:
    """Measures, prints the metrics for CloudWatch, and stores them."""
    metrics = measure(ports)
    print(embedded(metrics, ports.clock()))
    ports.metrics.put(ports.clock() // 1_000, metrics)
    return metrics


def embedded(metrics: Mapping[str, int], now_ms: int) -> str:
    """A line that CloudWatch reads as metrics of this game, which SERVICE_NAME names.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    described = [{"Name": name, "Unit": _UNITS.get(name, "Count")} for name in metrics]
    directive = {"Namespace": "Tapstack", "Dimensions": [["service"]], "Metrics": described}
    service = os.environ.get("SERVICE_NAME", "tapstack")
    return json.dumps({"_aws": {"Timestamp": now_ms, "CloudWatchMetrics": [directive]}, "service": service, **metrics})
