"""A part of the players, in a process of its own: each connection is an open file, and a process may have so many."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from multiprocessing.connection import Connection

from bench.world import Active
from tapstack_local.processes.loop import new_event_loop

from soak.miniapp.player import Player, Tally


class Ask(Enum):
    """What a crowd is asked; a list of players is one that joins, without an answer."""

    SEEN = auto()
    END = auto()


@dataclass(frozen=True)
class Seen:
    """What players have experienced since the last time, and how many of them send how often."""

    tally: Tally
    flush_s: Counter[float] = field(default_factory=Counter)


@dataclass(frozen=True)
class Ended:
    """What is left once all have stopped: taps made and counted, by player."""

    tally: Tally
    made: dict[str, int]
    credited: dict[str, int]


class Crowd:
    """A process of players, as its parent has it: ended with the parent, if not before."""

    def __init__(self, number: int, port: int, seed: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(theirs, port, number, seed), daemon=True)
        self._process.start()
        theirs.close()

    def join(self, players: Sequence[Active]) -> None:
        """Lets players join."""
        self._pipe.send(players)

    def ask(self) -> None:
        """Asks what its players have experienced: `seen` has it, so that all crowds are asked at the same moment."""
        self._pipe.send(Ask.SEEN)

    def seen(self) -> Seen:
        found: Seen = self._pipe.recv()
        return found

    def stop(self) -> None:
        """Has its players stop one after the other, each once all its taps are known: `ended` waits for the last."""
        self._pipe.send(Ask.END)

    def ended(self) -> Ended:
        found: Ended = self._pipe.recv()
        self._process.join()
        return found


def _address(crowd: int, number: int) -> str:
    """Whom a crowd's player calls from, its own modulo 250; on a system other than Linux everybody calls from one.

    On Linux all of 127.0.0.0/8 is this machine. A socket that is bound gets an odd port of the lower half of the range
    first, so an address has 7,000 of them: with more players each connection would take 4 ms of CPU to find one.
    """
    return f"127.0.{crowd + 1}.{number % 250 + 1}" if sys.platform == "linux" else "127.0.0.1"


def _run(pipe: Connection, port: int, crowd: int, seed: str) -> None:
    gc.disable()  # a collection goes through all players, and they would seem to wait for the game
    loop = new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_play(pipe, port, crowd, random.Random(seed)))  # noqa: S311


async def _play(pipe: Connection, port: int, crowd: int, chance: random.Random) -> None:
    loop, tally, ending = asyncio.get_running_loop(), Tally(), asyncio.Event()
    players: list[Player] = []
    tasks: list[asyncio.Task[None]] = []
    # The pipe has a thread: nobody's answer is late for a long message, nor for a parent who reads the others' first.
    while (asked := await asyncio.to_thread(pipe.recv)) is not Ask.END:
        if asked is Ask.SEEN:
            seen = Seen(tally.take(), Counter(player.flush_s for player in players))
            await asyncio.to_thread(pipe.send, seen)
            continue
        for who in asked:
            ends = _address(crowd, len(players)), port
            players.append(Player(who, ends, tally, random.Random(chance.random())))  # noqa: S311
            tasks.append(asyncio.create_task(players[-1].play(ending)))
    ending.set()
    for player in players:  # people do not all leave at the same moment
        loop.call_later(chance.random() * player.flush_s, player.wake)
    await asyncio.gather(*tasks)
    pipe.send(Ended(tally.take(), {p.who.id: p.taps for p in players}, {p.who.id: p.credited for p in players}))
