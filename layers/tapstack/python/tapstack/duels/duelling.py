"""Offering, accepting, declining and watching duels.

Nothing is written for a tap: what both have tapped is read at the start and at the end, by whoever looks first; so it
works for clients that ask every second, and events only tell them to ask sooner. A duel that neither has watched to
its end is a draw.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tapstack.duels import rules
from tapstack.duels.answers import DuellistView, DuelView
from tapstack.duels.model import Duel, State
from tapstack.economy.rules import ops
from tapstack.live.events import Changed
from tapstack.platform.errors import Conflict, Forbidden, NotFound
from tapstack.players.accounts import refuse_banned
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.duels.ports import DuelPorts


def offer(ports: DuelPorts, player_id: str, op: str) -> DuelView:
    """Offers a duel to whoever gets its id; a retry gets the same one.

    Raises Forbidden (`banned`), NotFound (`player_unknown`) and Conflict (`op_expired`).
    """
    now_ms = ports.clock()
    ops.refuse_expired(op, now_ms)
    refuse_banned(ports.players.get(player_id))
    duel = Duel(rules.id_of(player_id, op), player_id, now_ms)
    ports.duels.offer(duel)
    return view(ports, player_id, duel.id)


def accept(ports: DuelPorts, player_id: str, duel_id: str) -> DuelView:
    """Accepts a duel, which starts in a few seconds; the first who does is the rival, and may repeat it.

    Raises Forbidden (`banned`, `duel_own`), NotFound (`player_unknown`, `duel_unknown`) and Conflict (`duel_taken`,
    `duel_over`).
    """
    refuse_banned(ports.players.get(player_id))
    now_ms, duel = ports.clock(), _duel(ports, duel_id)
    if duel.host == player_id:
        raise Forbidden("this is your own duel", code="duel_own")
    if duel.rival != player_id:
        _refuse_closed(duel, now_ms)
        taps = _taps(ports, (duel.host, player_id))
        starts_at_ms = now_ms + rules.COUNTDOWN_MS
        accepted = replace(
            duel,
            state=State.ACCEPTED,
            rival=player_id,
            starts_at_ms=starts_at_ms,
            ends_at_ms=starts_at_ms + rules.DUEL_MS,
            base=taps[duel.host],
            rival_base=taps[player_id],
        )
        if not ports.duels.move(accepted, State.OFFERED) and _duel(ports, duel_id).rival != player_id:
            raise Conflict("somebody else was faster", code="duel_taken")
        _tell(ports, duel_id)
    return view(ports, player_id, duel_id)


def decline(ports: DuelPorts, player_id: str, duel_id: str) -> DuelView:
    """Takes back a duel of one's own that nobody has accepted; a repetition changes nothing.

    Raises Forbidden (`duel_foreign`), NotFound (`duel_unknown`) and Conflict (`duel_taken`, `duel_over`).
    """
    duel = _duel(ports, duel_id)
    if duel.state is not State.DECLINED:
        if player_id != duel.host:
            raise Forbidden("this is not your duel", code="duel_foreign")
        _refuse_closed(duel, ports.clock())
        if not ports.duels.move(replace(duel, state=State.DECLINED), State.OFFERED):
            raise Conflict("somebody has accepted it", code="duel_taken")
        _tell(ports, duel_id)
    return view(ports, player_id, duel_id)


def view(ports: DuelPorts, player_id: str, duel_id: str) -> DuelView:
    """A duel as it stands; raises NotFound (`duel_unknown`), also for who is not in one that was accepted."""
    now_ms, duel = ports.clock(), _duel(ports, duel_id)
    if duel.rival and player_id not in duel.players:
        raise _unknown()
    taps = dict.fromkeys(duel.players, 0)
    if duel.state in (State.ACCEPTED, State.RUNNING) and now_ms >= duel.starts_at_ms:
        duel, taps = _going_on(ports, duel, now_ms)
    if duel.state is State.OVER:
        taps = {duel.host: duel.taps, duel.rival: duel.rival_taps}
    return _view(ports, duel, taps, now_ms)


def _going_on(ports: DuelPorts, duel: Duel, now_ms: int) -> tuple[Duel, dict[str, int]]:
    """A duel after its start, with what both have tapped; it is over where its time is up."""
    if now_ms > duel.ends_at_ms + rules.GRACE_MS + rules.LATE_MS:
        return replace(duel, state=State.OVER), {}
    now = _taps(ports, duel.players)
    if duel.state is State.ACCEPTED and now_ms <= duel.starts_at_ms + rules.START_WITHIN_MS:
        started = replace(duel, state=State.RUNNING, base=now[duel.host], rival_base=now[duel.rival])
        duel = started if ports.duels.move(started, State.ACCEPTED) else _duel(ports, duel.id)
    per_s = ports.settings.play.taps_per_s
    taps = {
        duel.host: rules.counted(duel.base, now[duel.host], per_s),
        duel.rival: rules.counted(duel.rival_base, now[duel.rival], per_s),
    }
    if now_ms >= duel.ends_at_ms + rules.GRACE_MS:
        ended = replace(duel, state=State.OVER, taps=taps[duel.host], rival_taps=taps[duel.rival])
        duel = ended if ports.duels.move(ended, duel.state) else _duel(ports, duel.id)
        _tell(ports, duel.id)
    return duel, taps


def _taps(ports: DuelPorts, player_ids: tuple[str, ...]) -> dict[str, int]:
    """What players have tapped, in one round trip to Redis; of who does not play now, as last saved."""
    found = {one.player_id: one.clicks for one in ports.saving.read(player_ids)}
    for player_id in player_ids:
        if player_id not in found:
            saved = ports.counters.get(player_id)
            found[player_id] = saved.clicks if saved else 0
    return found


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


def _tell(ports: DuelPorts, duel_id: str) -> None:
    ports.live.to_room(f"duel:{duel_id}", Changed(what="duel"))


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
    )
