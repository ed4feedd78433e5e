"""Raids as players meet them: who is found, who is refused, and what the victim hears."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from support.economy import op_at
from support.fakes.economy import MemoryWallets
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock
from tapstack.economy.commands import Collect, Grant
from tapstack.economy.model import Wallet
from tapstack.economy.performing import carry_out, perform, whole
from tapstack.inbox.model import Kind
from tapstack.leaderboards.model import BoardMetric, MetricScore
from tapstack.platform.calendar import Period
from tapstack.platform.errors import GameError
from tapstack.players.model import ModerationStatus, Player
from tapstack.raids.attacking import raid
from tapstack.raids.finding import TargetFinder
from tapstack.raids.rules import Size, size_of

RAIDER, VICTIM = "a" * 16, "b" * 16
HOUR_S = 3_600


def account(player_id: str, number: int) -> Player:
    return Player(player_id, number, None, f"Player {number}", f"ref{number}", "en", 1)


class Ports(MemoryPorts):
    """Two players who have tapped up to level 5; the victim's arcade has earned for 8 hours."""

    def __init__(self) -> None:
        self.time = ManualClock()
        super().__init__(self.time)
        self.wallets = MemoryWallets(self.commons)
        for number, player_id in enumerate((RAIDER, VICTIM), 1):
            self.players.accounts[player_id] = account(player_id, number)
            self.wallets.held[player_id].wallet = Wallet(settled=1_000)
        carry_out(self, VICTIM, "c#test", Grant(account="mint:tests", goods={"arcade": 1}))
        self.time.advance(8 * HOUR_S)


@pytest.fixture
def ports() -> Ports:
    return Ports()


def code_of(ports: Ports, target: str = VICTIM, op: str = "") -> str:
    with pytest.raises(GameError) as error:
        raid(ports, RAIDER, op or op_at(ports.clock()), target)
    return error.value.code


def change(ports: Ports, player_id: str, **fields: object) -> None:
    ports.players.accounts[player_id] = replace(ports.players.accounts[player_id], **fields)  # type: ignore[arg-type]


def test_a_raid_pays_once_and_the_victim_finds_a_notice(ports: Ports) -> None:
    op = op_at(ports.clock())
    first = raid(ports, RAIDER, op, VICTIM)
    assert raid(ports, RAIDER, op, VICTIM) == first
    assert first.result["coins"] == 74
    assert whole(ports, RAIDER).holdings.wallet.coin == 74
    [notice] = ports.inbox.read(VICTIM, ports.clock()).notices
    assert notice.kind == Kind.RAID
    assert (notice.facts["count"], list(notice.people)) == (124, [RAIDER])
    collected = perform(ports, VICTIM, op_at(ports.clock()), Collect())
    assert collected.result == {"coins": 496 - 124}


def test_an_op_is_of_one_target(ports: Ports) -> None:
    op = op_at(ports.clock())
    raid(ports, RAIDER, op, VICTIM)
    assert code_of(ports, "c" * 16, op) == "op_reused"


def test_nobody_is_raided_twice_a_day_by_the_same(ports: Ports) -> None:
    raid(ports, RAIDER, op_at(ports.clock()), VICTIM)
    ports.time.advance(2 * HOUR_S)
    assert code_of(ports) == "target_protected"


@pytest.mark.parametrize(
    ("player_id", "fields", "code"),
    [
        (RAIDER, {"status": ModerationStatus.BANNED}, "banned"),
        (RAIDER, {"status": ModerationStatus.SUSPECT}, "target_protected"),
        (RAIDER, {"status": ModerationStatus.SHADOW}, "target_protected"),
        (VICTIM, {"status": ModerationStatus.SHADOW}, "target_unknown"),
        (VICTIM, {"status": ModerationStatus.BANNED}, "target_unknown"),
        (VICTIM, {"ancestors": (RAIDER,)}, "raid_friend"),
        (RAIDER, {"ancestors": (VICTIM,)}, "raid_friend"),
    ],
)
def test_who_may_not_raid_and_be_raided(ports: Ports, player_id: str, fields: dict[str, object], code: str) -> None:
    change(ports, player_id, **fields)
    assert code_of(ports) == code
    assert not whole(ports, VICTIM).holdings.mails


def test_members_of_a_faction_do_not_raid_each_other(ports: Ports) -> None:
    belong(ports, RAIDER, "red")
    belong(ports, VICTIM, "red")
    assert code_of(ports) == "raid_friend"
    assert RAIDER not in [target.id for target in TargetFinder().view(ports, VICTIM).targets]
    belong(ports, VICTIM, "blue")
    assert raid(ports, RAIDER, op_at(ports.clock()), VICTIM).result["coins"]


def belong(ports: Ports, player_id: str, faction_id: str) -> None:
    read = ports.factions.membership(player_id)
    changed = msgspec.structs.replace(read.membership, faction=faction_id)
    assert ports.factions.write(ports.factions.asking(read, changed))


def test_nobody_raids_themselves_or_nobody(ports: Ports) -> None:
    assert code_of(ports, RAIDER) == "raid_self"
    assert code_of(ports, "c" * 16) == "target_unknown"


def on_board(ports: Ports) -> None:
    week = Period.WEEK.number_at(ports.clock())
    scores = {one: [MetricScore(BoardMetric.COINS, Period.WEEK, week, n)] for one, n in ((RAIDER, 5.0), (VICTIM, 9.0))}
    ports.metric_boards.project(scores, ports.clock())


def test_targets_are_found_on_the_board_without_what_they_have(ports: Ports) -> None:
    on_board(ports)
    view = TargetFinder().view(ports, RAIDER)
    assert (view.open, view.left) == (True, 4)
    [target] = view.targets
    assert (target.id, target.size, target.revenge) == (VICTIM, Size.SMALL, False)
    raid(ports, RAIDER, op_at(ports.clock()), VICTIM)
    after = TargetFinder().view(ports, RAIDER)
    assert (after.targets, after.left) == ([], 3)
    assert after.next_at_ms == ports.clock() + 30 * 60_000


def test_who_was_raided_is_shown_the_raider_first_though_no_board_has_them(ports: Ports) -> None:
    raid(ports, RAIDER, op_at(ports.clock()), VICTIM)
    carry_out(ports, RAIDER, "c#test", Grant(account="mint:tests", goods={"arcade": 1}))
    ports.time.advance(8 * HOUR_S)
    [target] = TargetFinder().view(ports, VICTIM).targets
    assert (target.id, target.revenge) == (RAIDER, True)
    assert raid(ports, VICTIM, op_at(ports.clock()), RAIDER).result["revenge"]


@pytest.mark.parametrize("status", [ModerationStatus.SUSPECT, ModerationStatus.SHADOW])
def test_suspects_find_nobody(ports: Ports, status: ModerationStatus) -> None:
    on_board(ports)
    change(ports, RAIDER, status=status)
    assert TargetFinder().view(ports, RAIDER).targets == []


@pytest.mark.parametrize(("arrives", "size"), [(10, Size.SMALL), (99, Size.SMALL), (100, Size.FAIR), (200, Size.RICH)])
def test_a_size_is_a_third_of_the_most(arrives: int, size: Size) -> None:
    assert size_of(arrives, 300) is size
