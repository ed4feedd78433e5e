"""Every minute: closes periods, credits invitations, finishes erasures, flags suspects, and measures the game."""

from typing import Any

from tapstack.bootstrap import container
from tapstack.logs import guarded
from tapstack.services import desk_jobs


@guarded
def handler(_: dict[str, Any], __: Any) -> dict[str, Any]:
    """Takes a scheduled event and answers what it did."""
    return desk_jobs.run_snapshot(container())
