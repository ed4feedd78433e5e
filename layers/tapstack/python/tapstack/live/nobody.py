"""No WebSocket: rooms keep their events all the same, for who reads them."""

from __future__ import annotations

from collections.abc import Sequence


class NoSockets:
    def push(self, connections: Sequence[str], frame: bytes) -> list[str]:  # noqa: ARG002
        """Nobody is connected."""
        return list(connections)

    def close(self, connection: str) -> None:
        """Nobody is connected."""
