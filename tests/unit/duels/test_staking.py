"""Coins on duels: both wait until it is over, and all of them come back once, whatever is repeated or cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.economy import op_at
from support.economy_faults import Killed, assert_sound, insist
from support.fakes.economy import MemoryWallets
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock, race
from tapstack.duels import duelling, ending, staking
from tapstack.duels.model import Duel, State
from tapstack.economy import shared_lists
from tapstack.economy.commands import Grant
from tapstack.economy.erasing import erase as erase_wallet
from tapstack.economy.performing import carry_out, whole
from tapstack.economy.staking import ESCROW
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import GameError, StoreUnavailable
from tapstack.platform.one_by_one import LATER_MS
from tapstack.play.model import Counter
from tapstack.players.model import ModerationStatus, Player

ADA, BOB, CYD = "a" * 16, "b" * 16, "c" * 16
LEVEL_10 = 5_000
COINS = 1_000
IN_A_SEASON_MS = 1_795_000_000_000
"""2026-11-18: nothing else pays anybody around that day."""


class Ports(MemoryPorts):
    """Three players of some level with some coins, where chance is allowed."""

    def __init__(self, chance: str = "1") -> None:
        self.time = ManualClock(IN_A_SEASON_MS)
        super().__init__(self.time, CHANCE_ENABLED=chance)
        self.wallets = MemoryWallets(self.commons)
        for number, player_id in enumerate((ADA, BOB, CYD), 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
            self.tap(player_id, LEVEL_10)
            gift = carry_out(self, player_id, "gift", Grant(account="mint:tests", coin=COINS))
            self.start = gift.after.coin

    def tap(self, player_id: str, taps: int) -> None:
        before = self.counters.get(player_id)
        now = (before.clicks if before else 0) + taps
        self.counters.put([Counter(player_id, now, paid_taps=LEVEL_10)])

    def coins(self, player_id: str) -> int:
        """What a player has more than at the beginning, when all had as much."""
        return whole(self, player_id).holdings.wallet.coin - self.start

    def escrow(self) -> int:
        return sum(held.wallet.flows.get(ESCROW, 0) for held in self.wallets.held.values())


@pytest.fixture
def ports() -> Ports:
    return Ports()


def offered(ports: Ports, stake: int = 100) -> str:
    return duelling.offer(ports, ADA, op_at(ports.clock()), stake).id


def accepted(ports: Ports, stake: int = 100) -> str:
    duel = offered(ports, stake)
    duelling.accept(ports, BOB, duel, stake)
    return duel


def played(ports: Ports, ada: int, bob: int) -> str:
    """A duel at its end that nobody has looked at since."""
    duel = accepted(ports)
    ports.time.advance(5)
    duelling.view(ports, ADA, duel)
    ports.tap(ADA, ada)
    ports.tap(BOB, bob)
    ports.time.advance(33)
    return duel


def sound(ports: Ports) -> None:
    for player_id in (ADA, BOB, CYD):
        assert_sound(whole(ports, player_id).holdings.wallet, ports.wallets.entries(player_id))


def code(action: Any, *arguments: object) -> str:
    with pytest.raises(GameError) as error:
        action(*arguments)
    return error.value.code


def test_the_winner_gets_both_stakes_once_however_many_look(ports: Ports) -> None:
    duel = played(ports, 50, 60)
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (-100, -100, 200)
    race(16, lambda number: duelling.view(ports, (ADA, BOB)[number % 2], duel))
    ending.end_due(ports)
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (-100, 100, 0)
    assert list(ports.duels.due(2**53)) == []
    sound(ports)


@pytest.mark.parametrize(("ada", "bob"), [(50, 50), (0, 0), (0, 60), (50, 0)])
def test_a_draw_and_a_player_who_never_came_give_each_their_own_back(ports: Ports, ada: int, bob: int) -> None:
    duelling.view(ports, ADA, played(ports, ada, bob))
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (0, 0, 0)
    sound(ports)


@pytest.mark.parametrize("late_s", [0, 60, 6 * 3_600])
def test_a_duel_that_both_have_left_ends_by_itself(ports: Ports, late_s: int) -> None:
    duel = played(ports, 50, 60)
    ports.time.advance(late_s)
    assert ending.end_due(ports) == 1
    winner = BOB if late_s == 0 else ""
    stored = ports.duels.get(duel)
    assert stored is not None
    assert (stored.winner, stored.paid) == (winner, 1)
    assert (ports.coins(ADA) + ports.coins(BOB), ports.escrow()) == (0, 0)
    assert ending.end_due(ports) == 0


def test_an_offer_that_nobody_accepts_comes_back(ports: Ports) -> None:
    taken_back, left = offered(ports), offered(ports)
    duelling.decline(ports, ADA, taken_back)
    assert ports.coins(ADA) == -100
    ports.time.advance(3_601)
    assert ending.end_due(ports) == 1
    assert code(duelling.accept, ports, BOB, left, 100) == "duel_over"
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (0, 0, 0)


def test_what_comes_back_is_nothing_earned(ports: Ports) -> None:
    before = {one: whole(ports, one).holdings.wallet.tallies["coins"].total for one in (ADA, BOB)}
    duelling.view(ports, ADA, played(ports, 50, 60))
    assert before == {one: whole(ports, one).holdings.wallet.tallies["coins"].total for one in (ADA, BOB)}


def test_of_many_who_accept_at_once_one_pays(ports: Ports) -> None:
    duel = offered(ports)

    def accept(number: int) -> str:
        try:
            return str(insist(lambda: duelling.accept(ports, (BOB, CYD)[number % 2], duel, 100).state))
        except GameError as error:
            return error.code

    assert set(race(16, accept)) == {"accepted", "duel_taken"}
    assert sorted((ports.coins(BOB), ports.coins(CYD))) == [-100, 0]
    assert ports.escrow() == 200


def test_an_offer_is_accepted_or_taken_back_and_never_both(ports: Ports) -> None:
    for _ in range(5):
        duel = offered(ports, 10)

        def act(number: int, duel: str = duel) -> None:
            try:
                if number % 2:
                    insist(lambda: duelling.accept(ports, BOB, duel, 10))
                else:
                    duelling.decline(ports, ADA, duel)
            except GameError as error:
                assert error.code in {"duel_over", "duel_taken"}

        race(8, act)
        stored = ports.duels.get(duel)
        assert stored is not None
        assert ports.escrow() == (20 if stored.rival else 0)
        ports.time.advance(3_700)
        ending.end_due(ports)
        assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (0, 0, 0)


def between(ports: Ports, monkeypatch: pytest.MonkeyPatch, reads: int, act: Callable[[], object]) -> None:
    """Lets something happen after so many reads of a duel, before what was read is written back."""
    get, seen = ports.duels.get, count(1)

    def read(duel_id: str) -> Duel | None:
        found = get(duel_id)
        if next(seen) == reads:
            act()
        return found

    monkeypatch.setattr(ports.duels, "get", read)


@pytest.mark.parametrize("reads", [1, 2])
def test_what_was_taken_back_after_it_was_read_is_not_accepted(
    ports: Ports, monkeypatch: pytest.MonkeyPatch, reads: int
) -> None:
    duel = offered(ports)
    between(ports, monkeypatch, reads, lambda: duelling.decline(ports, ADA, duel))
    assert code(duelling.accept, ports, BOB, duel, 100) == "duel_over"
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (0, 0, 0)


@pytest.mark.parametrize("reads", [1, 2])
def test_what_was_accepted_after_it_was_read_is_neither_accepted_nor_taken_back(
    ports: Ports, monkeypatch: pytest.MonkeyPatch, reads: int
) -> None:
    duel = offered(ports)
    between(ports, monkeypatch, reads, lambda: duelling.accept(ports, BOB, duel, 100))
    assert code(duelling.accept, ports, CYD, duel, 100) == "duel_taken"
    assert code(duelling.decline, ports, ADA, duel) == "duel_taken"
    assert (ports.coins(BOB), ports.coins(CYD), ports.escrow()) == (-100, 0, 200)


def test_what_was_accepted_after_it_was_read_is_not_taken_back(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    duel = offered(ports)
    between(ports, monkeypatch, 1, lambda: duelling.accept(ports, BOB, duel, 100))
    assert code(duelling.decline, ports, ADA, duel) == "duel_taken"
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (-100, -100, 200)


def test_a_retry_pays_nothing_again(ports: Ports) -> None:
    op = op_at(ports.clock())
    assert len(set(race(8, lambda _: insist(lambda: duelling.offer(ports, ADA, op, 100).id)))) == 1
    duel = duelling.offer(ports, ADA, op, 100).id
    race(8, lambda _: insist(lambda: duelling.accept(ports, BOB, duel, 100)))
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (-100, -100, 200)
    assert code(duelling.offer, ports, ADA, op, 50) == "op_reused"
    assert code(duelling.offer, ports, ADA, op) == "op_reused"
    for_honour = op_at(ports.clock())
    duelling.offer(ports, ADA, for_honour)
    assert code(duelling.offer, ports, ADA, for_honour, 100) == "op_reused"
    assert ports.escrow() == 200


def test_nobody_pays_a_stake_that_they_were_not_shown(ports: Ports) -> None:
    duel = offered(ports)
    assert code(duelling.accept, ports, BOB, duel) == "stake_differs"
    assert code(duelling.accept, ports, BOB, duel, 99) == "stake_differs"
    honour = duelling.offer(ports, ADA, op_at(ports.clock())).id
    assert code(duelling.accept, ports, BOB, honour, 100) == "stake_differs"
    assert ports.coins(BOB) == 0


def test_who_may_not_stake(ports: Ports) -> None:
    of = ports.catalogues.current().duels
    assert code(offered, ports, of.most + 1) == "stake_too_high"
    assert code(offered, ports, 10**12) == "stake_too_high"
    ports.counters.put([Counter(ADA, 10, paid_taps=10)])
    fresh = Player("d" * 16, 9, None, "", "ref9", "en", ports.clock() - DAY_MS)
    ports.players.accounts[fresh.id] = fresh
    op = op_at(ports.clock())
    assert code(duelling.offer, ports, fresh.id, op, 10) == "stake_too_new"
    ports.players.accounts[fresh.id] = replace(fresh, created_at_ms=1)
    assert code(duelling.offer, ports, fresh.id, op, 10) == "stake_level"
    duel = offered(ports)
    ports.players.accounts[BOB] = replace(ports.players.accounts[BOB], status=ModerationStatus.SUSPECT)
    assert code(duelling.accept, ports, BOB, duel, 100) == "stakes_off"
    for _ in range(of.a_day - 1):
        offered(ports, 1)
    assert code(offered, ports, 1) == "stakes_used_up"
    ports.time.advance(86_400)
    offered(ports, 1)


def test_without_chance_duels_are_for_honour() -> None:
    ports = Ports(chance="0")
    assert code(offered, ports) == "stakes_off"
    assert not staking.view(ports, ADA).open
    duel = duelling.offer(ports, ADA, op_at(ports.clock())).id
    assert duelling.accept(ports, BOB, duel).state is State.ACCEPTED


def test_what_a_player_may_stake_is_shown(ports: Ports) -> None:
    of = ports.catalogues.current().duels
    assert staking.view(ports, ADA).left == of.a_day
    offered(ports)
    shown = staking.view(ports, ADA)
    assert (shown.open, shown.most, shown.left) == (True, of.most, of.a_day - 1)


@pytest.mark.parametrize("status", [ModerationStatus.BANNED, ModerationStatus.SHADOW])
def test_who_is_banned_meanwhile_gets_what_they_are_owed(ports: Ports, status: ModerationStatus) -> None:
    played(ports, 50, 60)
    ports.players.accounts[BOB] = replace(ports.players.accounts[BOB], status=status)
    assert ending.end_due(ports) == 1
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (-100, 100, 0)


def test_who_is_erased_leaves_no_coin_behind(ports: Ports) -> None:
    offer = offered(ports)
    running = accepted(ports)
    over = played(ports, 60, 50)
    duelling.view(ports, BOB, over)
    for _ in range(2):
        ending.forget(ports, ADA)
        erase_wallet(ports, ADA)
    assert ports.coins(BOB) == -100  # lost to Ada in the last one; the one before is a draw
    for duel in (offer, running, over):
        stored = ports.duels.get(duel)
        assert stored is not None
        assert stored.paid
    assert sum(entry.legs[-1].amount for entry in ports.wallets.ledger[ADA].values() if entry.kind == "close") != 0
    escrow = sum(
        leg.amount
        for ledger in ports.wallets.ledger.values()
        for e in ledger.values()
        for leg in e.legs
        if leg.account == ESCROW
    )
    assert escrow == 0
    assert ending.end_due(ports) == 0


def test_one_duel_that_fails_holds_up_no_other(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    played(ports, 50, 60)
    first = next(ports.duels.due(2**53))
    other = duelling.offer(ports, CYD, op_at(ports.clock()), 10).id
    ports.time.advance(3_700)
    get = ports.duels.get

    def unreadable(duel_id: str) -> Duel | None:
        if duel_id == first:
            raise StoreUnavailable("unavailable", retry_after_s=1)
        return get(duel_id)

    monkeypatch.setattr(ports.duels, "get", unreadable)
    assert ending.end_due(ports) == 1
    stored = get(other)
    assert stored is not None
    assert stored.paid


class Cut:
    """Wallets or duels, whose process ends before or after a write: `at` is the number of that moment."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    @contextmanager
    def of(self, ports: Ports) -> Iterator[None]:
        write, change = ports.wallets.write, ports.commons.change

        def written(*arguments: Any) -> Any:
            self()
            done = write(*arguments)
            self()
            return done

        def changed(*arguments: Any) -> Any:
            self()
            done = change(*arguments)
            self()
            return done

        ports.wallets.write = written  # type: ignore[method-assign, assignment]
        ports.duels.commons = type(
            "C", (), {"change": staticmethod(changed), "shared": ports.commons.shared, "listed": ports.commons.listed}
        )()
        try:
            yield
        finally:
            ports.wallets.write = write  # type: ignore[method-assign]
            ports.duels.commons = ports.commons


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(1, 8), max_size=6), ada=st.integers(0, 3), bob=st.integers(0, 3))
def test_a_process_that_ends_anywhere_loses_and_doubles_no_coin(cuts: list[int], ada: int, bob: int) -> None:
    ports = Ports()
    op = op_at(ports.clock())
    waiting = list(cuts)

    def try_on(act: Any) -> Any:
        for _ in range(20):
            cut = Cut(waiting.pop() if waiting else 0)
            try:
                with cut.of(ports):
                    return act()
            except Killed:
                continue
        raise AssertionError("it never ends")

    duel = try_on(lambda: duelling.offer(ports, ADA, op, 100)).id
    try_on(lambda: duelling.accept(ports, BOB, duel, 100))
    ports.time.advance(5)
    try_on(lambda: duelling.view(ports, ADA, duel))
    ports.tap(ADA, ada)
    ports.tap(BOB, bob)
    ports.time.advance(33)
    try_on(lambda: duelling.view(ports, BOB, duel))
    try_on(lambda: ending.end_due(ports))
    won = 100 * ((ada > bob) - (ada < bob)) if ada and bob else 0
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (won, -won, 0)
    sound(ports)


