"""What is tapped in a duel, and its end: by whoever looks first after it, with stakes by maintenance as well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tapstack.duels import rules, staking
from tapstack.duels.model import Duel, State
from tapstack.live.events import Changed
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.one_by_one import LATER_MS, one_by_one

if TYPE_CHECKING:
    from tapstack.duels.ports import EndDuelPorts, ForgetDuelPorts, PayDuelPorts

TRIES = 3
"""Somebody may accept an offer while it is taken back."""


def going_on(ports: EndDuelPorts, duel: Duel, now_ms: int) -> tuple[Duel, dict[str, int]]:
    """A duel after its start, with what both have tapped; it is over where its time is up."""
    if now_ms > duel.ends_at_ms + rules.GRACE_MS + rules.LATE_MS:
        return _over(ports, duel, {}), {}
    now = taps_of(ports, duel.players)
    if duel.state is State.ACCEPTED and now_ms <= duel.starts_at_ms + rules.START_WITHIN_MS:
        started = replace(duel, state=State.RUNNING, base=now[duel.host], rival_base=now[duel.rival])
        duel = started if ports.duels.move(started, State.ACCEPTED) else ports.duels.get(duel.id) or duel
    per_s = ports.settings.play.taps_per_s
    taps = {
        duel.host: rules.counted(duel.base, now[duel.host], per_s),
        duel.rival: rules.counted(duel.rival_base, now[duel.rival], per_s),
    }
    if now_ms >= duel.ends_at_ms + rules.GRACE_MS:
        duel = _over(ports, duel, taps)
        tell(ports, duel.id)
    return duel, taps


def _over(ports: EndDuelPorts, duel: Duel, taps: dict[str, int]) -> Duel:
    """The duel as it has ended for good: with these taps, or as somebody was faster to say."""
    ended = replace(duel, state=State.OVER, taps=taps.get(duel.host, 0), rival_taps=taps.get(duel.rival, 0))
    return ended if ports.duels.move(ended, duel.state) else ports.duels.get(duel.id) or duel


def end_due(ports: PayDuelPorts) -> int:
    """Ends the staked duels whose time is up and pays what they have brought; returns how many.

    One that fails holds up no other one, and comes again with a later run.
    """
    now_ms = ports.clock()

    def end(duel_id: str) -> int:
        duel = ports.duels.get(duel_id)
        return duel is not None and staking.pay(ports, _ended(ports, duel, now_ms)).paid

    def put_off(duel_id: str) -> None:
        ports.duels.put_off(duel_id, now_ms + LATER_MS)

    return one_by_one(ports.duels.due(now_ms), end, "duel {}".format, put_off)


def _ended(ports: PayDuelPorts, duel: Duel, now_ms: int) -> Duel:
    if rules.is_expired(duel, now_ms):
        return given_up(ports, duel)
    if duel.state in (State.ACCEPTED, State.RUNNING):
        return going_on(ports, duel, now_ms)[0]
    return duel


def given_up(ports: EndDuelPorts, duel: Duel) -> Duel:
    """A duel that is taken back where nobody has accepted it, and a draw where somebody has."""
    if duel.state is State.OFFERED:
        back = replace(duel, state=State.DECLINED)
        return back if ports.duels.move(back, State.OFFERED) else ports.duels.get(duel.id) or duel
    return _over(ports, duel, {}) if duel.state in (State.ACCEPTED, State.RUNNING) else duel


def forget(ports: ForgetDuelPorts, player_id: str) -> None:
    """Ends all staked duels of a player who is erased, and pays them out: repeating it changes nothing.

    To be called while the player has a wallet; raises StoreUnavailable.
    """
    causes = set(ports.wallets.causes(player_id, staking.PREFIX))
    for cause in causes:
        if cause.endswith(staking.PAID) or cause + staking.PAID in causes:
            continue
        for _ in range(TRIES):
            duel = ports.duels.get(cause.removeprefix(staking.PREFIX))
            if duel is None or staking.pay(ports, given_up(ports, duel)).paid:
                break
        else:
            raise StoreUnavailable("a duel keeps changing", retry_after_s=5)


def taps_of(ports: EndDuelPorts, player_ids: tuple[str, ...]) -> dict[str, int]:
    """What players have tapped, in one round trip to Redis; of who does not play now, as last saved."""
    found = {one.player_id: one.clicks for one in ports.saving.read(player_ids)}
    for player_id in player_ids:
        if player_id not in found:
            saved = ports.counters.get(player_id)
            found[player_id] = saved.clicks if saved else 0
    return found


def tell(ports: EndDuelPorts, duel_id: str) -> None:
    ports.live.to_room(f"duel:{duel_id}", Changed(what="duel"))
