"""The outbox queue and its schedule: sends what waits for Telegram, at the pace that Telegram allows.

The schedule also sees to it that the bot's name is known to the functions that make links of it.
"""

from typing import Any

from tapstack.composition import container
from tapstack.platform.logs import guarded
from tapstack.telegram import client, sender


@guarded
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of wake-ups, or a scheduled event: either way there is one outbox to work off."""
    if "Records" not in event:
        client.learn_name(container())
    sender.send_waiting(container(), context.get_remaining_time_in_millis)
    return {"batchItemFailures": []}
