"""Honest players: they play in the Mini App and in the chat, and read the leaderboards."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from typing import Any

from faults.player import Player, Refused, Tally
from faults.wire import TIMEOUT_S, NoAnswer, Wire
from support.identity import init_data

from attack.book import Book
from attack.reference import measured
from attack.target import Target

PASSERS_BY = 2
FIRST_ID = 800_000_001
SIGN_IN_EVERY_S = 20.0
LOOK_EVERY_S = 2.5
TOAST_S = 150.0
"""As long as Telegram keeps delivering a callback query."""


class PagePlayer(Player):
    """A Mini App that taps, sometimes signs in again, and reads the leaderboards; every request is recorded."""

    def __init__(self, number: int, target: Target, book: Book, chance: random.Random, patience_s: float) -> None:
        launch = init_data(FIRST_ID + number, f"Ada {number}", token=target.bot_token)
        super().__init__(launch, target.port, Tally(), chance)
        self._book = book
        self._wire = Wire(target.port, source(number), patience_s)
        self._eyes = Wire(target.port, source(number), patience_s)

    @property
    def acknowledged(self) -> int:
        """The taps that the game has said it counted."""
        return self.clicks

    async def finger(self, tapping: asyncio.Event) -> None:
        """Taps at a human pace whenever tapping is allowed."""
        while True:
            await tapping.wait()
            self.tap(self._chance.randint(1, 5))
            await asyncio.sleep(self._chance.uniform(0.4, 1.2))

    async def look_around(self) -> None:
        """Reads the leaderboards and the player's rank, and sometimes reopens the page."""
        opened_s = time.monotonic() + self._chance.uniform(0, SIGN_IN_EVERY_S)
        while True:
            await asyncio.sleep(LOOK_EVERY_S * self._chance.uniform(0.5, 1.5))
            if time.monotonic() > opened_s + SIGN_IN_EVERY_S and self._token:
                self._token, opened_s = "", time.monotonic()
            path = self._chance.choice(["/leaderboard", "/leaderboard/me", "/leaderboard/me?period=day", "/players/me"])
            if self._token or path == "/leaderboard":
                await recorded(self._book, self._eyes, path, f"Bearer {self._token}")

    async def _ask(self, path: str, body: Any, authorization: str) -> Any:
        began_s, outcome = time.monotonic(), "200"
        try:
            return await super()._ask(path, body, authorization)
        except Refused as refusal:
            outcome = str(refusal.status)
            raise
        except NoAnswer as failure:
            outcome = str(failure)
            raise
        finally:
            self._book.add(f"POST {path}", began_s, outcome)

    def close(self) -> None:
        super().close()
        self._eyes.close()


class Chatter:
    """Somebody who taps in the chat; a press is recorded from the finger to the toast."""

    def __init__(self, number: int, target: Target, book: Book, chance: random.Random) -> None:
        self.telegram_id = FIRST_ID + number
        self.id, self.made, self.acknowledged = "", 0, 0
        self.answered_at_s = 0.0
        self._book, self._chance, self._number = book, chance, number
        self._target = target
        self._wire = Wire(target.telegram_port)
        self._message = 0
        self.waiting = False

    async def sign_in(self) -> None:
        """Starts the bot and opens the tap screen; learns the player's id by opening the Mini App."""
        await self._act("make_user", id=self.telegram_id, first_name=f"Bob {self._number}", language_code="en")
        await self._act("start")
        await self._act("send", text="/tap")
        await self._wait_for_button()
        launch = init_data(self.telegram_id, f"Bob {self._number}", token=self._target.bot_token)
        game = Wire(self._target.port, source(self._number))
        body = {"session_id": f"00000000-0000-4000-8000-{self.telegram_id:012d}"}
        answer = await game.request("POST", "/sessions", body, f"tma {launch}")
        game.close()
        self.id = answer.json()["player"]["id"]

    async def play(self, tapping: asyncio.Event) -> None:
        """Presses, waits for the toast, pauses, and repeats for ever."""
        while True:
            await asyncio.sleep(self._chance.uniform(0.8, 2.0))
            await tapping.wait()
            self.waiting = True
            await self._press()
            self.waiting = False

    async def _press(self) -> None:
        began_s, outcome = time.monotonic(), "200"
        try:
            message, row, column, resumes = await self._button()
            after = (await self._act("state"))["sequence"]
            pressed = await self._act("press", message_id=message, row=row, column=column)
            toast = await self._toast(pressed["query_id"], after)
        except (NoAnswer, AssertionError) as failure:
            self._book.add("press in the chat", began_s, f"{type(failure).__name__} {failure}"[:60])
            return
        if toast is None:
            outcome = "no toast"
        elif toast.startswith("+1"):
            self.made += 1
            self.acknowledged = self.made
            self.answered_at_s = time.monotonic()
        elif not resumes:
            outcome = f"toast {toast[:30]!r}"
        self._book.add("press in the chat", began_s, outcome)

    async def _button(self) -> tuple[int, int, int, bool]:
        """Where to press: the tap button of the newest message that has one, and whether it only resumes."""
        state = await self._act("state")
        for message in reversed(state["messages"].get(str(self.telegram_id), [])):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            for row, buttons in enumerate(rows):
                for column, button in enumerate(buttons):
                    data = button.get("callback_data", "")
                    if data.startswith("tap:"):
                        return message["message_id"], row, column, data == "tap:resume"
        raise AssertionError("no tap button in the chat")

    async def _wait_for_button(self) -> None:
        give_up_s = time.monotonic() + 60
        while True:
            with suppress(AssertionError):
                await self._button()
                return
            if time.monotonic() > give_up_s:
                raise AssertionError("no tap button within 60 s of /tap")
            await asyncio.sleep(0.3)

    async def _toast(self, query_id: str, after: int) -> str | None:
        give_up_s = time.monotonic() + TOAST_S
        while time.monotonic() < give_up_s:
            path = f"/api/wait?user={self.telegram_id}&after={after}&timeout=5"
            try:
                answer = await self._wire.request("GET", path)
            except NoAnswer:
                await asyncio.sleep(0.5)
                continue
            if answer.status != 200:
                raise AssertionError(f"/api/wait: {answer.status}")
            for event in answer.json()["events"]:
                after = max(after, event["sequence"])
                if event["type"] == "toast" and event["query_id"] == query_id:
                    return str(event["text"])
        return None

    async def _act(self, verb: str, **given: Any) -> Any:
        answer = await self._wire.request("POST", f"/api/{verb}", {"user": self.telegram_id, **given})
        if answer.status != 200:
            raise AssertionError(f"{verb}: {answer.status} {answer.body[:100]!r}")
        return answer.json()

    def close(self) -> None:
        self._wire.close()


