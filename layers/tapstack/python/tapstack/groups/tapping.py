"""A tap in a group, on its way to the group's board.

The player's own score counts it first, as any tap in the chat (play/chat_taps.py), and the group's board after that:
a process that is killed between the two, which is a millisecond, leaves the tap out on the group's board alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.platform.calendar import Period
from tapstack.play.taps import ask_for

if TYPE_CHECKING:
    from tapstack.groups.model import Panel
    from tapstack.groups.ports import GroupTapPorts


def count(ports: GroupTapPorts, group_id: int, player_id: str, panel: Panel | None) -> None:
    """Counts a tap for a group: one round trip to Redis. The first since the last saving asks for the next.

    The panel that it was made at is edited then; None for a message that shows something else.
    """
    day = Period.DAY.number_at(ports.clock())
    if ports.group_taps.add(group_id, player_id, day, panel):
        ask_for(ports, "groups", delay_s=ports.settings.play.sync_every_s)
