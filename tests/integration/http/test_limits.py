"""The limiter over a real Redis: how many calls pass, in what time, and what one caller's flood is to the others."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from support.calls import OPERATION, assert_refused, identity_for, send
from support.counting import counted
from support.game import Game, Player, with_values
from support.racing import ManualClock, race
from tapstack.composition import Container
from tapstack.http.operation import READS
from tapstack.platform.errors import TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.platform.redis_limiter import Limiter
from tapstack.play.operations import SIGN_INS

FIVE = Limit(burst=5, every_ms=60_000)
"""Keys go by Redis's own clock, calls by the test's: so long that a slow machine lets none expire."""


@pytest.fixture
def limiter(timed_game: Game) -> Limiter:
    return timed_game.stores.limiter


def passes(limiter: Limiter, who: str = "ada", limit: Limit = FIVE, what: str = "look") -> bool:
    try:
        limiter.spend(what, who, limit)
    except TooManyRequests as refusal:
        assert 1 <= refusal.retry_after_s <= limit.every_ms / 1_000 + 1
        return False
    return True


def passed(limiter: Limiter, calls: int, who: str = "ada") -> int:
    return sum(passes(limiter, who) for _ in range(calls))


def test_burst_passes_at_once_and_then_one_call_an_interval(limiter: Limiter, clock: ManualClock) -> None:
    assert passed(limiter, 20) == 5
    clock.advance(59)
    assert passed(limiter, 20) == 0
    clock.advance(2)
    assert passed(limiter, 20) == 1
    clock.advance(180)
    assert passed(limiter, 20) == 3
    clock.advance(3_600)
    assert passed(limiter, 20) == 5


def test_callers_and_kinds_of_call_are_counted_apart(limiter: Limiter) -> None:
    assert passed(limiter, 9) == 5
    assert passed(limiter, 9, "bob") == 5
    assert passes(limiter, what="walk")


def test_caller_who_waits_as_told_is_let_in(limiter: Limiter, clock: ManualClock) -> None:
    passed(limiter, 5)
    with pytest.raises(TooManyRequests) as refusal:
        limiter.spend("look", "ada", FIVE)
    clock.advance(refusal.value.retry_after_s)
    assert passes(limiter)


def test_many_at_once_pass_no_more_than_the_burst(limiter: Limiter) -> None:
    assert sum(race(32, lambda _: passed(limiter, 5))) == 5


@pytest.mark.parametrize("by_s", [-3_600, 3_600])
def test_clock_that_jumps_locks_nobody_out(limiter: Limiter, clock: ManualClock, by_s: int) -> None:
    passed(limiter, 5)
    clock.advance(by_s)
    passed(limiter, 5)
    clock.advance(61)
    assert passes(limiter)


def test_memory_follows_use(limiter: Limiter, timed_game: Game) -> None:
    for who in ("ada", "bob", "203.0.113.7"):
        passes(limiter, who)
    names = [key for key in timed_game.stores.redis.scan_iter("limit:*")]
    assert len(names) == 3
    assert all(0 < timed_game.stores.redis.pttl(name) <= FIVE.burst * FIVE.every_ms for name in names)
    assert not any(who in name for name in names for who in ("ada", "bob", "203.0.113"))


def test_key_outlives_what_is_used_up(limiter: Limiter, timed_game: Game, clock: ManualClock) -> None:
    """By Redis's clock it stays until all of the allowance is back, and so never gives any of it back early."""
    passed(limiter, 5)
    (name,) = timed_game.stores.redis.scan_iter("limit:*")
    assert timed_game.stores.redis.pttl(name) > (FIVE.burst - 1) * FIVE.every_ms


def test_call_is_counted_in_one_round_trip(game: Game) -> None:
    passes(game.stores.limiter)
    with counted(game) as work:
        passes(game.stores.limiter)
    assert work.round_trips == {"redis": 1}


def test_nobody_is_refused_where_redis_is_unavailable_and_nobody_waits_for_it_twice() -> None:
    asked: list[int] = []

    def unavailable() -> redis.Redis:
        asked.append(1)
        raise redis.exceptions.ConnectionError("refused")

    limiter = Limiter(unavailable, lambda: ("signing-key-of-the-test-suite",))
    for _ in range(50):
        assert passes(limiter)
    assert len(asked) == 1


def test_what_works_without_redis_still_does(game: Game) -> None:
    """Boards that are over and the hall of fame come from DynamoDB alone."""
    from tapstack import composition

    class Alone(Container):
        """A game whose Redis is not there."""

    alone = Game(Alone(with_values(game.stores.settings, REDIS_URL="redis://127.0.0.1:1/0")))
    event_of = {"getHallOfFame": None, "getClosedLeaderboards": {"period": "day"}}
    for name, query in event_of.items():
        answer = send(alone, OPERATION[name], None, {"X-Forwarded-For": "8.8.8.8"}, query=query)
        assert answer.status == 200, answer
    assert alone.call("leaderboard", "GET", "/openapi.json").status == 200
    composition.use(None)


def calls(player: Player, name: str, number: int) -> Counter[int]:
    """The statuses of so many calls, eight at a time."""
    operation = OPERATION[name]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: send(player.game, operation, None, player.headers), range(number)))
    for answer in answers:
        if answer.status != operation.status:
            assert_refused(answer, 429, "too_many_requests")
            assert int(answer.headers["Retry-After"]) >= 1
    return Counter(answer.status for answer in answers)


@pytest.mark.parametrize("name", ["getMyStanding", "getMyAccount", "getMyReferrals"])
def test_flood_of_one_account_is_refused_and_others_are_not(game: Game, name: str) -> None:
    eve, ada = game.sign_in(1), game.sign_in(2)
    began_s = time.monotonic()
    statuses = calls(eve, name, 100)
    back = (time.monotonic() - began_s) * 1_000 / READS.every_ms
    assert READS.burst <= statuses[200] <= READS.burst + back + 1
    assert calls(ada, name, 10) == {200: 10}
    assert eve.tap(5).status == 200


def test_opening_and_ending_sessions_without_end_is_refused(game: Game) -> None:
    """It was 14,003 sessions in 168 s."""
    open_, end = OPERATION["openSession"], OPERATION["endSession"]
    eve, ada = game.sign_in(1), game.sign_in(2)
    began_s = time.monotonic()
    statuses: Counter[int] = Counter()
    for n in range(3 * SIGN_INS.burst):
        body = {"session_id": f"6f1c0f6e-2f43-4c9c-9f41-{n:012x}"}
        answer = send(game, open_, body, identity_for(open_, eve))
        statuses[answer.status] += 1
        if answer.status == 201:
            headers = {"Authorization": f"Bearer {answer.body['token']}"}
            assert send(game, end, None, headers).status == 204
        else:
            assert_refused(answer, 429, "too_many_requests")
    back = (time.monotonic() - began_s) * 1_000 / SIGN_INS.every_ms
    assert SIGN_INS.burst - 1 <= statuses[201] <= SIGN_INS.burst + back + 1
    assert ada.tap(1).status == 200


def test_all_sessions_that_a_player_may_have_open_at_once(game: Game) -> None:
    """As after a restart, when all devices and tabs come back in one moment."""
    with ThreadPoolExecutor(8) as pool:
        players = list(pool.map(lambda _: game.sign_in(1), range(60)))
    assert len({player.session_id for player in players}) == 60
