"""Credit for invitations: what the store promises, on each emulator."""

from __future__ import annotations

import pytest
from support.accounts import account
from tapstack.domain import referrals
from tapstack.domain.state import Player
from tapstack.errors import StoreUnavailable
from tapstack.stores.referrals import ReferralStore, fitting

from .conftest import Desk


def made(desk: Desk, telegram_id: int, inviter: Player | None = None) -> Player:
    line = referrals.ancestors_below(inviter.id, inviter.ancestors) if inviter else ()
    player = account(telegram_id, ancestors=line)
    assert desk.players.create(player)
    return player


def test_credit_counts_once(desk: Desk) -> None:
    store = ReferralStore(desk.tables)
    ada = made(desk, 1)
    bob = made(desk, 2, ada)
    cid = made(desk, 3, bob)
    assert store.due(10) == {bob.id: (ada.id,), cid.id: (bob.id, ada.id)}
    assert store.credit({bob.id: bob.ancestors})
    assert store.credit({cid.id: cid.ancestors})
    assert not store.credit({bob.id: bob.ancestors})
    assert not store.credit({cid.id: cid.ancestors, bob.id: bob.ancestors})
    assert store.due(10) == {}
    top = desk.players.get(ada.id)
    assert (top.direct_referrals, top.indirect_referrals, top.boost) == (1, 1, referrals.boost(1, 1))
    middle = desk.players.get(bob.id)
    assert (middle.direct_referrals, middle.indirect_referrals) == (1, 0)


def test_many_are_credited_in_one_step(desk: Desk) -> None:
    store = ReferralStore(desk.tables)
    ada = made(desk, 1)
    invited = {p.id: p.ancestors for p in (made(desk, n, ada) for n in range(10, 40))}
    assert store.due(100) == invited
    (part,) = fitting(invited)
    assert store.credit(part)
    assert desk.players.get(ada.id).direct_referrals == 30


def test_credit_of_an_erased_player_is_still_given(desk: Desk) -> None:
    store = ReferralStore(desk.tables)
    ada = made(desk, 1)
    bob = made(desk, 2, ada)
    erasing = desk.erasures.begin(bob.id, desk.clock())
    assert erasing is not None
    desk.erasures.finish(erasing, desk.clock())
    assert store.credit(store.due(10))
    assert desk.players.get(ada.id).direct_referrals == 1
    assert store.branches([bob.id], level=1)[bob.id].username is None


def test_parts_fit_into_transactions() -> None:
    lines = {f"p{n}": tuple(f"a{n}-{k}" for k in range(referrals.MAX_DEPTH)) for n in range(60)}
    parts = fitting(lines)
    assert {i: line for part in parts for i, line in part.items()} == lines
    for part in parts:
        assert len(part) + len({a for line in part.values() for a in line}) <= 100


def test_race_for_one_credit_counts_once(ministack_desk: Desk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    desk = ministack_desk
    store = ReferralStore(desk.tables)
    ada = made(desk, 1)
    bob = made(desk, 2, ada)

    def run(_: int) -> bool:
        for _ in range(50):
            try:
                return store.credit({bob.id: bob.ancestors})
            except StoreUnavailable:
                continue
        pytest.fail("no answer")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, range(16))).count(True) == 1
    assert desk.players.get(ada.id).direct_referrals == 1
