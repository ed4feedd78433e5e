"""No way to WebSockets: rooms keep their events all the same, for who reads them."""

from __future__ import annotations

from collections.abc import Sequence


class NoSockets:
    def push(self, connections: Sequence[str], frame: bytes) -> list[str]:  # noqa: ARG002
        """Tells nobody, and knows of nobody who is gone: others may reach them."""
        return []

    def close(self, connection: str) -> None:
        """Cuts nobody."""
