"""The queue that wakes the outbox function."""

from __future__ import annotations

from typing import Any

from tapstack.platform.bounds import MAX_REASON
from tapstack.platform.sqs import Queue


class OutboxQueue(Queue):
    """Wakes the outbox function, and keeps calls that fail for good."""

    def wake(self) -> None:
        """Asks the outbox function to send what waits."""
        self.send_text(self.url, '{"kind":"wake"}')

    def dead_letter(self, call: dict[str, Any], reason: str) -> bool:
        """Keeps a call that fails for good for an operator, with the reason; says whether that worked."""
        return self.send_dead_letter({"reason": reason[:MAX_REASON]}, {"call": call})
