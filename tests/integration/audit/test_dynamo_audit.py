"""The audit log: what the store promises, on each emulator."""

from __future__ import annotations

from support.dynamo_stores import DynamoStores
from tapstack.audit.model import AuditEntry


def test_audit_keeps_every_action_latest_first(dynamo_stores: DynamoStores) -> None:
    entries = [AuditEntry("p", 5 + n // 2, "adjust", "ops", "why", {"by": n}) for n in range(4)]
    for n, entry in enumerate(entries):
        dynamo_stores.audit.record(entry, str(n))
    assert dynamo_stores.audit.entries("p") == entries[::-1]
    assert dynamo_stores.audit.entries("q") == []
