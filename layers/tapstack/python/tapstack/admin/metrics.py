"""The game's metrics: measured every minute, stored in a table and sent to CloudWatch."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.admin.ports import MeasurePorts, MetricsPorts

log = logging.getLogger(__name__)

_UNITS = {
    "sync_lag_ms": MetricUnit.Milliseconds,
    "redis_memory_bytes": MetricUnit.Bytes,
}
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
    """Measures, prints the metrics in CloudWatch's embedded metric format, and stores them.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
    """
    metrics = measure(ports)
    printed = EphemeralMetrics(namespace="Tapstack")
    for name, value in metrics.items():
        printed.add_metric(name=name, unit=_UNITS.get(name, MetricUnit.Count), value=value)
    printed.flush_metrics()
    ports.metrics.put(ports.clock() // 1_000, metrics)
    return metrics
