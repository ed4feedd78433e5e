"""The game's metrics: what the store promises, on each emulator."""

from __future__ import annotations

from support.dynamo_stores import DynamoStores


def test_metrics_reach_back_over_midnight(dynamo_stores: DynamoStores) -> None:
    midnight = 1_800_057_600
    assert midnight % 86_400 == 0
    for at_s in (midnight - 60, midnight, midnight + 60):
        dynamo_stores.metrics.put(at_s, {"clicks": at_s})
    assert [at_s for at_s, _ in dynamo_stores.metrics.latest(midnight + 90)] == [midnight + 60, midnight, midnight - 60]
    assert dynamo_stores.metrics.latest(midnight + 90, limit=1) == [(midnight + 60, {"clicks": midnight + 60})]
