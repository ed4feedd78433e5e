"""Offering, accepting, declining and watching duels.

Nothing is written for a tap: what both have tapped is read at the start and at the end, by whoever looks first; so it
works for clients that ask every second, and events only tell them to ask sooner. A duel that neither has watched to
its end is a draw.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tapstack.duels import rules, staking
from tapstack.duels.answers import DuellistView, DuelView
from tapstack.duels.ending import going_on, taps_of, tell
from tapstack.duels.model import Duel, State
from tapstack.economy.rules import ops
from tapstack.platform.errors import Conflict, Forbidden, NotFound
from tapstack.players.accounts import refuse_banned
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.duels.ports import DuelPorts
    from tapstack.economy.model import SharedChange


def offer(ports: DuelPorts, player_id: str, op: str, stake: int = 0) -> DuelView:
    """Offers a duel to whoever gets its id, with a stake or for honour; a retry gets the same one.

    Raises Forbidden (`banned`), NotFound (`player_unknown`), Conflict (`op_expired`, `op_reused`), and what
    `staking.stake` raises.
    """
    now_ms = ports.clock()
    ops.refuse_expired(op, now_ms)
    player = ports.players.get(player_id)
    refuse_banned(player)
    duel = Duel(rules.id_of(player_id, op), player_id, now_ms, stake=stake)

    def is_there() -> bool:
        there = ports.duels.get(duel.id)
        if there is not None and there.stake != stake:
            raise Conflict("this op was used for something else", code="op_reused")
        return there is not None

    def begun() -> list[SharedChange]:
        is_there()  # as another amount, by a request that was faster
        return [ports.duels.changed(duel, None)]

    if not is_there():
        if stake:
            staking.stake(ports, player, duel, stake, begun)
        elif not ports.duels.offer(duel):
            is_there()
    return view(ports, player_id, duel.id)


def accept(ports: DuelPorts, player_id: str, duel_id: str, stake: int = 0) -> DuelView:
    """Accepts a duel, which starts in a few seconds; the first who does is the rival, and may repeat it.

    Raises Forbidden (`banned`, `duel_own`), NotFound (`player_unknown`, `duel_unknown`), Conflict (`duel_taken`,
    `duel_over`, `stake_differs`), and what `staking.stake` raises.
    """
    player = ports.players.get(player_id)
    refuse_banned(player)
    duel = _duel(ports, duel_id)
    if duel.host == player_id:
        raise Forbidden("this is your own duel", code="duel_own")
    if duel.rival != player_id:
        taps = taps_of(ports, (duel.host, player_id))

        def accepted() -> list[SharedChange]:
            """Reads the duel anew, for somebody may have been faster."""
            now_ms, found = ports.clock(), _duel(ports, duel_id)
            _refuse_closed(found, now_ms)
            return [ports.duels.changed(_accepted(found, player_id, taps, now_ms), State.OFFERED)]

        _refuse_closed(duel, ports.clock())
        staking.refuse_other_stake(duel, stake)
        if stake:
            staking.stake(ports, player, duel, stake, accepted)
        elif not ports.duels.move(_accepted(duel, player_id, taps, ports.clock()), State.OFFERED):
            if _duel(ports, duel_id).rival != player_id:
                raise Conflict("somebody else was faster", code="duel_taken")
        tell(ports, duel_id)
    return view(ports, player_id, duel_id)


def _accepted(duel: Duel, rival: str, taps: dict[str, int], now_ms: int) -> Duel:
    starts_at_ms = now_ms + rules.COUNTDOWN_MS
    return replace(
        duel,
        state=State.ACCEPTED,
        rival=rival,
        starts_at_ms=starts_at_ms,
        ends_at_ms=starts_at_ms + rules.DUEL_MS,
        base=taps[duel.host],
        rival_base=taps[rival],
    )


def decline(ports: DuelPorts, player_id: str, duel_id: str) -> DuelView:
    """Takes back a duel of one's own that nobody has accepted; a repetition changes nothing.

    Raises Forbidden (`duel_foreign`), NotFound (`duel_unknown`) and Conflict (`duel_taken`, `duel_over`).
    """
    duel = _duel(ports, duel_id)
    if duel.state is not State.DECLINED:
        if player_id != duel.host:
            raise Forbidden("this is not your duel", code="duel_foreign")
        _refuse_closed(duel, ports.clock())
        taken_back = replace(duel, state=State.DECLINED)
        if not ports.duels.move(taken_back, State.OFFERED):
            raise Conflict("somebody has accepted it", code="duel_taken")
        tell(ports, duel_id)
    return view(ports, player_id, duel_id)


def view(ports: DuelPorts, player_id: str, duel_id: str) -> DuelView:
    """A duel as it stands; raises NotFound (`duel_unknown`), also for who is not in one that was accepted."""
    now_ms, duel = ports.clock(), _duel(ports, duel_id)
    if duel.rival and player_id not in duel.players:
        raise _unknown()
    taps = dict.fromkeys(duel.players, 0)
    if duel.state in (State.ACCEPTED, State.RUNNING) and now_ms >= duel.starts_at_ms:
        duel, taps = going_on(ports, duel, now_ms)
    if duel.state is State.OVER:
        taps = {duel.host: duel.taps, duel.rival: duel.rival_taps}
    if duel.owes:
        staking.pay_if_possible(ports, duel)
    return _view(ports, duel, taps, now_ms)


def _duel(ports: DuelPorts, duel_id: str) -> Duel:
    duel = ports.duels.get(duel_id)
    if duel is None:
        raise _unknown()
    return duel


def _unknown() -> NotFound:
    return NotFound("there is no such duel", code="duel_unknown")


def _refuse_closed(duel: Duel, now_ms: int) -> None:
    if duel.state in (State.ACCEPTED, State.RUNNING):
        raise Conflict("somebody has accepted it", code="duel_taken")
    if duel.state is not State.OFFERED or now_ms > duel.offered_at_ms + rules.OPEN_MS:
        raise Conflict("this duel is over", code="duel_over")


def _view(ports: DuelPorts, duel: Duel, taps: dict[str, int], now_ms: int) -> DuelView:
    found = ports.players.get_many(duel.players)

    def player(player_id: str) -> DuellistView:
        account = found.get(player_id)
        name = public_name(player_id, account.username if account and not account.hidden else None)
        return DuellistView(player_id, name, taps.get(player_id, 0))

    return DuelView(
        id=duel.id,
        now_ms=now_ms,
        state=duel.state,
        host=player(duel.host),
        rival=player(duel.rival) if duel.rival else None,
        expires_at_ms=duel.offered_at_ms + rules.OPEN_MS,
        starts_at_ms=duel.starts_at_ms or None,
        ends_at_ms=duel.ends_at_ms or None,
        winner=duel.winner or None,
        stake=duel.stake,
    )
