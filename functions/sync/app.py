"""The sync queue and its schedule: saves dirty players, rebuilds lost boards, publishes the leaderboard."""

from typing import Any

from tapstack.admin import jobs
from tapstack.composition import container
from tapstack.platform.logs import guarded


@guarded
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of SQS messages, answering which of them failed, or a scheduled event."""
    return jobs.run_sync(container(), event, context.get_remaining_time_in_millis)
