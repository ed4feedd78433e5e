"""An entry of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What was done to a player: `action` names it, `data` holds what it changed.

    `operator` is who did it: an operator's name, or `player` for the player themselves.
    """

    player_id: str
    at_ms: int
    action: str
    operator: str
    reason: str
    data: Mapping[str, Any]
