"""Paid taps on a real Redis: how they are read, counted, saved and restored."""

from __future__ import annotations

import pytest
from support.game import MakeGame
from support.racing import ManualClock
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import redis_keys as keys
from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import Energy
from tapstack.players.rules.identity import bucket_of

FULL, EVERY_MS = 30, 2_000


def test_paid_taps_of_who_is_not_loaded_are_unknown(make_game: MakeGame, clock: ManualClock) -> None:
    assert make_game(clock).stores.paid_taps.paid_taps("a" * 16) is None


def test_paid_taps_that_no_script_has_written_are_refused(make_game: MakeGame, clock: ManualClock) -> None:
    game = make_game(clock)
    ada = game.sign_in(1)
    key = keys.player(bucket_of(ada.id, game.stores.settings.play.buckets), ada.id)
    game.stores.redis.hset(key, "pt", "many")
    with pytest.raises(StoreUnavailable) as refusal:
        game.stores.paid_taps.paid_taps(ada.id)
    assert refusal.value.code == "player_unreadable"


def test_player_who_never_tapped_has_all_energy(make_game: MakeGame, clock: ManualClock) -> None:
    game = make_game(clock, ENERGY_FULL=str(FULL), ENERGY_EVERY_MS=str(EVERY_MS))
    ada = game.sign_in(1)
    assert game.stores.paid_taps.paid_taps(ada.id) == PaidTaps(0, Energy(FULL, FULL, EVERY_MS, 0))
