"""Every minute: closes periods, credits invitations, finishes erasures, flags suspects, and measures the game."""

from typing import Any

from tapstack.admin import maintenance
from tapstack.composition import container
from tapstack.platform.logs import guarded


@guarded
def handler(_: dict[str, Any], __: Any) -> dict[str, Any]:
    """Takes a scheduled event and answers what it did."""
    return maintenance.run_snapshot(container())
