"""The stores of heists in memory: the same conditions as those of the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import RLock

from tapstack.heists.model import (
    Answered,
    Asked,
    Audience,
    Frozen,
    Heist,
    Kept,
    Kind,
    Prize,
    Refused,
    Result,
    Standing,
    Stored,
    Wait,
    Winner,
    Words,
)
from tapstack.heists.rules import part_of
from tapstack.platform.clock import Clock

from support.game import HEIST_ID


def provided() -> Heist:
    """A heist that runs for ever, in every game in memory: it takes an answer from everybody."""
    asked = Asked(id="echo", text=Words(en="?", ru="?"), accepted=("echo",), answer=Words(en="echo", ru="эхо"))
    prize = Prize(each=1, most=1, first=(500,))
    return Heist(
        id=HEIST_ID, kind=Kind.RIDDLE, starts_ms=1, ends_ms=2**52, tries=20, gap_ms=0, prize=prize, asked=asked
    )


class MemoryHeists:
    """Heists, for good."""

    def __init__(self, *, provide: bool = False) -> None:
        self.stored: dict[str, Stored] = {HEIST_ID: Stored(provided())} if provide else {}
        self.audiences: dict[str, Audience] = {}
        self.parts: dict[tuple[str, str, int], dict[str, int]] = {}
        self.open: dict[str, int] = {}
        self._lock = RLock()

    def audience(self, name: str) -> Audience:
        return self.audiences.get(name, Audience())

    def begin(self, heist: Heist, name: str, after: Audience) -> bool:
        with self._lock:
            if heist.id in self.stored or self.audience(name).seq != after.seq - 1:
                return False
            self.stored[heist.id], self.audiences[name], self.open[heist.id] = Stored(heist), after, heist.ends_ms
            return True

    def get(self, heist_id: str) -> Stored | None:
        return self.stored.get(heist_id)

    def get_many(self, heist_ids: Sequence[str]) -> dict[str, Stored]:
        return {one: self.stored[one] for one in heist_ids if one in self.stored}

    def keep_place(self, heist_id: str, rank: int, winner: Winner) -> Kept:
        with self._lock:
            stored = self.stored[heist_id]
            if rank in stored.winners:
                return Kept.KNOWN if stored.winners[rank].player == winner.player else Kept.LOST
            if stored.result is not None or winner.player in {one.player for one in stored.winners.values()}:
                return Kept.LOST
            self.stored[heist_id] = replace(stored, winners={**stored.winners, rank: winner})
            return Kept.NEW

    def put_part(self, heist: Heist, run: str, part: int, shares: Mapping[str, int]) -> None:
        self.parts[heist.id, run, part] = dict(shares)

    def close(self, heist_id: str, result: Result, taken: int) -> bool:
        with self._lock:
            stored = self.stored[heist_id]
            if stored.result is not None or len(stored.winners) != taken:
                return False
            self.stored[heist_id] = replace(stored, result=result)
            return True

    def share(self, heist_id: str, result: Result, player_id: str) -> int | None:
        return self.part(heist_id, result, part_of(player_id, result.parts)).get(player_id)

    def shares(self, closed: Sequence[Stored], player_id: str) -> dict[str, int]:
        found = {one.heist.id: self.share(one.heist.id, one.result, player_id) for one in closed if one.result}
        return {heist_id: coins for heist_id, coins in found.items() if coins is not None}

    def part(self, heist_id: str, result: Result, part: int) -> dict[str, int]:
        return self.parts.get((heist_id, result.run, part), {})

    def open_until(self) -> dict[str, int]:
        return dict(self.open)

    def put_off(self, heist_id: str, at_ms: int) -> None:
        with self._lock:
            self.open |= {heist_id: at_ms} if heist_id in self.open else {}

    def settled(self, heist_id: str) -> None:
        self.open.pop(heist_id, None)


@dataclass
class _Own:
    seq: int
    answers: int = 0
    last_ms: int = 0
    right: bool = False


@dataclass
class _Live:
    heist: Heist
    closed: bool = False
    wrong: int = 0
    winners: dict[int, str] = field(default_factory=dict)
    players: dict[str, _Own] = field(default_factory=dict)
    ops: dict[tuple[str, str], tuple[str, Answered]] = field(default_factory=dict)


class MemoryLiveHeists:
    """Running heists; a test drops one from `live` as a lost Redis does."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.live: dict[str, _Live] = {}
        self._lock = RLock()

    def now_ms(self) -> int:
        return self.clock()

    def load(self, heist: Heist, winners: Mapping[int, Winner]) -> None:
        with self._lock:
            live = self.live.setdefault(heist.id, _Live(heist))
            for rank, one in winners.items():
                there = live.winners.get(rank)
                if there == one.player:
                    continue
                if there:
                    own = live.players[there]
                    own.answers, own.last_ms, own.right = max(0, own.answers - 1), 0, False
                    live.ops = {key: said for key, said in live.ops.items() if key[0] != there}
                live.winners = {r: player for r, player in live.winners.items() if player != one.player}
                live.winners[rank] = one.player
                mine = live.players.setdefault(one.player, _Own(len(live.players) + 1, 1))
                mine.right = True
                live.ops[one.player, one.op] = one.sum, Answered(True, rank, 0, False)

    def answer(self, heist_id: str, player_id: str, op: str, digest: str, right: bool) -> Answered | Wait | Refused:
        with self._lock:
            live, now_ms = self.live.get(heist_id), self.clock()
            if live is None:
                return Refused.NOT_LOADED
            known = live.ops.get((player_id, op))
            if known:
                return known[1] if known[0] == digest else Refused.REUSED
            if live.closed or now_ms >= live.heist.ends_ms:
                return Refused.OVER
            if now_ms < live.heist.starts_ms:
                return Refused.NOT_BEGUN
            own = live.players.get(player_id)
            if own:
                if own.right:
                    return Refused.ANSWERED
                if own.answers >= live.heist.tries:
                    return Refused.NO_TRIES
                wait_ms = own.last_ms + live.heist.gap_ms - now_ms
                if 0 < wait_ms <= live.heist.gap_ms:
                    return Wait(wait_ms)
            own = live.players.setdefault(player_id, _Own(len(live.players) + 1))
            own.answers, own.last_ms, own.right = own.answers + 1, now_ms, right
            rank = 0
            if right:
                places = range(1, len(live.heist.prize.first) + 1)
                rank = next((one for one in places if one not in live.winners), 0)
                live.winners |= {rank: player_id} if rank else {}
            else:
                live.wrong += 1
            said = Answered(right, rank, 0 if right else live.heist.tries - own.answers, True)
            live.ops[player_id, op] = digest, replace(said, fresh=False)
            return said

    def close(self, heist_id: str) -> Frozen | Refused:
        with self._lock:
            live = self.live.get(heist_id)
            if live is None:
                return Refused.NOT_LOADED
            if not live.closed and self.clock() < live.heist.ends_ms:
                return Refused.NOT_BEGUN
            live.closed = True
            order = sorted(live.players, key=lambda player: live.players[player].seq)
            right = sum(own.right for own in live.players.values())
            return Frozen(dict(live.winners), tuple(order), right, live.wrong)

    def standing(self, heist_id: str, player_id: str) -> Standing | None:
        live = self.live.get(heist_id)
        if live is None:
            return None
        own = live.players.get(player_id, _Own(0))
        rank = next((rank for rank, player in live.winners.items() if player == player_id), 0)
        return Standing(len(live.players), len(live.winners), own.answers, own.right, rank)
