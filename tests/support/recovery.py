"""The recovery of boards as the sync function runs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tapstack.moderation import status as moderation
from tapstack.play.recovery import recover_boards


def recover(ports: Any, remaining_ms: Callable[[], int]) -> int:
    """Recovers the boards of cold buckets, without the players who are hidden."""
    return recover_boards(ports, remaining_ms, hide_players=lambda: moderation.hide_all(ports))
