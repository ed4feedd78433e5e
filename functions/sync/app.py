"""The sync queue and its schedule: saves changed players, recovers lost boards, publishes the leaderboard."""

from functools import partial
from typing import Any

from tapstack.admin import sync_jobs
from tapstack.bot import milestones
from tapstack.composition import container
from tapstack.leaderboards.all_time import refresh_soon
from tapstack.moderation.status import hide_all
from tapstack.platform.logs import guarded
from tapstack.play.recovery import recover_boards


@guarded
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of SQS messages, answering which of them failed, or a scheduled event."""
    game, remaining_ms = container(), context.get_remaining_time_in_millis
    jobs: sync_jobs.Jobs = {
        "sync": lambda: sync_jobs.save_all(game, remaining_ms, partial(milestones.celebrate, game)),
        "rebuild": lambda: recover_boards(game, remaining_ms, hide_players=lambda: hide_all(game)),
        "board": lambda: refresh_soon(game),
    }
    return sync_jobs.run(jobs, event)
