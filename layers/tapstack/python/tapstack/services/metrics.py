"""How the game is doing: figures of one minute, kept in a table and sent to CloudWatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

_UNITS = {
    "sync_lag_ms": MetricUnit.Milliseconds,
    "redis_memory_bytes": MetricUnit.Bytes,
}
"""All other figures are counts."""


def measure(stores: Stores) -> dict[str, int]:
    """The game's figures now; what was tapped since the last time as `taps_per_min`."""
    now_ms = stores.clock()
    summaries = stores.hot_board.summaries(1)
    figures = {
        "players": sum(s.players for s in summaries),
        "active_players": sum(s.active for s in summaries),
        "clicks": sum(s.clicks for s in summaries),
        "unsaved_players": stores.hot_desk.unsaved(),
        "sync_lag_ms": stores.hot_desk.sync_lag_ms(now_ms),
        "redis_memory_bytes": stores.hot_desk.memory_bytes(),
        "sync_queue": stores.queue.waiting(),
        "sync_dead_letters": stores.queue.buried(),
    }
    last = stores.desk.figures(now_ms // 1_000, limit=1)
    if last and (passed_s := now_ms // 1_000 - last[0][0]) > 0:
        figures["taps_per_min"] = max(0, figures["clicks"] - last[0][1]["clicks"]) * 60 // passed_s
    return figures


def record(stores: Stores) -> dict[str, int]:
    """Measures, keeps the figures, and prints them in CloudWatch's embedded metric format.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
    """
    figures = measure(stores)
    stores.desk.put_figures(stores.clock() // 1_000, figures)
    metrics = EphemeralMetrics(namespace="Tapstack")
    for name, value in figures.items():
        metrics.add_metric(name=name, unit=_UNITS.get(name, MetricUnit.Count), value=value)
    metrics.flush_metrics()
    return figures
