"""The sender of this game's bot: it fills in players' names, and broadcasts have their own way of delivery."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tapstack.broadcasts.deliveries import Deliveries
from tapstack.players.mentions import with_names
from tapstack.telegram import sender

if TYPE_CHECKING:
    from tapstack.bot.ports import OutboxPorts


def send_waiting(ports: OutboxPorts, remaining_ms: Callable[[], int]) -> int:
    """Makes the calls that wait for Telegram until none is due soon, or the time is over; returns how many."""
    hooks = sender.Hooks(render=partial(with_names, ports), deliveries=(Deliveries(ports),))
    return sender.send_waiting(ports, hooks, remaining_ms)
