"""One effect for one cause, whatever happens in between: a machine of commands, retries, faults and a lost Redis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.economy import CHANCE, catalogue
from support.economy_faults import TIMES, assert_sound
from support.fakes.economy import MemoryPaidTaps, MemoryWallets
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock
from tapstack.economy import claiming, commands
from tapstack.economy.deciding import settled
from tapstack.economy.model import Count, Entry, Holdings, Outcome, SharedChange, Snapshot, Written
from tapstack.economy.performing import carry_out, perform, whole
from tapstack.economy.rules import causes, ops, shops
from tapstack.economy.verification import faults_of
from tapstack.platform.calendar import Period
from tapstack.platform.errors import GameError, StoreUnavailable
from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import energy_at

PLAYER = "0123456789abcdef"
FAULTS = ["", "", "", "conflict", "lost before", "lost after"]


class Faulty(MemoryWallets):
    """Meets what a test draws next."""

    fault: Any = staticmethod(lambda: "")

    def write(
        self, read: Snapshot, outcome: Outcome, stock: Mapping[int, int], also: Sequence[SharedChange] = ()
    ) -> Written:
        fault = self.fault()
        if fault == "conflict":
            return Written.STALE
        if fault == "lost before":
            raise StoreUnavailable("injected", retry_after_s=1)
        written = super().write(read, outcome, stock, also)
        if fault == "lost after":
            raise StoreUnavailable("injected", retry_after_s=1)
        return written


class Taps(MemoryPaidTaps):
    """As many paid taps as a test says."""

    count = 0

    def paid_taps(self, _: str) -> PaidTaps:
        return PaidTaps(self.count, energy_at(self.clock(), 0, full=1, every_ms=1), self.clock())


COMMANDS = ["settle", "collect", "buy", "buy", "open", "use", "equip", "sell", "reseed"]
COMMANDS += ["claim", "claim", "checkin", "reroll", "zone"]


def act(ports: MemoryPorts, op: str, command: commands.AnyCommand) -> Entry:
    """By an op, or by the cause of a claim."""
    if isinstance(command, commands.Claim):
        return carry_out(ports, PLAYER, command.cause, command, pause=lambda _: None)
    return perform(ports, PLAYER, op, command, pause=lambda _: None)


def command_of(ports: MemoryPorts, pick: Any) -> commands.AnyCommand:
    held, kind = whole(ports, PLAYER).holdings, pick(COMMANDS)
    stacks, pieces = sorted(held.stacks), sorted(held.instances)
    if kind == "buy":
        offer = pick(shops.offers(catalogue(), CHANCE.key, PLAYER, ports.clock()))
        return commands.Buy(offer=offer.id, price=offer.price, count=pick([1, 2]))
    if kind in ("open", "use", "sell") and stacks:
        name = pick(stacks)
        if kind == "sell":
            return commands.Sell(item=name)
        return commands.Open(crate=name) if kind == "open" else commands.Use(item=name)
    if kind in ("equip", "sell") and pieces:
        name = pick(pieces)
        return commands.Equip(instance=name) if kind == "equip" else commands.Sell(instance=name)
    if kind == "reseed":
        return commands.Reseed(client_seed="mine")
    if kind in ("claim", "reroll"):
        named = causes_of(held, ports.clock())
        return commands.Claim(cause=pick(named)) if kind == "claim" else commands.Reroll(cause=pick(named))
    if kind in ("checkin", "zone"):
        return commands.CheckIn() if kind == "checkin" else commands.SetZone(zone=pick(["Asia/Tokyo", "UTC"]))
    return commands.Collect() if kind == "collect" else commands.Settle()


def causes_of(held: Holdings, now_ms: int) -> list[str]:
    """All that a player might claim, and more: what is done, what is not, and what is over."""
    draft = settled(held, catalogue(), "", now_ms)
    own = [(one.mission, p) for p in (Period.DAY, Period.WEEK) for one in claiming.picks(draft, CHANCE.key, p)]
    named = [causes.mission(p, p.number_at(now_ms) - back, one.id) for one, p in own for back in (0, 0, 1)]
    named += [causes.achievement(one.id, tier) for one in catalogue().achievements for tier in (1, 2)]
    named += [causes.step(one.id, step) for one in catalogue().seasons for step in (1, 2, 3)]
    return [*named, causes.chest(Period.WEEK.number_at(now_ms))]


@settings(max_examples=25 * TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_cause_counts_once_and_every_sum_is_zero(data: st.DataObject) -> None:
    clock = ManualClock(1_790_000_000_000)
    ports = MemoryPorts(clock)
    ports.chance, wallets = CHANCE, Faulty(ports.commons)
    ports.wallets = wallets
    ports.paid_taps = taps = Taps(ports.play, clock)
    carry_out(ports, PLAYER, "start", commands.Grant(account="mint:tests", coin=200_000, xp=10**6))
    wallets.fault = lambda: data.draw(st.sampled_from(FAULTS))
    answered: dict[str, tuple[commands.AnyCommand, Entry]] = {}
    most = 0

    def pick(choices: list[Any]) -> Any:
        return data.draw(st.sampled_from(choices))

    for number in range(data.draw(st.integers(1, 15))):
        taps.count += pick([0, 1, 700, 5_000])
        most = max(most, taps.count)
        if pick([False] * 9 + [True]):
            taps.count = pick([0, taps.count // 2])  # Redis is lost, and holds what was saved
        clock.now_ms += pick([0, 1_000, 3_600_000, 3_600_000, 26 * 3_600_000, 60 * 86_400_000, -30 * 3_600_000])
        again = bool(answered) and pick([False, True])
        # The ids of pieces follow from ops: with ops of chance, the same draws would be another story.
        op = pick(sorted(answered)) if again else ops.made_for(ports.clock(), f"{number}")
        command = answered[op][0] if again else command_of(ports, pick)
        if not again and isinstance(command, commands.Claim):
            op = command.cause
        try:
            entry = act(ports, op, command)
        except GameError:
            continue
        if again:
            assert entry == answered[op][1]
        elif entry.cause in ports.wallets.ledger[PLAYER]:  # not where there was nothing to settle
            answered[op] = command, entry
    held = whole(ports, PLAYER).holdings
    wallet = held.wallet
    assert_sound(wallet, ports.wallets.entries(PLAYER))
    assert faults_of(ports, PLAYER) == []
    assert len(msgspec.json.encode(held.goals)) <= 2_048
    counted = [held.goals.counts.get(name, Count()).total for name in ("missions", "chests", "steps")]
    claimed = [entry.cause for entry in ports.wallets.entries(PLAYER) if entry.kind == "claim"]
    assert len(claimed) <= sum(counted) + sum(held.goals.achieved.values())
    assert wallet.settled <= most
    assert len(ports.wallets.ledger[PLAYER]) == wallet.seq
