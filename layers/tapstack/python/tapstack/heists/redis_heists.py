"""Running heists in Redis: who has answered, in which order, and who has which place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tapstack.heists.model import Answered, Frozen, Heist, Refused, Standing, Wait, Winner
from tapstack.platform import redis_scripts
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.redis_client import available

KEPT_MS = DAY_MS
"""How long a heist stays here after its end: an op that comes again within a day gets its answer.

One that is made known after its end, to be closed, stays as long from then on.
"""

_REFUSED = {
    -1: Refused.NOT_LOADED,
    -2: Refused.OVER,
    -3: Refused.NOT_BEGUN,
    -5: Refused.NO_TRIES,
    -6: Refused.ANSWERED,
    -7: Refused.REUSED,
}


def _keys(heist_id: str) -> list[str]:
    return [f"{{heist:{heist_id}}}:{part}" for part in ("state", "winners", "players", "ops")]


class RedisHeists:
    """Every call raises StoreUnavailable where Redis is unavailable; all go by one clock, Redis's own."""

    def __init__(self, client: Any, now_ms: Callable[[], int] | None = None) -> None:
        self.client = client
        self._now_ms = now_ms or (lambda: 0)

    def now_ms(self) -> int:
        """The time by the clock that answers go by."""
        given_ms = self._now_ms()
        if given_ms:
            return given_ms
        with available():
            seconds, microseconds = self.client.time()
        return int(seconds) * 1_000 + int(microseconds) // 1_000

    def load(self, heist: Heist, winners: Mapping[int, Winner]) -> None:
        """Makes a heist known here, with the places that are kept for good; again it changes nothing."""
        places = [field for rank, one in winners.items() for field in (rank, one.player, one.op, one.sum)]
        facts = [heist.starts_ms, heist.ends_ms, len(heist.prize.first), heist.tries, heist.gap_ms]
        self._run("load_heist", _keys(heist.id), self._now_ms(), *facts, KEPT_MS, *places)

    def answer(self, heist_id: str, player_id: str, op: str, digest: str, right: bool) -> Answered | Wait | Refused:
        """Takes an answer, and says what came of it."""
        found = self._run("answer_heist", _keys(heist_id), self._now_ms(), player_id, op, digest, int(right))
        if found[0] == -4:
            return Wait(int(found[1]))
        if found[0] < 0:
            return _REFUSED[found[0]]
        return Answered(bool(found[1]), int(found[2]), int(found[3]), bool(found[4]))

    def close(self, heist_id: str) -> Frozen | Refused:
        """Ends a heist; NOT_LOADED where it is not known here, NOT_BEGUN while it still runs."""
        state, winners, players, _ = _keys(heist_id)
        found = self._run("close_heist", [state, winners, players], self._now_ms())
        if found[0] < 0:
            return Refused.NOT_LOADED if found[0] == -1 else Refused.NOT_BEGUN
        places = {int(rank): player for rank, player in _pairs(found[3])}
        order = sorted(((int(own.partition(":")[0]), player) for player, own in _pairs(found[4])))
        return Frozen(places, tuple(player for _, player in order), int(found[1]), int(found[2]))

    def standing(self, heist_id: str, player_id: str) -> Standing | None:
        """How a heist stands, for a player; None where it is not known here."""
        state, winners, players, _ = _keys(heist_id)
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hget(state, "seq")
            pipe.hgetall(winners)
            pipe.hget(players, player_id)
            pipe.exists(state)
            count, places, own, known = pipe.execute()
        if not known:
            return None
        _, answers, _, right = own.split(":") if own else (0, 0, 0, 0)
        rank = next((int(rank) for rank, player in places.items() if player == player_id), 0)
        return Standing(int(count or 0), len(places), int(answers), right == "1", rank)

    def _run(self, script: str, keys: list[str], *args: Any) -> Any:
        with available():
            return redis_scripts.run(self.client, f"heists/{script}", keys, list(args))


def _pairs(flat: list[str]) -> list[tuple[str, str]]:
    return list(zip(flat[::2], flat[1::2], strict=True))
