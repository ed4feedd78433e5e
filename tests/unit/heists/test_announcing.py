"""What the room of a heist keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.economy import op_at
from support.fakes.ports import MemoryGame, MemoryPorts
from support.racing import ManualClock
from tapstack.heists import closing, opening, pools, rules
from tapstack.heists.answering import answer
from tapstack.live.reporting import silence
from tapstack.platform.calendar import DAY_MS


@pytest.mark.parametrize("goes", [False, True])
def test_room_of_a_closed_heist_keeps_no_name_of_a_winner_who_is_erased(goes: bool) -> None:
    clock = ManualClock()
    game = MemoryGame(MemoryPorts(clock))
    stores = game.stores
    clock.now_ms = rules.slots(pools.data().schedule, clock() + 1, clock() + 8 * DAY_MS)[0].starts_ms
    begun = opening.begin_due(stores)
    assert begun
    ada = game.sign_in(1)
    accounts = stores.players.accounts
    accounts[ada.id] = replace(accounts[ada.id], username="countess")
    assert answer(stores, ada.id, begun.heist.id, op_at(clock()), begun.heist.asked.answer.en).rank == 1
    clock.now_ms = begun.heist.ends_ms
    closing.close(stores, begun.heist.id)
    if goes:
        silence(stores, ada.id)
    kept = b"".join(one.event for one in stores.rooms.look(f"heist:{begun.heist.id}", "", 0).kept)
    assert b'"heist_closed"' in kept
    assert ada.id.encode() in kept
    assert (b"countess" in kept) is not goes
