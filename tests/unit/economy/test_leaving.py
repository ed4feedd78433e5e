"""What a player takes along, and what stays when they leave: also where a read meets a write."""

from __future__ import annotations

import pytest
from support.fakes.economy import MemoryCommons, MemoryWallets
from support.fakes.ports import MemoryPorts
from tapstack.economy.commands import Grant, Reseed
from tapstack.economy.erasing import erase
from tapstack.economy.exporting import exported
from tapstack.economy.model import Entry, Snapshot
from tapstack.economy.performing import carry_out
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import energy_at

ADA = "0123456789abcdef"


class Torn(MemoryWallets):
    """Its first reads see parts of two times, and a page of its ledger is as long as a query may be."""

    def __init__(self) -> None:
        super().__init__(MemoryCommons())
        self.torn, self.pages_hold = 0, 1_000

    def read(self, player_id: str) -> Snapshot | None:
        self.torn -= 1
        return None if self.torn >= 0 else super().read(player_id)

    def page(self, player_id: str, before_seq: int, limit: int) -> list[Entry]:
        return super().page(player_id, before_seq, min(limit, self.pages_hold))


class Ports(MemoryPorts):
    """Ada, who has 5 coins in two entries."""

    def __init__(self) -> None:
        super().__init__()
        self.wallets: Torn = Torn()
        self.paid_taps.paid_taps = lambda _: PaidTaps(1, energy_at(0, 0, full=1, every_ms=1))  # type: ignore[assignment, method-assign]
        carry_out(self, ADA, "g#1", Grant(account="mint:tests", coin=4))
        carry_out(self, ADA, "g#2", Reseed())


@pytest.fixture
def ports() -> Ports:
    return Ports()


def test_an_export_that_meets_a_write_holds_the_wallet_all_the_same(ports: Ports) -> None:
    ports.wallets.torn = 2
    found = exported(ports, ADA)
    assert found
    assert (found["balances"]["coin"], found["ledger_complete"]) == (5, True)


def test_an_export_of_a_wallet_that_can_not_be_read_says_so(ports: Ports) -> None:
    ports.wallets.torn = 99
    with pytest.raises(StoreUnavailable):
        exported(ports, ADA)


def test_an_export_says_that_entries_are_missing_also_where_a_query_ended_early(ports: Ports) -> None:
    ports.wallets.pages_hold = 1
    found = exported(ports, ADA)
    assert found
    assert (len(found["ledger"]), found["ledger_complete"]) == (1, False)


def test_an_erasure_that_meets_a_write_gives_the_money_to_the_house(ports: Ports) -> None:
    ports.wallets.torn = 2
    erase(ports, ADA)
    last = max(ports.wallets.entries(ADA), key=lambda entry: entry.seq)
    assert (last.kind, last.after.coin) == ("close", 0)


def test_an_erasure_deletes_nothing_that_it_can_not_close(ports: Ports) -> None:
    ports.wallets.torn = 99
    with pytest.raises(StoreUnavailable):
        erase(ports, ADA)
    assert ports.wallets.held[ADA].wallet.coin == 5


def test_what_a_run_left_that_was_cut_short_is_deleted(ports: Ports) -> None:
    real = ports.wallets.delete
    ports.wallets.delete = lambda _: None  # type: ignore[assignment, method-assign]
    erase(ports, ADA)
    ports.wallets.delete = real  # type: ignore[method-assign]
    ports.wallets.torn = 99
    erase(ports, ADA)
    assert ADA not in ports.wallets.held
