"""Every minute: ends idle sessions, and evicts players who are saved and gone."""

from typing import Any

from msgspec.structs import asdict
from tapstack.composition import container
from tapstack.platform.logs import guarded
from tapstack.play.cleanup import cleanup


@guarded
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a scheduled event and answers how many sessions and players it removed."""
    return asdict(cleanup(container(), context.get_remaining_time_in_millis))
