"""Every minute: ends idle sessions and evicts the players that are saved and gone."""

from typing import Any

from tapstack.admin import jobs
from tapstack.composition import container
from tapstack.platform.logs import guarded


@guarded
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a scheduled event and answers what it cleaned."""
    return jobs.run_cleanup(container(), context.get_remaining_time_in_millis)
