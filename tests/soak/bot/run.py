"""A crowd that taps in the chat, at a whole running game: what was counted, refused, and shown in the end."""

from __future__ import annotations

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from support.servers import ROOT
from tapstack_local.testing import Game
from telegram_local import user_actions
from telegram_local.core import Core
from telegram_local.testing import LocalTelegram

TOKEN = "4242424242:a-token-for-soaking-the-local-bot"
FIRST_ID = 50_000_001
ANSWER_S = 120.0


@dataclass
class Crowd:
    """Players by Telegram id: their message, how often they pressed, how often they were answered."""

    messages: dict[int, int] = field(default_factory=dict)
    pressed: dict[int, int] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Soaked:
    """What came of it; times in seconds."""

    players: int
    presses: int
    answered: int
    counted: int
    wrong_chats: int
    too_many_requests: int
    edits: int
    peak_per_s: int
    tapped_for_s: float
    settled_after_s: float
    webhook_p50_ms: float
    webhook_p99_ms: float
    failures: int

    def table(self) -> str:
        rows = [
            ("chat players", f"{self.players:,}"),
            ("presses", f"{self.presses:,} in {self.tapped_for_s:.0f} s ({self.presses / self.tapped_for_s:,.0f}/s)"),
            ("answered by a toast", f"{self.answered:,}"),
            ("taps counted", f"{self.counted:,}"),
            ("429 from Telegram", f"{self.too_many_requests:,}"),
            ("edits sent", f"{self.edits:,}, at most {self.peak_per_s} messages in a second"),
            ("chats not showing their last state", f"{self.wrong_chats:,}"),
            ("last state everywhere after", f"{self.settled_after_s:.1f} s"),
            ("webhook p50 / p99", f"{self.webhook_p50_ms:.1f} / {self.webhook_p99_ms:.1f} ms"),
            ("failed deliveries", f"{self.failures:,}"),
        ]
        return "\n".join(f"{name:36}{value}" for name, value in rows)

    @property
    def good(self) -> bool:
        """Zero 429s, every tap counted once, every chat showing its last state."""
        return self.too_many_requests == 0 == self.wrong_chats and self.presses == self.answered == self.counted


def soak(state_dir: Path, *, players: int, seconds: float, pause_s: float) -> Soaked:
    """Lets that many people press for a while, each waiting for the answer and then a random while."""
    settings = {"TELEGRAM_BOT_USERNAME": "soaked_bot", "SESSION_IDLE_S": "3600", "TELEGRAM_BOT_TOKEN": TOKEN}
    with LocalTelegram(token=TOKEN, username="soaked_bot") as telegram:
        with Game(ROOT, state_dir, {**settings, "TELEGRAM_API_BASE": telegram.url}) as game:
            secret = game.secret("TELEGRAM_WEBHOOK_SECRET")
            telegram.call("setWebhook", url=f"{game.url}/telegram/webhook", secret_token=secret, max_connections=40)
            crowd = telegram.run(lambda core: gather(core, players))
            # Everybody's first press makes their account: not what is measured, but it counts.
            telegram.run_async(tapping(telegram.core, crowd, 0, players / 100), ANSWER_S * 3)
            first_429 = telegram.stats()["too_many_requests"]
            telegram.reset_stats()
            began = time.monotonic()
            telegram.run_async(tapping(telegram.core, crowd, seconds, pause_s), seconds + ANSWER_S + 30)
            tapped = time.monotonic()
            wrong = settle(telegram, crowd, players / 25 + 30)
            settled = time.monotonic()
            counted = counted_after(game, sum(crowd.pressed.values()))
            stats = telegram.stats()
            telegram.call("deleteWebhook")
    latency = stats["webhook"]["latency"]
    return Soaked(
        players=players,
        presses=sum(crowd.pressed.values()),
        answered=sum(crowd.answered.values()),
        counted=counted,
        wrong_chats=wrong,
        too_many_requests=first_429 + stats["too_many_requests"],
        edits=stats["served"].get("editMessageText", 0),
        peak_per_s=stats["peak_messages_per_s"],
        tapped_for_s=tapped - began,
        settled_after_s=settled - tapped,
        webhook_p50_ms=latency.get("p50_ms", 0.0),
        webhook_p99_ms=latency.get("p99_ms", 0.0),
        failures=stats["webhook"].get("failures", 0),
    )


def gather(core: Core, players: int) -> Crowd:
    """Makes the people, each with a message of the bot's that one can tap on."""
    crowd = Crowd()
    for user_id in range(FIRST_ID, FIRST_ID + players):
        user = user_actions.make_user(core, {"id": user_id, "first_name": f"P{user_id}", "language_code": "en"})
        keyboard = {"inline_keyboard": [[{"text": "Tap", "callback_data": "tap:tap"}]]}
        content = {"text": "Tap!", "reply_markup": keyboard}
        crowd.messages[user_id] = core.post(core.private_chat(user), core.bot_json(), content)["message_id"]
        crowd.pressed[user_id] = crowd.answered[user_id] = 0
    return crowd


async def tapping(core: Core, crowd: Crowd, seconds: float, pause_s: float) -> None:
    """Everybody taps for a while, at least once in all, inside the server's own event loop."""
    until = time.monotonic() + seconds

    async def one(user_id: int) -> None:
        chance = random.Random(user_id)  # noqa: S311
        await asyncio.sleep(chance.uniform(0, pause_s * 2))
        user, first = core.state.users[user_id], not crowd.pressed[user_id]
        while first or time.monotonic() < until:
            first = False
            crowd.pressed[user_id] += 1
            query = user_actions.press(core, user, core.private_chat(user), crowd.messages[user_id], 0, 0)
            given_up = time.monotonic() + ANSWER_S
            while not query.answered and time.monotonic() < given_up:
                await asyncio.sleep(0.1)
            crowd.answered[user_id] += query.answered
            await asyncio.sleep(chance.uniform(0, pause_s * 2))

    await asyncio.gather(*(one(user_id) for user_id in crowd.messages))


def settle(telegram: LocalTelegram, crowd: Crowd, within_s: float) -> int:
    """Waits until every chat shows the player's count; how many don't in the end."""
    deadline = time.monotonic() + within_s
    while wrong := telegram.run(lambda core: len(behind(core, crowd))):
        if time.monotonic() > deadline:
            return wrong
        time.sleep(0.2)
    return 0


def counted_after(game: Game, presses: int) -> int:
    """The clicks of everybody once the leaderboard, computed at most every 5 s, has them; what it shows in the end."""
    deadline = time.monotonic() + ANSWER_S
    while (counted := int(game.request("GET", "/leaderboard").json()["total_clicks"])) != presses:
        if time.monotonic() > deadline:
            break
        time.sleep(0.5)
    return counted


def behind(core: Core, crowd: Crowd) -> list[int]:
    """The chats that do not show their player's count."""
    found = []
    for user_id, message_id in crowd.messages.items():
        text = core.state.chats[user_id].messages[message_id]["text"]
        match = re.search(r"Your taps: ([\d,]+)", text)
        shown = int(match[1].replace(",", "")) if match else 0
        if shown != crowd.answered[user_id]:
            found.append(user_id)
    return found
