"""What runs, what comes, and what was: the answer of a running heist, and the question of one to come, are in none."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tapstack.heists import opening, rules
from tapstack.heists.answers import (
    ComingHeist,
    HeistPlace,
    HeistPrize,
    HeistsView,
    OwnHeist,
    PastHeist,
    RunningHeist,
    question_of,
    text_of,
)
from tapstack.heists.claiming import cause_of
from tapstack.heists.closing import close
from tapstack.heists.model import Standing
from tapstack.heists.pools import data
from tapstack.http.recent import Recent
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.heists.model import Heist, Prize, Stored
    from tapstack.heists.ports import ReadPorts

COMING, PAST = 3, 8
OLDER = 24
"""So many heists one answer looks through for shares that the caller can still claim."""

KEPT_MS, CLOSED_KEPT_MS = 1_000, 600_000
"""How long a process believes what it has read: of what runs, and of what can't change any more."""


class HeistReader:
    """Answers for one process, which keeps for a moment what is the same for all players."""

    def __init__(self) -> None:
        self._running: Recent[Stored | None] = Recent(keep_ms=KEPT_MS, most=4)
        self._closed: Recent[Stored] = Recent(keep_ms=CLOSED_KEPT_MS, most=16)
        self._past: Recent[dict[str, Stored]] = Recent(keep_ms=KEPT_MS, most=4)
        self._parts: Recent[dict[str, int]] = Recent(keep_ms=CLOSED_KEPT_MS, most=32)

    def heists(self, ports: ReadPorts, player_id: str, cursor: str = "") -> HeistsView:
        """The heists of the whole game, for a player; by the cursor of an answer, with their older shares.

        Begins the one that is due and closes those that are over: whoever looks first does it, if the schedule has not.
        Raises StoreUnavailable.
        """
        now_ms, schedule = ports.clock(), data().schedule
        slot = rules.running_slot(schedule, now_ms)
        running = self._running.get(slot.id, now_ms, lambda: opening.begin_due(ports)) if slot else None
        coming = rules.slots(schedule, now_ms + 1, now_ms + 8 * DAY_MS)[:COMING]
        over = rules.claimable(schedule, int(cursor or now_ms), now_ms)
        looked = list(islice(over, OLDER if cursor else PAST))
        ids = [one.id for one in looked]
        return HeistsView(
            now_ms=now_ms,
            running=_running(ports, running, player_id) if running and running.result is None else None,
            next=[
                ComingHeist(one.id, str(one.planned.kind), one.starts_ms, one.ends_ms, _prize(one.planned.prize))
                for one in coming
            ],
            past=self._unclaimed(ports, ids, player_id) if cursor else self._latest(ports, ids, player_id, now_ms),
            cursor=str(looked[-1].starts_ms) if next(over, None) else None,
        )

    def _unclaimed(self, ports: ReadPorts, ids: list[str], player_id: str) -> list[PastHeist]:
        """Those of older heists whose share the player can still claim; one that is not closed is nobody's yet."""
        found = ports.heists.get_many(ids)
        closed = [found[one] for one in ids if one in found and found[one].result is not None]
        shares = ports.heists.shares(closed, player_id)
        return [
            _past_heist(ports, one, shares[one.heist.id], claimed=False)
            for one in closed
            if shares.get(one.heist.id) and not _is_claimed(ports, player_id, one.heist.id)
        ]

    def _latest(self, ports: ReadPorts, ids: list[str], player_id: str, now_ms: int) -> list[PastHeist]:
        """The latest heists that are over and closed, closed here where nobody has."""
        found = self._past.get(tuple(ids), now_ms, lambda: ports.heists.get_many(ids))
        closed = [self._closed_one(ports, found[one], now_ms) for one in ids if one in found]
        return [self._latest_one(ports, stored, player_id) for stored in closed if stored]

    def _closed_one(self, ports: ReadPorts, stored: Stored, now_ms: int) -> Stored | None:
        if stored.result is not None:
            return stored
        try:
            return self._closed.get(stored.heist.id, now_ms, lambda: close(ports, stored.heist.id))
        except Conflict:  # by Redis's clock it still runs
            return None

    def _latest_one(self, ports: ReadPorts, stored: Stored, player_id: str) -> PastHeist:
        heist, result = stored.heist, stored.result
        assert result is not None  # noqa: S101 - only closed ones come here
        part = rules.part_of(player_id, result.parts)
        shares = self._parts.get(
            (heist.id, result.run, part), ports.clock(), lambda: ports.heists.part(heist.id, result, part)
        )
        share = shares.get(player_id)
        return _past_heist(ports, stored, share, claimed=bool(share) and _is_claimed(ports, player_id, heist.id))


def _past_heist(ports: ReadPorts, stored: Stored, share: int | None, *, claimed: bool) -> PastHeist:
    heist, result = stored.heist, stored.result
    assert result is not None  # noqa: S101 - only closed ones come here
    faces = ports.players.get_many([one.player for one in result.winners]) if result.winners else {}
    return PastHeist(
        id=heist.id,
        kind=str(heist.kind),
        question=question_of(heist),
        answer=text_of(heist.asked.answer),
        ended_at_ms=heist.ends_ms,
        pool=result.pool,
        players=result.players,
        winners=[
            HeistPlace(one.rank, one.player, public_name(one.player, faces[one.player].username), one.coins)
            for one in result.winners
            if one.player in faces and not faces[one.player].hidden
        ],
        share=share,
        claimed=claimed,
    )


def _is_claimed(ports: ReadPorts, player_id: str, heist_id: str) -> bool:
    return ports.wallets.entry(player_id, cause_of(heist_id)) is not None


def _running(ports: ReadPorts, stored: Stored, player_id: str) -> RunningHeist:
    heist = stored.heist
    standing = ports.live_heists.standing(heist.id, player_id) or Standing()
    return RunningHeist(
        id=heist.id,
        kind=str(heist.kind),
        question=question_of(heist),
        starts_at_ms=heist.starts_ms,
        ends_at_ms=heist.ends_ms,
        tries=heist.tries,
        prize=_prize(heist.prize),
        players=standing.players,
        places_taken=standing.places,
        own=own_of(heist, standing),
    )


def own_of(heist: Heist, standing: Standing) -> OwnHeist:
    left = 0 if standing.right else max(0, heist.tries - standing.tries)
    return OwnHeist(left, standing.right, standing.rank or None)


def _prize(prize: Prize) -> HeistPrize:
    return HeistPrize(prize.each, prize.most, prize.least, list(prize.first))
