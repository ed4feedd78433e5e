"""The sync queue and its schedule: saves players and groups, ends duels, recovers lost boards, publishes the best."""

from collections.abc import Sequence
from typing import Any

from tapstack.admin import sync_jobs
from tapstack.bot import milestones
from tapstack.composition import container
from tapstack.duels.settling import settle
from tapstack.factions import keeping
from tapstack.groups.saving import save_taps
from tapstack.leaderboards.all_time import refresh_soon
from tapstack.moderation.status import hide_all
from tapstack.platform.logs import guarded
from tapstack.play.model import Counter
from tapstack.play.recovery import recover_boards


@guarded
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of SQS messages, answering which of them failed, or a scheduled event."""
    game, remaining_ms = container(), context.get_remaining_time_in_millis

    def hears(saved: Sequence[Counter]) -> None:
        milestones.celebrate(game, saved)
        keeping.heard(game, saved)

    jobs: sync_jobs.Jobs = {
        "sync": lambda: sync_jobs.save_all(game, remaining_ms, hears),
        "rebuild": lambda: recover_boards(game, remaining_ms, hide_players=lambda: hide_all(game)),
        "groups": lambda: save_taps(game),
        "duels": lambda: settle(game),
        "board": lambda: refresh_soon(game),
    }
    return sync_jobs.run(jobs, event)
