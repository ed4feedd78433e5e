"""What raids keep of a player, for them: their own are in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.targeting import books_of

if TYPE_CHECKING:
    from tapstack.economy.ports import SharedItemPorts


def raided_at_s(ports: SharedItemPorts, player_id: str) -> list[int]:
    """When the player was raided, in s since 1970, as far as that is kept; by whom is somebody else's data."""
    return [line.at_ms // 1_000 for line in books_of(ports, [player_id])[player_id].lines]
