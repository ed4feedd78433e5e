"""What has been tapped in a rally, and its end: by whoever looks first after it, else by maintenance; once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tapstack.factions.counting import counters
from tapstack.live.events import Changed
from tapstack.platform.one_by_one import LATER_MS, one_by_one
from tapstack.rallies.rules import GRACE_MS, contributions

if TYPE_CHECKING:
    from tapstack.rallies.model import Rally
    from tapstack.rallies.ports import EndDuePorts, EndPorts


def taps_of(ports: EndPorts, rally: Rally) -> dict[str, int]:
    """What each member has tapped so far; one whose counter can't be read must not keep a rally from its end."""
    if rally.over:
        return dict(rally.taps)
    now = counters(ports, sorted(rally.bases))
    return contributions(rally.bases, {player_id: one.paid_taps for player_id, one in now.items()})


def ended(ports: EndPorts, rally: Rally, now_ms: int) -> Rally:
    """The rally, which is over for good where its time is up."""
    if rally.over or now_ms < rally.ends_at_ms + GRACE_MS:
        return rally
    taps = taps_of(ports, rally)
    if not ports.rallies.end(rally, taps):
        return ports.rallies.get(rally.id) or rally
    ports.live.to_room(f"rally:{rally.id}", Changed(what="rally"))
    return replace(rally, over=True, taps=taps)


def end_due(ports: EndDuePorts) -> int:
    """Ends the rallies whose time is up and that nobody has looked at since; returns how many."""
    now_ms = ports.clock()

    def end(rally_id: str) -> bool:
        rally = ports.rallies.get(rally_id)
        return rally is not None and not rally.over and ended(ports, rally, now_ms).over

    def put_off(rally_id: str) -> None:
        ports.rallies.put_off(rally_id, now_ms + LATER_MS)

    return one_by_one(ports.rallies.due(now_ms - GRACE_MS), end, "rally {}".format, put_off)
