"""Accounts for tests of the stores."""

from __future__ import annotations

import secrets
from typing import Any

from tapstack.players.model import Player


def account(telegram_id: int, display_name: str = "Ada Lovelace", **fields: Any) -> Player:
    """A new player's account, with ids of its own."""
    values: dict[str, Any] = {
        "id": secrets.token_hex(8),
        "telegram_id": telegram_id,
        "username": None,
        "display_name": display_name,
        "ref_code": secrets.token_hex(4),
        "language": "en",
        "created_at_ms": 1_800_000_000_000 + telegram_id,
        **fields,
    }
    return Player(**values)