class Innocents:
    """All honest players, and the bare server, for the duration of a with-block."""

    def __init__(
        self, target: Target, *, pages: int, chatters: int, patience_s: float = TIMEOUT_S, seed: int = 1
    ) -> None:
        chance = random.Random(seed)  # noqa: S311
        self.book = Book()
        self._target, self._chance, self._patience_s = target, chance, patience_s
        first = int(time.time()) % 10_000 * 1_000  # different people in each run on the same game
        self.pages = [PagePlayer(first + n, target, self.book, _another(chance), patience_s) for n in range(pages)]
        self.chatters = [
            Chatter(first + pages + n, target, self.book, _another(chance))
            for n in range(chatters if target.telegram_port else 0)
        ]
        self._tapping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._reference = measured(self.book)

    async def __aenter__(self) -> Innocents:
        await self._reference.__aenter__()
        for chatter in self.chatters:
            await chatter.sign_in()
        self._tapping.set()
        acts = [act for page in self.pages for act in (page.play(), page.finger(self._tapping), page.look_around())]
        acts += [chatter.play(self._tapping) for chatter in self.chatters]
        acts += [self._pass_by(n) for n in range(PASSERS_BY)]
        self._tasks = [asyncio.create_task(act) for act in acts]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for page in self.pages:
            page.close()
        for chatter in self.chatters:
            chatter.close()
        await self._reference.__aexit__(None, None, None)

    @property
    def count(self) -> int:
        return len(self.pages) + len(self.chatters)

    def made(self) -> dict[str, int]:
        """The taps that each player has made, by id, whatever the game says."""
        return {page.id: page.taps for page in self.pages} | {chatter.id: chatter.made for chatter in self.chatters}

    def acknowledged(self) -> dict[str, int]:
        """The taps that the game has acknowledged, by player."""
        by_page = {page.id: page.acknowledged for page in self.pages}
        return by_page | {chatter.id: chatter.acknowledged for chatter in self.chatters}

    def secrets(self) -> list[str]:
        """What no log may contain."""
        return [text for page in self.pages for text in (page._token, page._init_data) if text]

    def rest(self) -> None:
        """Stops all fingers; the pages upload what they hold."""
        self._tapping.clear()
        for page in self.pages:
            page.look()

    def tap(self) -> None:
        self._tapping.set()

    def unanswered_since(self, since_s: float) -> list[str]:
        """The players without a good answer to a tap since a moment."""
        late = [page for page in self.pages if page.answered_at_s < since_s]
        return [repr(page) for page in late] + [c.id for c in self.chatters if c.answered_at_s < since_s]

    def pending(self) -> list[str]:
        """The players who still have taps to upload."""
        pages = [repr(page) for page in self.pages if page.pending or not page.id]
        return pages + [chatter.id for chatter in self.chatters if chatter.waiting]

    def check(self) -> None:
        """Raises what has ended a player's loop: a bug in this harness."""
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    async def _pass_by(self, number: int) -> None:
        """A visitor who is not signed in; each visit uses a new connection."""
        while True:
            await asyncio.sleep(0.5 * self._chance.uniform(0.5, 1.5))
            wire = Wire(self._target.port, source(900 + number), self._patience_s)
            await recorded(self.book, wire, self._chance.choice(["/leaderboard", "/health"]), "")
            wire.close()


def source(number: int) -> str:
    """A player's own address, shared with no other player and no attacker."""
    return f"127.1.{number // 250 % 250}.{number % 250 + 1}"


async def recorded(book: Book, wire: Wire, path: str, authorization: str) -> None:
    """A read that is recorded, whatever its outcome."""
    began_s = time.monotonic()
    try:
        outcome = str((await wire.request("GET", path, authorization=authorization)).status)
    except NoAnswer as failure:
        outcome = str(failure)
    book.add(f"GET {path}", began_s, outcome)


def _another(chance: random.Random) -> random.Random:
    return random.Random(chance.getrandbits(64))  # noqa: S311
