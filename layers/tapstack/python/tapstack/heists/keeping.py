"""Each minute: begins the heist that is due, closes those that are over, and tells groups what came of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.heists import opening
from tapstack.heists.chat import result_call
from tapstack.heists.closing import close
from tapstack.heists.rules import is_in_group
from tapstack.platform.errors import Conflict, NotFound
from tapstack.platform.one_by_one import LATER_MS, one_by_one
from tapstack.telegram.notices import notify

if TYPE_CHECKING:
    from tapstack.heists.ports import KeepPorts


def keep(ports: KeepPorts) -> int:
    """Does what is due; returns how many heists it has settled. What it leaves open a later run does.

    Raises StoreUnavailable where it can't know what is due.
    """
    opening.begin_due(ports)
    now_ms = ports.clock()
    over = sorted((ends_ms, heist_id) for heist_id, ends_ms in ports.heists.open_until().items() if ends_ms <= now_ms)
    return one_by_one(
        [each for _, each in over],
        lambda each: _settle(ports, each),
        "heist {}".format,
        lambda each: ports.heists.put_off(each, now_ms + LATER_MS),
    )


def _settle(ports: KeepPorts, heist_id: str) -> bool:
    """Closes a heist and tells its group, once; a heist that has expired meanwhile is forgotten."""
    try:
        stored = close(ports, heist_id)
    except NotFound:
        ports.heists.settled(heist_id)
        return True
    except Conflict:  # by Redis's clock it still runs
        return False
    if is_in_group(stored.heist) and stored.result is not None:
        notify(ports, f"heist-{heist_id}", result_call(stored.heist, stored.result))
    ports.heists.settled(heist_id)
    return True
