"""The whitelist: players whom nothing ever flags as suspect."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tapstack.platform.errors import NotFound

if TYPE_CHECKING:
    from tapstack.moderation.ports import WhitelistPorts

THREADS = 8


def set_whitelisted(ports: WhitelistPorts, player_ids: Sequence[str], whitelisted: bool) -> list[str]:
    """Whitelists many players, several at once, or takes them off; the ids that are no player's."""

    def one(player_id: str) -> str | None:
        try:
            ports.players.set_whitelisted(player_id, whitelisted)
        except NotFound:
            return player_id
        return None

    with ThreadPoolExecutor(THREADS) as pool:
        return [unknown for unknown in pool.map(one, player_ids) if unknown]
