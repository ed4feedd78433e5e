"""The versions of what the economy stores (platform/versions.py)."""

from __future__ import annotations

from tapstack.platform.versions import Schema, numbered

LEDGER = Schema("ledger", ("player_id", "cause"), (numbered,))
HOLDINGS = Schema("holdings", ("player_id", "part"), (numbered,))
COMMONS = Schema("commons", ("key",), (numbered,))
