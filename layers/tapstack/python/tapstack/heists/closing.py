"""Closing a heist: who gets what is written once for ever, whatever is killed or lost.

The places that DynamoDB has kept count, and what Redis knows of everybody else; a Redis that was lost has forgotten who
took part without a place, and has not answered since. One conditional write decides which run's shares count. A lease
spares all but one of those who look at the end at the same moment the work; nothing depends on it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.heists import leases, rules
from tapstack.heists.announcing import tell_closed
from tapstack.heists.model import Frozen, Placed, Refused, Result, Stored
from tapstack.platform.errors import Conflict, StoreUnavailable

if TYPE_CHECKING:
    from tapstack.heists.ports import ClosePorts

TRIES = 5
IN_A_PART = 2_000
"""Players whose shares are one item: far below DynamoDB's 400 KB."""

WAITS, WAIT_S = 20, 0.1
"""How often, and how many seconds apart, the end is looked for while somebody else writes it: two seconds in all."""

LEASE_MS = 3_000
"""Longer than closing takes; of one that was killed, others wait no longer."""


def close(ports: ClosePorts, heist_id: str, *, pause: Callable[[float], None] = time.sleep) -> Stored:
    """A heist that is over, with its result: closed here, if nobody has closed it, or is about to.

    Raises NotFound (`heist_unknown`), Conflict (`too_early`) while it runs, and StoreUnavailable.
    """
    holder = secrets.token_hex(8)
    for _ in range(WAITS):
        stored = _over(ports, heist_id)
        if stored.result is not None:
            return stored
        if ports.leases.claim(leases.closing(heist_id), LEASE_MS, holder):
            try:
                return _close(ports, heist_id)
            finally:
                ports.leases.release(leases.closing(heist_id), holder)
        pause(WAIT_S)
    raise _busy()


def _over(ports: ClosePorts, heist_id: str) -> Stored:
    """A heist whose time is up."""
    stored = ports.heists.get(heist_id)
    if stored is None:
        raise rules.unknown()
    if stored.result is None and ports.clock() < stored.heist.ends_ms:
        raise _too_early()
    return stored


def _close(ports: ClosePorts, heist_id: str) -> Stored:
    for _ in range(TRIES):
        stored = _over(ports, heist_id)
        if stored.result is not None:
            return stored
        frozen = ports.live_heists.close(heist_id)
        if frozen is Refused.NOT_LOADED:
            ports.live_heists.load(stored.heist, stored.winners)
            continue
        if isinstance(frozen, Refused):
            raise _too_early()
        result = _write_shares(ports, stored, frozen)
        if ports.heists.close(heist_id, result, len(stored.winners)):
            faces = ports.players.get_many([one.player for one in result.winners]) if result.winners else {}
            tell_closed(ports, stored.heist, result, faces)
            return Stored(stored.heist, stored.winners, result)
    raise _busy()


def _busy() -> StoreUnavailable:
    return StoreUnavailable("too much is happening at once", retry_after_s=1)


def _too_early() -> Conflict:
    return Conflict("this heist is not over", code="too_early")


def _write_shares(ports: ClosePorts, stored: Stored, frozen: Frozen) -> Result:
    """Writes what everybody gets, under a name of this run's own; nobody reads it before the result names it."""
    heist, run = stored.heist, secrets.token_hex(4)
    places = rules.final_places(stored.winners, frozen.winners, len(heist.prize.first))
    players = rules.all_players(frozen.players, stored.winners)
    shares = rules.shares(heist.prize, places, players)
    parts: list[dict[str, int]] = [{} for _ in range(1 + len(players) // IN_A_PART)]
    for player, coins in shares.items():
        parts[rules.part_of(player, len(parts))][player] = coins
    for number, part in enumerate(parts):
        ports.heists.put_part(heist, run, number, part)
    return Result(
        closed_ms=ports.clock(),
        pool=sum(shares.values()),
        players=len(players),
        right=max(frozen.right, len(places)),
        wrong=frozen.wrong,
        winners=tuple(Placed(rank=rank, player=player, coins=shares[player]) for rank, player in places.items()),
        run=run,
        parts=len(parts),
    )
