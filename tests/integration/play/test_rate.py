"""25 taps a second for a player, however they are sent."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

import pytest
from support.game import Game, Player
from support.racing import ManualClock, race
from tapstack.play import taps as live
from tapstack.play.rules.pacing import BURST_S, FLUSH_MAX_MS, REQUEST_BURST_S, REQUESTS_PER_S
from tapstack.players.rules.identity import session_key

RATE = 25
BURST = RATE * BURST_S


def tap(player: Player, total: int) -> int:
    """How many of a session's taps so far count now."""
    outcome = live.record_taps(player.game.stores, player.id, session_key(player.session_id), total)
    return outcome.accepted


def test_taps_beyond_the_allowance_are_refused_and_never_come_back(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    much = ada.tap(100_000).body
    assert (much["accepted"], much["taps"], much["clicks"]) == (BURST, 100_000, BURST)
    clock.advance(600)
    again = ada.tap(100_000).body
    assert (again["accepted"], again["clicks"]) == (0, BURST)
    assert ada.tap(100_001).body["accepted"] == 1


def test_allowance_comes_back_at_25_a_second(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    sent = BURST
    assert tap(ada, sent) == BURST
    for seconds, expected in ((0.0, 0), (0.039, 0), (0.001, 1), (1, 25), (0.5, 12), (BURST_S, BURST), (3_600, BURST)):
        clock.advance(seconds)
        sent += 10_000
        assert tap(ada, sent) == expected, seconds


def test_honest_taps_are_all_accepted_at_the_slowest_pace_of_flushing(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    taps = 0
    for _ in range(40):
        clock.advance(FLUSH_MAX_MS / 1_000)
        taps += RATE * FLUSH_MAX_MS // 1_000
        assert ada.tap(taps).body["accepted"] == RATE * FLUSH_MAX_MS // 1_000


def test_taps_in_any_window_stay_within_burst_and_rate(timed_game: Game, clock: ManualClock) -> None:
    """Greedy, over three sessions that come and go, at times that sit on both sides of every edge of a second."""
    chance = random.Random(25)  # noqa: S311
    sessions = [timed_game.sign_in(1) for _ in range(3)]
    sent = [0, 0, 0]
    accepted: list[tuple[int, int]] = []
    for _ in range(300):
        clock.advance(chance.choice([0, 0.001, 0.039, 0.04, 0.999, 1, 1.001, 7, 19.999, 20.001]))
        which = chance.randrange(3)
        sent[which] += chance.choice([1, 25, 26, 500, 10_000])
        accepted.append((clock(), tap(sessions[which], sent[which])))
    for first, (start_ms, _) in enumerate(accepted):
        total = 0
        for at_ms, count in accepted[first:]:
            total += count
            assert total <= BURST + RATE * (at_ms - start_ms) / 1_000
    took_s = (accepted[-1][0] - accepted[0][0]) / 1_000
    assert sum(count for _, count in accepted) > 0.5 * RATE * took_s


def test_sessions_of_one_player_share_the_allowance(timed_game: Game) -> None:
    players = [timed_game.sign_in(1) for _ in range(32)]
    assert sum(race(32, lambda n: tap(players[n], 100))) == BURST
    assert players[0].tap(0).body["clicks"] == BURST


def test_copies_of_a_request_at_once_count_once(game: Game) -> None:
    ada = game.sign_in(1)
    assert sorted(race(32, lambda _: tap(ada, 20))) == [0] * 31 + [20]
    assert ada.tap(20).body["clicks"] == 20


def test_counts_out_of_order_at_once_end_at_the_highest(game: Game) -> None:
    ada = game.sign_in(1)
    assert sum(race(32, lambda n: tap(ada, n + 1))) == 32
    assert ada.tap(0).body["taps"] == 32


def test_players_do_not_share_an_allowance(timed_game: Game) -> None:
    assert [timed_game.sign_in(n).tap(1_000).body["accepted"] for n in (1, 2, 3)] == [BURST] * 3


def test_leaving_and_coming_back_gives_no_new_allowance(timed_game: Game, clock: ManualClock) -> None:
    """Not even through eviction and a new session: what was used is saved with the clicks."""
    ada = timed_game.sign_in(1)
    assert tap(ada, 1_000) == BURST
    ada.leave()
    timed_game.run("cleanup")
    clock.advance(2)
    assert tap(timed_game.sign_in(1), 1_000) == 2 * RATE


def test_rate_is_a_setting(make_game: Callable[..., Game], clock: ManualClock) -> None:
    ada = make_game(clock, TAPS_PER_S="7").sign_in(1)
    assert tap(ada, 10_000) == 7 * BURST_S
    clock.advance(3)
    assert tap(ada, 20_000) == 21


@pytest.mark.parametrize("taps_per_s", [1, 7, 25, 1_000])
def test_opening_a_session_publishes_the_allowance(
    make_game: Callable[..., Game], clock: ManualClock, taps_per_s: int
) -> None:
    """So that clients never send what would be refused."""
    ada = make_game(clock, TAPS_PER_S=str(taps_per_s)).sign_in(1)
    allowance = ada.opened["allowance"]
    assert allowance == {"taps_per_s": taps_per_s, "burst": taps_per_s * BURST_S}
    assert tap(ada, allowance["burst"]) == allowance["burst"]
    clock.advance(10)
    assert tap(ada, allowance["burst"] + 10 * taps_per_s) == 10 * taps_per_s


def test_flood_of_requests_is_put_off_and_loses_nothing(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    for n in range(REQUESTS_PER_S * REQUEST_BURST_S):
        assert ada.tap(n + 1).status == 200
    flood = ada.tap(150)
    assert (flood.status, flood.body["error"]["code"], flood.headers["Retry-After"]) == (429, "too_many_requests", "1")
    assert ada.beat().status == 429
    clock.advance(int(flood.headers["Retry-After"]))
    after = ada.tap(150)
    assert (after.status, after.body["clicks"]) == (200, 150)


def test_flood_of_one_player_hurts_nobody_else(timed_game: Game) -> None:
    ada, bob = timed_game.sign_in(1), timed_game.sign_in(2)
    while ada.beat().status == 200:
        pass
    assert bob.tap(1).status == 200


def test_new_session_of_a_flooding_player_gives_no_new_requests(timed_game: Game) -> None:
    ada = timed_game.sign_in(1)
    while ada.beat().status == 200:
        pass
    assert timed_game.sign_in(1, str(uuid.uuid4())).tap(1).status == 429
