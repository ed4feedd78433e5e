"""Each minute: begins the heist that is due, closes those that are over, and tells groups what came of theirs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.heists import opening
from tapstack.heists.chat import result_call
from tapstack.heists.closing import close
from tapstack.heists.rules import is_in_group
from tapstack.platform.errors import Conflict, NotFound, StoreUnavailable
from tapstack.telegram.notices import notify

if TYPE_CHECKING:
    from tapstack.heists.ports import KeepPorts

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Heists of one run; the next one is a minute away."""


def keep(ports: KeepPorts) -> int:
    """Does what is due; returns how many heists it has settled. What a failure leaves open the next run does.

    Raises StoreUnavailable where it can't know what is due.
    """
    opening.begin_due(ports)
    now_ms, done = ports.clock(), 0
    over = sorted((ends_ms, heist_id) for heist_id, ends_ms in ports.heists.open_until().items() if ends_ms <= now_ms)
    for _, heist_id in over[:AT_ONCE]:
        try:
            _settle(ports, heist_id)
        except StoreUnavailable as error:
            log.warning("heist %s is left to the next minute: %s", heist_id, error.message)
        except Conflict:  # by Redis's clock it still runs
            continue
        else:
            done += 1
    return done


def _settle(ports: KeepPorts, heist_id: str) -> None:
    """Closes a heist and tells its group, once; a heist that has expired meanwhile is forgotten."""
    try:
        stored = close(ports, heist_id)
    except NotFound:
        ports.heists.settled(heist_id)
        return
    if is_in_group(stored.heist) and stored.result is not None:
        notify(ports, f"heist-{heist_id}", result_call(stored.heist, stored.result))
    ports.heists.settled(heist_id)
