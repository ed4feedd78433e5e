"""Rallies: taps from joining to the end count, the end comes once, and each gets their reward once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.economy import op_at
from support.fakes.economy import MemoryWallets
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock, race
from tapstack.economy import commands, shared_lists
from tapstack.economy.catalogue.model import Rallies, RallyStep, Reward
from tapstack.economy.performing import carry_out, whole
from tapstack.economy.rules import causes
from tapstack.goals import claims
from tapstack.platform.errors import GameError
from tapstack.platform.one_by_one import LATER_MS
from tapstack.play.model import Counter
from tapstack.players.model import ModerationStatus, Player
from tapstack.rallies import rules
from tapstack.rallies.answers import RallyView
from tapstack.rallies.ending import end_due
from tapstack.rallies.model import Rally
from tapstack.rallies.rallying import Rallying, claim

ADA, BOB, CYD = "a" * 16, "b" * 16, "c" * 16
RULES = Rallies(
    steps=(RallyStep(taps=100, reward=Reward(coin=40)), RallyStep(taps=400, reward=Reward(coin=100))),
    juggernaut=Reward(coin=60, xp=30),
)


class Ports(MemoryPorts):
    """Three players who do not play just now: what they have tapped is saved."""

    def __init__(self) -> None:
        self.time = ManualClock()
        super().__init__(self.time)
        self.wallets = MemoryWallets(self.commons)
        for number, player_id in enumerate((ADA, BOB, CYD), 1):
            self.players.accounts[player_id] = Player(player_id, number, None, "", f"ref{number}", "en", 1)
            self.tap(player_id, 100 * number)

    def tap(self, player_id: str, taps: int) -> None:
        before = self.counters.get(player_id)
        paid = (before.paid_taps if before else 0) + taps
        self.counters.put([Counter(player_id, paid, paid_taps=paid)])


@pytest.fixture
def ports() -> Ports:
    return Ports()


def begun(ports: Ports, host: str = ADA) -> str:
    return Rallying().begin(ports, host, op_at(ports.clock())).id


def over(ports: Ports) -> None:
    ports.time.advance(15 * 60 + 5)


def view(ports: Ports, rally_id: str, player_id: str = ADA) -> RallyView:
    return Rallying().view(ports, player_id, rally_id)


def code(action: object, *arguments: object) -> str:
    with pytest.raises(GameError) as error:
        action(*arguments)  # type: ignore[operator]
    return error.value.code


def test_taps_count_from_joining_to_the_end(ports: Ports) -> None:
    rally = begun(ports)
    ports.tap(ADA, 60)
    ports.tap(BOB, 500)  # before joining
    Rallying().join(ports, BOB, rally)
    ports.tap(BOB, 90)
    shown = view(ports, rally)
    assert (shown.total, shown.own, shown.over, shown.players) == (150, 60, False, 2)
    assert [(one.id, one.taps) for one in shown.members] == [(BOB, 90), (ADA, 60)]
    over(ports)
    ended = view(ports, rally)
    assert (ended.over, ended.total, ended.claim) == (True, 150, None)  # no step of the game's is at 150
    ports.tap(ADA, 5_000)
    assert view(ports, rally).total == 150


def test_joining_again_keeps_what_was_tapped(ports: Ports) -> None:
    rally = begun(ports)
    ports.tap(ADA, 60)
    assert Rallying().join(ports, ADA, rally).own == 60


def test_a_retry_begins_no_other_rally_and_a_host_rests(ports: Ports) -> None:
    op = op_at(ports.clock())
    first = Rallying().begin(ports, ADA, op)
    assert Rallying().begin(ports, ADA, op).id == first.id
    assert code(begun, ports) == "rally_rest"
    ports.time.advance(46 * 60)
    assert begun(ports) != first.id


def test_a_rally_that_nobody_looks_at_ends_by_itself(ports: Ports) -> None:
    rally = begun(ports)
    ports.tap(ADA, 60)
    assert end_due(ports) == 0
    over(ports)
    assert (end_due(ports), end_due(ports)) == (1, 0)
    ports.tap(ADA, 60)
    assert view(ports, rally).total == 60


def test_a_player_who_cannot_be_read_keeps_no_rally_from_its_end(ports: Ports) -> None:
    rally = begun(ports)
    Rallying().join(ports, BOB, rally)
    ports.tap(ADA, 60)
    ports.tap(BOB, 30)
    ports.counters.saved.pop(BOB)  # as the store answers for one that is torn
    over(ports)
    assert end_due(ports) == 1
    assert view(ports, rally).total == 60


def test_members_who_do_not_play_now_are_read_together(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    rally = begun(ports)
    for player_id in (BOB, CYD):
        Rallying().join(ports, player_id, rally)
        ports.tap(player_id, 40)
    reads: list[object] = []
    get_many = ports.counters.get_many

    def read(asked: Sequence[str]) -> dict[str, Counter]:
        reads.append(asked)
        return get_many(asked)

    monkeypatch.setattr(ports.counters, "get_many", read)
    monkeypatch.setattr(ports.counters, "get", reads.append)
    assert view(ports, rally).total == 80
    assert reads == [[ADA, BOB, CYD]]


def test_who_knows_no_id_who_is_late_and_who_is_suspected_gets_in_nowhere(ports: Ports) -> None:
    rally = begun(ports)
    assert code(Rallying().join, ports, BOB, "0" * 16) == "rally_unknown"
    ports.players.accounts[BOB] = replace(ports.players.accounts[BOB], status=ModerationStatus.SUSPECT)
    assert code(Rallying().join, ports, BOB, rally) == "rally_full"
    ports.players.accounts[BOB] = replace(ports.players.accounts[BOB], status=ModerationStatus.BANNED)
    assert code(Rallying().join, ports, BOB, rally) == "banned"
    over(ports)
    assert code(Rallying().join, ports, CYD, rally) == "rally_over"
    assert code(claim, ports, CYD, rally) == "unknown_cause"


def test_everybody_who_took_part_is_paid_once_and_the_juggernaut_more(ports: Ports) -> None:
    rally = begun(ports)
    for player_id, taps in ((BOB, 600), (CYD, 350)):
        Rallying().join(ports, player_id, rally)
        ports.tap(player_id, taps)
    ports.tap(ADA, 50)
    assert code(claim, ports, BOB, rally) == "too_early"
    over(ports)
    shown = view(ports, rally, BOB)
    assert (shown.total, shown.reached, shown.juggernaut, shown.claim) == (1_000, 1, BOB, f"c#rally#{rally}")
    for player_id, coins in ((ADA, 40), (BOB, 100), (CYD, 40)):
        first = claim(ports, player_id, rally)
        assert claim(ports, player_id, rally) == first
        assert first.result["coin"] == coins
    assert whole(ports, BOB).holdings.wallet.flows["mint:goals"] == -100


def test_nobody_claims_a_rally_by_the_way_of_other_rewards(ports: Ports) -> None:
    rally = begun(ports)
    assert code(claims.claim, ports, ADA, causes.rally(rally)) == "unknown_cause"


def test_a_day_pays_for_so_many_rallies(ports: Ports) -> None:
    most = ports.catalogues.current().rallies.a_day
    for number in range(most + 1):
        cause = causes.rally(f"{number:016x}")
        command = commands.Claim(cause=cause, tier="1", rank=2)
        if number < most:
            carry_out(ports, ADA, cause, command)
        else:
            assert code(carry_out, ports, ADA, cause, command) == "rallies_claimed"


def test_32_who_look_at_the_end_at_once_end_it_once(ports: Ports) -> None:
    rally = begun(ports)
    over(ports)

    def look(number: int) -> int:
        ports.tap(ADA, number)
        return view(ports, rally).total

    assert len(set(race(32, look))) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([ADA, BOB, CYD]), st.tuples(st.integers(0, 900), st.integers(0, 900))))
def test_no_contribution_is_negative_and_they_sum_to_the_total(taps: dict[str, tuple[int, int]]) -> None:
    bases, now = {i: base for i, (base, _) in taps.items()}, {i: at for i, (_, at) in taps.items() if at}
    found = rules.contributions(bases, now)
    score = rules.score(RULES, found)
    assert all(n >= 0 for n in found.values())
    assert score.total == sum(found.values())
    assert score.reached == (score.total >= 100) + (score.total >= 400)
    earners = [i for i, n in found.items() if n >= RULES.least]
    assert (score.top in earners) if len(earners) >= RULES.players else score.top == ""


def test_who_loses_a_race_with_others_who_join_is_in_all_the_same(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    rally = begun(ports)
    join, lost = ports.rallies.join, iter((True, True))

    def racing(*arguments: object) -> bool:
        return False if next(lost, False) else join(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ports.rallies, "join", racing)
    assert Rallying().join(ports, BOB, rally).own == 0
    monkeypatch.setattr(ports.rallies, "join", lambda *_: False)
    assert code(Rallying().join, ports, CYD, rally) == "store_unavailable"


def test_rally_that_cannot_be_ended_holds_up_no_other(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = begun(ports), begun(ports, BOB)
    over(ports)
    get = ports.rallies.get

    def broken(rally_id: str) -> object:
        if rally_id == first:
            raise ValueError("of another release")
        return get(rally_id)

    monkeypatch.setattr(ports.rallies, "get", broken)
    with pytest.raises(ValueError, match="another release"):
        end_due(ports)
    ended = get(second)
    assert ended is not None
    assert ended.over


def test_one_run_ends_all_that_are_due_page_by_page_and_meets_what_is_broken_last(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 2 * shared_lists.AT_ONCE + 1
    for number in range(most):
        rally = Rally(f"{number:016x}", f"{number:016x}", ports.clock(), ports.clock() + 60_000 + number)
        assert ports.rallies.begin(rally, 0, "")
    over(ports)
    broken, get = f"{0:016x}", ports.rallies.get

    def of_another_release(rally_id: str) -> object:
        if rally_id == broken:
            raise ValueError("of another release")
        return get(rally_id)

    monkeypatch.setattr(ports.rallies, "get", of_another_release)
    with pytest.raises(ValueError, match="another release"):
        end_due(ports)
    assert list(ports.rallies.due(ports.clock())) == [], "the next run does not begin with it"
    monkeypatch.undo()
    ports.time.advance(LATER_MS // 1_000 + 5)
    assert end_due(ports) == 1
    assert list(ports.rallies.due(2**52)) == []
