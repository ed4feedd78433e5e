"""Two hundred bots in a heist under faults: duplicates, reordering, processes killed anywhere, a lost Redis."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from threading import Lock
from typing import Any

import pytest
import redis
from support.economy import op_at
from support.fakes.economy import MemoryCommons, MemoryWallets
from support.fakes.ports import RealRedisPorts
from support.racing import ManualClock, race
from tapstack.heists import answering, claiming, closing, opening, pools, rules
from tapstack.heists.answers import HeistAnswered
from tapstack.platform.errors import GameError, StoreUnavailable
from tapstack.players.model import Player

BOTS, WORKERS = 200, 16
PLAYERS = [f"{number:016x}" for number in range(BOTS)]


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


class Cut:
    """A store whose calls a killed process may leave before or after they are done."""

    def __init__(self, store: Any, dies: Callable[[], bool]) -> None:
        self._store, self._dies = store, dies

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            if self._dies():
                raise Killed
            answer = found(*args, **kwargs)
            if self._dies():
                raise Killed
            return answer

        return call


class Faults:
    """Kills one call in so many, the same ones in each run with the same seed and order."""

    def __init__(self, seed: int, one_in: int) -> None:
        self._random, self._one_in, self._lock = random.Random(seed), one_in, Lock()  # noqa: S311
        self.killed = 0

    def __call__(self) -> bool:
        with self._lock:
            dies = self._one_in > 0 and self._random.randrange(self._one_in) == 0
            self.killed += dies
            return dies


@pytest.fixture
def ports(redis_url: str) -> Iterator[RealRedisPorts]:
    clock = ManualClock()
    with redis.Redis.from_url(redis_url, decode_responses=True, max_connections=64) as client:
        made = RealRedisPorts(client, clock)
        made.wallets = MemoryWallets(MemoryCommons())
        for number, player_id in enumerate(PLAYERS):
            made.players.accounts[player_id] = Player(
                player_id, number + 1, f"bot_{number}", "Bot", f"r{number}", "en", created_at_ms=1
            )
        yield made


def insist(do: Callable[[], Any]) -> Any:
    """What a client and a platform do about a process that is gone: try again; a refusal is the answer."""
    for _ in range(200):
        try:
            return do()
        except (Killed, StoreUnavailable):
            continue
        except GameError as error:
            return error.code
    raise AssertionError("it never ends")


@pytest.mark.parametrize("seed", range(6))
def test_shares_are_the_pool_to_the_coin_whatever_breaks(ports: RealRedisPorts, seed: int) -> None:
    clock, client = ports.clock, ports.live_heists.client
    assert isinstance(clock, ManualClock)
    coming = rules.slots(pools.data().schedule, clock() + 1, clock() + 86_400_000)
    slot = next(one for one in coming if one.planned.kind == "scramble")
    clock.now_ms = slot.starts_ms
    heists, live = ports.heists, ports.live_heists
    faults = Faults(seed, 25)
    ports.heists, ports.live_heists = Cut(heists, faults), Cut(live, faults)  # type: ignore[assignment]
    insist(lambda: opening.begin_due(ports))
    stored = heists.get(slot.id)
    assert stored
    right = stored.heist.asked.answer
    wiped = random.Random(seed)  # noqa: S311
    wipes = {wiped.randrange(BOTS * 2) for _ in range(seed % 3)}
    answers = [(player, op_at(clock()), right.ru if n % 3 else "wrong") for n, player in enumerate(PLAYERS)]
    sent = answers * 2  # every request arrives twice, in any order
    wiped.shuffle(sent)
    said: dict[tuple[str, str], list[Any]] = {}
    lock = Lock()

    def send(number: int) -> None:
        for at in range(number, len(sent), WORKERS):
            if at in wipes:
                client.flushdb()
            player, op, text = sent[at]
            got = insist(partial(answering.answer, ports, player, slot.id, op, text))
            with lock:
                said.setdefault((player, op), []).append(got)

    race(WORKERS, send)
    if seed % 2:
        client.flushdb()
    clock.now_ms = slot.ends_ms
    closed = race(4, lambda _: insist(lambda: closing.close(ports, slot.id)))
    results = {str(one.result) for one in closed}
    assert len(results) == 1
    result = closed[0].result
    ports.heists, ports.live_heists = heists, live
    places = {one.player: one.rank for one in result.winners}
    for (player, _), got in said.items():
        ranks = {one.rank for one in got if isinstance(one, HeistAnswered) and one.rank}
        assert ranks <= {places.get(player)}, "a place that was acknowledged is kept"
    paid = [insist(partial(claiming.claim, ports, one, slot.id)) for one in PLAYERS * 2]
    ledger = {one: list(entries.values()) for one, entries in ports.wallets.ledger.items() if entries}
    took = {one: entries[0].result["coins"] for one, entries in ledger.items()}
    assert len(paid) == BOTS * 2
    assert all(len(entries) == 1 for entries in ledger.values())
    assert sum(took.values()) == result.pool == rules.pool(stored.heist.prize, result.players)
    assert sorted(places.values()) == [1, 2, 3, 4, 5]
    assert faults.killed > 10
    if not wipes and seed % 2 == 0:
        assert result.players == BOTS