def test_one_run_ends_all_that_are_due_page_by_page_and_meets_what_is_broken_last(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 2 * shared_lists.AT_ONCE + 1
    for number in range(most):  # they are over, and were paid to nobody: without players there is nothing to pay
        over = Duel(f"{number:016x}", "", ports.clock() + number - most, State.DECLINED, stake=5)
        assert ports.duels.offer(over)
    broken, get = f"{0:016x}", ports.duels.get

    def of_another_release(duel_id: str) -> Duel | None:
        if duel_id == broken:
            raise ValueError("of another release")
        return get(duel_id)

    monkeypatch.setattr(ports.duels, "get", of_another_release)
    with pytest.raises(ValueError, match="another release"):
        ending.end_due(ports)
    assert list(ports.duels.due(ports.clock())) == [], "the next run does not begin with it"
    monkeypatch.undo()
    ports.time.advance(LATER_MS // 1_000)
    assert ending.end_due(ports) == 1
    assert list(ports.duels.due(2**53)) == []


def test_a_wallet_that_cannot_be_read_keeps_nobody_else_from_their_coins(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    duel = accepted(ports)
    ports.time.advance(3_700)
    read = ports.wallets.read

    def torn(player_id: str) -> Any:
        if player_id == ADA:
            raise StoreUnavailable("torn", code="wallet_unreadable", retry_after_s=60)
        return read(player_id)

    with monkeypatch.context() as broken:
        broken.setattr(ports.wallets, "read", torn)
        assert ending.end_due(ports) == 0
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (-100, 0, 100)
    assert list(ports.duels.due(ports.clock())) == [], "it is put off"
    ports.time.advance(LATER_MS // 1_000)
    assert ending.end_due(ports) == 1
    assert (ports.coins(ADA), ports.coins(BOB), ports.escrow()) == (0, 0, 0)
    stored = ports.duels.get(duel)
    assert stored is not None
    assert stored.paid
