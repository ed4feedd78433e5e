"""An operator's change of one player's clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.audit.recording import record
from tapstack.platform.bounds import MAX_CLICKS
from tapstack.platform.errors import BadRequest, NotFound
from tapstack.play.saving import sync_bucket
from tapstack.play.taps import load_player
from tapstack.players.rules.identity import bucket_of

if TYPE_CHECKING:
    from tapstack.admin.ports import AdjustPorts

RUN_MS = 60_000


def adjust(ports: AdjustPorts, player_id: str, by: int, *, operator: str, reason: str) -> int:
    """Changes a player's clicks, never below 0, and saves them at once; days, weeks and months stay. The clicks after.

    It is recorded before it is done. Raises BadRequest for a number that is out of bounds, Conflict
    (`too_many_clicks`) if the player would have too many.
    """
    if not -MAX_CLICKS <= by <= MAX_CLICKS:
        raise BadRequest(f"no change by more than {MAX_CLICKS:,} clicks", code="validation_failed", field="by")
    ports.players.get(player_id)
    record(ports, player_id, "adjust", operator, reason, by=by)
    clicks = ports.live_admin.adjust(player_id, by)
    if clicks is None:
        load_player(ports, player_id)
        clicks = ports.live_admin.adjust(player_id, by)
    if clicks is None:
        raise NotFound("this player is being evicted: try again", code="player_unknown")
    sync_bucket(ports, bucket_of(player_id, ports.settings.play.buckets), lambda: RUN_MS)
    return clicks
