"""Playing over real stores: what a player would miss if it broke."""

from __future__ import annotations

from support.game import Game


def test_taps_sent_again_count_once(game: Game) -> None:
    ada = game.sign_in(1)
    assert ada.tap(10).body["accepted"] == 10
    for _ in range(3):
        again = ada.tap(10)
        assert (again.status, again.body["accepted"], again.body["clicks"]) == (200, 0, 10)


def test_late_request_counts_nothing_and_loses_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(12)
    late = ada.tap(7)
    assert (late.body["taps"], late.body["clicks"]) == (12, 12)
    assert ada.tap(13).body["clicks"] == 13
