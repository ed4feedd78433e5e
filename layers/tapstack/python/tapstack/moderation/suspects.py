"""Flags players who look like a program, for an operator to look at. Nobody is ever banned by this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tapstack.moderation import rules
from tapstack.moderation.counters import counter_of
from tapstack.moderation.status import set_status
from tapstack.platform.batches import batches
from tapstack.players.model import ModerationStatus

if TYPE_CHECKING:
    from tapstack.moderation.ports import SignalPorts, WatchPorts

SAMPLED_AT_ONCE = 500
SAMPLES_FOR_S = 300
"""Samples expire when no other follows within this time: only consecutive minutes tell anything."""


def watch(ports: WatchPorts) -> list[str]:
    """Samples the clicks of all active players, and flags who looks like a program; the ids newly flagged.

    Whitelisted players, and those who have a moderation status already, are skipped.
    """
    flagged: list[str] = []
    for ids in batches(ports.live_moderation.active(), SAMPLED_AT_ONCE):
        samples = ports.live_moderation.sample(ids, rules.WATCHED_MIN + 1, SAMPLES_FOR_S)
        busy = [i for i, clicks in samples.items() if rules.worth_a_look(clicks)]
        for player in ports.players.get_many(busy).values() if busy else ():
            if player.whitelisted or player.status is not ModerationStatus.GOOD:
                continue
            if reasons := suspicions(ports, player.id, samples[player.id]):
                set_status(ports, player.id, ModerationStatus.SUSPECT, reasons)
                flagged.append(player.id)
    return flagged


def suspicions(ports: SignalPorts, player_id: str, clicks_by_minute: Sequence[int] = ()) -> list[str]:
    """Why a player looks like a program, in view of the session history too; empty for most."""
    now_ms = ports.clock()
    sessions = [(line.started_at_ms, line.ended_at_ms) for line in ports.counters.history(player_id)]
    sessions += [(s.started_at_ms, now_ms) for s in counter_of(ports, player_id).sessions.values() if s.open]
    return rules.reasons(clicks_by_minute, sessions, now_ms=now_ms, taps_per_s=ports.settings.play.taps_per_s)
