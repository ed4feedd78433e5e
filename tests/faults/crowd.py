"""Many players at once: fingers that tap in bursts, pages that send the taps, and readers of the leaderboard."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable

from support.identity import init_data
from tapstack_local.testing import Game

from faults.player import Player, Tally
from faults.wire import NoAnswer, Wire

WATCHERS = 5
WATCH_EVERY_S = 2.0


class Crowd:
    """Players of a running game; `taps` is what they have tapped, whatever the game says."""

    def __init__(self, game: Game, absent_s: tuple[float, float], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self._port = int(game.settings["PORT"])
        self._token = game.secret("TELEGRAM_BOT_TOKEN")
        self.tally = Tally()
        self.players: list[Player] = []
        self._absent_s = absent_s
        self._tapping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Crowd:
        self._tasks = [asyncio.create_task(self._watch()) for _ in range(WATCHERS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for player in self.players:
            player.close()

    def join(self, newcomers: int) -> None:
        """More players sign in for the first time, and play."""
        for _ in range(newcomers):
            launch = init_data(len(self.players) + 1, token=self._token)
            chance = random.Random(self._chance.getrandbits(64))  # noqa: S311
            player = Player(launch, self._port, self.tally, chance)
            self.players.append(player)
            self._tasks += [asyncio.create_task(player.play()), asyncio.create_task(self._finger(player))]

    def tap(self) -> None:
        """Starts all fingers."""
        self._tapping.set()

    def rest(self) -> None:
        """Stops all fingers; the pages stay open and upload what they hold."""
        self._tapping.clear()
        for player in self.players:
            player.look()

    @property
    def taps(self) -> int:
        return sum(player.taps for player in self.players)

    def made(self) -> dict[str, int]:
        """The taps of each player by id."""
        return {player.id: player.taps for player in self.players}

    def check(self) -> None:
        """Raises what has ended a player's loop: a bug in this harness."""
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    def reset(self) -> None:
        """Starts a new tally."""
        self.tally = Tally()
        for player in self.players:
            player.tally = self.tally

    async def plays_for(self, seconds: float) -> None:
        """Waits until every player has been answered once, then lets them play for a while."""
        await self.answered_since(time.monotonic(), 0.7, 90)
        await asyncio.sleep(seconds)
        self.check()

    async def empties(self, within_s: float) -> None:
        """Waits until all players are signed in and have an answer to all their taps."""

        def waiting() -> list[str]:
            return [repr(p) for p in self.players if p.pending or not p.id]

        try:
            await until(lambda: not waiting(), within_s, "all taps to be answered")
        except AssertionError as error:
            raise AssertionError(
                f"{error}; {len(waiting())} players are waiting, such as\n" + "\n".join(waiting()[:5])
            ) from None

    async def answered_since(self, since_s: float, share: float, within_s: float) -> None:
        """Waits until a share of the players has been credited since a moment."""

        def enough() -> bool:
            return sum(p.answered_at_s > since_s for p in self.players) >= share * len(self.players)

        await until(enough, within_s, f"{share:.0%} of the players to be answered")
        self.check()

    async def _finger(self, player: Player) -> None:
        """Bursts of 2 to 6 s at 3 to 15 taps a second, short rests, and sometimes leaving the page."""
        chance = self._chance
        while True:
            await self._tapping.wait()
            rate = chance.uniform(3, 15)
            for _ in range(chance.randint(4, 12)):
                await asyncio.sleep(0.5)
                if self._tapping.is_set():
                    player.tap(max(1, round(rate / 2)))
            if chance.random() < 0.04:
                await self._leave(player)
            else:
                await asyncio.sleep(chance.uniform(0.2, 2))

    async def _leave(self, player: Player) -> None:
        """Longer than an idle session lives, so that it ends and has to be reopened."""
        player.visible = False
        away_until_s = time.monotonic() + self._chance.uniform(*self._absent_s)
        while self._tapping.is_set() and time.monotonic() < away_until_s:
            await asyncio.sleep(0.5)
        player.look()

    async def _watch(self) -> None:
        """Somebody who has the leaderboard open."""
        wire = Wire(self._port)
        try:
            while True:
                await asyncio.sleep(WATCH_EVERY_S * self._chance.uniform(0.5, 1.5))
                tally, began_s = self.tally, time.monotonic()
                tally.requests += 1
                try:
                    tally.statuses[(await wire.request("GET", "/leaderboard")).status] += 1
                    tally.took(began_s)
                except NoAnswer as failure:
                    tally.failures[str(failure)] += 1
        finally:
            wire.close()


async def until(condition: Callable[[], bool], within_s: float, what: str) -> None:
    """Returns as soon as the condition holds; fails, naming it, when it doesn't within the time."""
    deadline_s = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise AssertionError(f"timed out after {within_s:.0f} s: {what}")
        await asyncio.sleep(0.1)
