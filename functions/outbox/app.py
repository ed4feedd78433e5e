"""The outbox queue and its schedule: sends what waits for Telegram, at the pace that Telegram allows."""

from typing import Any

from tapstack.bootstrap import container
from tapstack.telegram import sender


def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of wake-ups, or a scheduled event: either way there is one outbox to work off."""
    sender.send_waiting(container(), context.get_remaining_time_in_millis)
    return {"batchItemFailures": []}
