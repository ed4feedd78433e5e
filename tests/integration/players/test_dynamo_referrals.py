"""Credit for invitations: what the store promises, on each emulator."""

from __future__ import annotations

import pytest
from support.accounts import account
from support.dynamo_stores import NOTHING_KEPT, DynamoStores
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.dynamo_referrals import ReferralStore
from tapstack.players.model import Player
from tapstack.players.rules import referrals


def made(dynamo_stores: DynamoStores, telegram_id: int, inviter: Player | None = None) -> Player:
    line = referrals.ancestors_below(inviter.id, inviter.ancestors) if inviter else ()
    player = account(telegram_id, ancestors=line)
    assert dynamo_stores.players.create(player)
    return player


def test_credit_counts_once(dynamo_stores: DynamoStores) -> None:
    store = ReferralStore(dynamo_stores.tables, NOTHING_KEPT)
    ada = made(dynamo_stores, 1)
    bob = made(dynamo_stores, 2, ada)
    cid = made(dynamo_stores, 3, bob)
    assert store.due(10) == {bob.id: (ada.id,), cid.id: (bob.id, ada.id)}
    assert store.credit({bob.id: bob.ancestors})
    assert store.credit({cid.id: cid.ancestors})
    assert not store.credit({bob.id: bob.ancestors})
    assert not store.credit({cid.id: cid.ancestors, bob.id: bob.ancestors})
    assert store.due(10) == {}
    top = dynamo_stores.players.get(ada.id)
    assert (top.direct_referrals, top.indirect_referrals, top.boost) == (1, 1, referrals.boost(1, 1))
    middle = dynamo_stores.players.get(bob.id)
    assert (middle.direct_referrals, middle.indirect_referrals) == (1, 0)


def test_many_are_credited_in_one_step(dynamo_stores: DynamoStores) -> None:
    store = ReferralStore(dynamo_stores.tables, NOTHING_KEPT)
    ada = made(dynamo_stores, 1)
    invited = {p.id: p.ancestors for p in (made(dynamo_stores, n, ada) for n in range(10, 40))}
    assert store.due(100) == invited
    (part,) = referrals.fitting(invited)
    assert store.credit(part)
    assert dynamo_stores.players.get(ada.id).direct_referrals == 30


def test_credit_of_an_erased_player_is_still_given(dynamo_stores: DynamoStores) -> None:
    store = ReferralStore(dynamo_stores.tables, NOTHING_KEPT)
    ada = made(dynamo_stores, 1)
    bob = made(dynamo_stores, 2, ada)
    erasing = dynamo_stores.erasures.begin(bob.id, dynamo_stores.clock())
    assert erasing is not None
    dynamo_stores.erasures.finish(erasing, dynamo_stores.clock())
    assert store.credit(store.due(10))
    assert dynamo_stores.players.get(ada.id).direct_referrals == 1
    assert store.branches([bob.id], level=1)[bob.id].username is None


def test_parts_fit_into_transactions() -> None:
    lines = {f"p{n}": tuple(f"a{n}-{k}" for k in range(referrals.MAX_DEPTH)) for n in range(60)}
    parts = referrals.fitting(lines)
    assert {i: line for part in parts for i, line in part.items()} == lines
    for part in parts:
        assert len(part) + len({a for line in part.values() for a in line}) <= 100


def test_race_for_one_credit_counts_once(ministack_stores: DynamoStores) -> None:
    from concurrent.futures import ThreadPoolExecutor

    dynamo_stores = ministack_stores
    store = ReferralStore(dynamo_stores.tables, NOTHING_KEPT)
    ada = made(dynamo_stores, 1)
    bob = made(dynamo_stores, 2, ada)

    def run(_: int) -> bool:
        for _ in range(50):
            try:
                return store.credit({bob.id: bob.ancestors})
            except StoreUnavailable:
                continue
        pytest.fail("no answer")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, range(16))).count(True) == 1
    assert dynamo_stores.players.get(ada.id).direct_referrals == 1
