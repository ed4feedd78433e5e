"""The outbox queue and its schedule: sends what waits for Telegram, at the pace that Telegram allows.

The schedule also makes the bot's name known to the functions that need it for links.
"""

from typing import Any

from tapstack.bot import outbox
from tapstack.composition import container
from tapstack.platform.logs import guarded
from tapstack.telegram import client


@guarded
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of wake-ups, or a scheduled event: either way there is one outbox to work off."""
    if "Records" not in event:
        client.learn_name(container())
    outbox.send_waiting(container(), context.get_remaining_time_in_millis)
    return {"batchItemFailures": []}
