"""Shares of heists: paid once, and in groups so many a day, which only a payment uses up."""

from __future__ import annotations

import msgspec
import pytest
from support.fakes.economy import MemoryWallets
from support.fakes.heists import provided
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock, race
from tapstack.economy import performing
from tapstack.economy.performing import whole
from tapstack.economy.sharing import IN_GROUPS_A_DAY
from tapstack.heists.claiming import claim
from tapstack.heists.model import Result, Stored
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.players.model import Player

ADA = "a" * 16
GROUP = -1_007
COINS = 5


class Ports(MemoryPorts):
    """One player, who has a share in every heist that is over."""

    def __init__(self) -> None:
        self.time = ManualClock()
        super().__init__(self.time)
        self.wallets = MemoryWallets(self.commons)
        self.players.accounts[ADA] = Player(ADA, 1, None, "", "ref1", "en", 1)

    def over(self, number: int, chat_id: int = GROUP) -> str:
        heist_id = f"g20270115-{'a' * 11}{'abcdefgh'[number // 8]}{'abcdefgh'[number % 8]}"
        heist = msgspec.structs.replace(provided(), id=heist_id, ends_ms=2, chat_id=chat_id)
        result = Result(closed_ms=2, pool=COINS, players=1, right=1, wrong=0, winners=(), run="r", parts=1)
        self.heists.stored[heist.id] = Stored(heist, {}, result)
        self.heists.put_part(heist, "r", 0, {ADA: COINS})
        return heist_id

    def coins(self) -> int:
        return -whole(self, ADA).holdings.wallet.flows.get("mint:heists", 0)


@pytest.fixture
def ports() -> Ports:
    return Ports()


def code(ports: Ports, heist_id: str) -> str:
    with pytest.raises(Conflict) as error:
        claim(ports, ADA, heist_id)
    return error.value.code


def test_a_day_pays_for_so_many_shares_in_groups_and_the_next_one_for_more(ports: Ports) -> None:
    heists = [ports.over(number) for number in range(IN_GROUPS_A_DAY + 1)]
    for heist_id in heists[:-1]:
        first = claim(ports, ADA, heist_id)
        assert claim(ports, ADA, heist_id) == first
    with pytest.raises(Conflict) as error:
        claim(ports, ADA, heists[-1])
    assert (error.value.code, error.value.data["until_ms"] % DAY_MS) == ("shares_used_up", 0)
    assert 0 < error.value.data["until_ms"] - ports.clock() <= DAY_MS
    of_the_world = ports.over(60, chat_id=0)
    assert claim(ports, ADA, of_the_world).coins == COINS
    ports.time.now_ms = error.value.data["until_ms"]
    assert claim(ports, ADA, heists[-1]).coins == COINS
    assert ports.coins() == (IN_GROUPS_A_DAY + 2) * COINS


def test_claim_that_fails_or_is_refused_costs_no_share(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "BACKOFF_S", 0.0)
    heists = [ports.over(number) for number in range(IN_GROUPS_A_DAY)]

    def unavailable(*_: object) -> None:
        raise StoreUnavailable("no store", retry_after_s=1)

    with monkeypatch.context() as broken:
        broken.setattr(ports.wallets, "write", unavailable)
        for heist_id in heists:
            with pytest.raises(StoreUnavailable):
                claim(ports, ADA, heist_id)
    for heist_id in heists:
        assert claim(ports, ADA, heist_id).coins == COINS
    another = ports.over(IN_GROUPS_A_DAY)
    assert {code(ports, another) for _ in range(3)} == {"shares_used_up"}


def test_of_many_claims_at_once_so_many_are_paid(ports: Ports) -> None:
    heists = [ports.over(number) for number in range(2 * IN_GROUPS_A_DAY)]

    def ask(number: int) -> int:
        for _ in range(100):
            try:
                return claim(ports, ADA, heists[number % len(heists)]).coins
            except Conflict:
                return 0
            except StoreUnavailable:
                continue
        return 0

    race(32, ask)
    assert ports.coins() == IN_GROUPS_A_DAY * COINS
