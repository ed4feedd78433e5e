"""Runs attacks one after another while honest players play, and reports after each whether they were harmed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from faults.crowd import until
from faults.truth import COUNTERS, in_dynamodb, in_redis
from tapstack_local.testing import Game

from attack.attempt import SHORT_DEADLINE_S
from attack.book import WAIT_S, Page
from attack.catalogue import Attack
from attack.innocents import Innocents
from attack.target import Target
from attack.worker import Outcome, attacked

BUSY_FACTOR = 2.0
"""If a busy machine makes players wait long even without an attack, an attack may make it no worse than this."""


@dataclass(frozen=True)
class Plan:
    """A run's parameters. `settle_s` is the recovery time after an attack; `waits` is whether waits are judged."""

    seconds: float = 8.0
    warm_s: float = 8.0
    baseline_s: float = 10.0
    pages: int = 18
    chatters: int = 4
    settle_s: float = 45.0
    whole_s: float = 90.0
    waits: bool = True


@dataclass(frozen=True)
class Row:
    """An attack's row of the table."""

    name: str
    outcome: Outcome
    page: Page
    limit_s: float
    saved_after_s: float = 0.0
    troubles: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.troubles


async def run(game: Game, attacks: Sequence[Attack], plan: Plan, show: Callable[[Row], None]) -> list[Row]:
    """The baseline, all attacks, and the count at the end: `show` gets each row as it comes."""
    target, rows = Target.of(game), []
    async with Innocents(target, pages=plan.pages, chatters=plan.chatters) as innocents:

        def add(row: Row) -> None:
            rows.append(row)
            show(row)

        began_s = time.monotonic()
        await until(lambda: not innocents.unanswered_since(began_s), 60, "all innocents to play")
        await asyncio.sleep(plan.warm_s)
        innocents.book.take()
        await asyncio.sleep(plan.baseline_s)
        baseline = innocents.book.take()
        limit_s = max(WAIT_S, BUSY_FACTOR * baseline.worst[0])
        add(judged(Row(f"none; waits up to {limit_s:.1f} s are allowed", Outcome(), baseline, limit_s), plan))
        for attack in attacks:
            add(await _one(game, innocents, attack, plan, limit_s))
        add(await _count(game, innocents, plan))
        add(await asyncio.to_thread(_logs, game, innocents))
    return rows


async def run_short(game: Game, groups: Sequence[Sequence[Attack]], plan: Plan) -> list[Row]:
    """Runs groups of attacks side by side, once and briefly; one extra row covers the honest players."""
    target, patience_s = Target.of(game), SHORT_DEADLINE_S
    async with Innocents(target, pages=plan.pages, chatters=plan.chatters, patience_s=patience_s) as innocents:
        began_s = time.monotonic()
        await until(lambda: not innocents.unanswered_since(began_s), plan.settle_s, "all innocents to play")
        innocents.book.take()
        brief = [[(attack, attack.short or plan.seconds) for attack in group] for group in groups]
        outcomes = await asyncio.gather(*(attacked(group, target, short=True) for group in brief))
        innocents.check()
        page, nothing = innocents.book.take(), Page([], [])
        rows = [judged(Row(name, o, nothing, 0), plan) for found in outcomes for name, o in found.items()]
        rows.append(judged(Row("the innocents", Outcome(), page, 0), plan))
        rows.append(await _count(game, innocents, plan))
        rows.append(await asyncio.to_thread(_logs, game, innocents))
    return rows


async def _one(game: Game, innocents: Innocents, attack: Attack, plan: Plan, limit_s: float) -> Row:
    innocents.book.take()
    outcome = (await attacked([(attack, attack.seconds or plan.seconds)], Target.of(game)))[attack.name]
    innocents.check()
    saved_after_s, left = await _settle(game, innocents, plan.settle_s)
    row = Row(attack.name, outcome, innocents.book.take(), limit_s, saved_after_s, left)
    if row.page.worst[0] > limit_s:
        # The machine may have become busier since the baseline: the waits without the attack show it.
        await asyncio.sleep(plan.baseline_s)
        control = innocents.book.take()
        row = replace(row, limit_s=max(limit_s, BUSY_FACTOR * control.worst[0]), troubles=[*left, *control.harm])
    return judged(row, plan)


def judged(row: Row, plan: Plan) -> Row:
    """A row with all its problems: those that the attack saw, and those of the honest players."""
    wait_s, sample = row.page.worst
    waited = plan.waits and wait_s > row.limit_s and sample
    late = [f"an honest player waited {wait_s:.1f} s for {sample.what}"] if waited and sample else []
    return replace(row, troubles=[*row.outcome.problems, *late, *row.page.harm, *row.troubles])


async def _settle(game: Game, innocents: Innocents, within_s: float) -> tuple[float, list[str]]:
    """Waits until every honest player gets answers and all acknowledged taps are saved; returns what is missing."""
    began_s = time.monotonic()
    owed = innocents.acknowledged()
    while True:
        saved = await asyncio.to_thread(_saved, game, list(owed))
        behind = [player for player, clicks in owed.items() if saved.get(player, 0) < clicks]
        silent = innocents.unanswered_since(began_s)
        took_s = time.monotonic() - began_s
        if not behind and not silent:
            return took_s, []
        if took_s > within_s:
            late = {"are not saved": behind, "get no answer": silent}
            return took_s, [f"{len(who)} players {what} {took_s:.0f} s after" for what, who in late.items() if who]
        await asyncio.sleep(0.3)


def _saved(game: Game, ids: list[str]) -> dict[str, int]:
    """Some players' scores in DynamoDB; nothing if it does not answer."""
    try:
        limits = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1})
        client = boto3.client("dynamodb", config=limits, **game.client_arguments())
        wanted = {COUNTERS: {"Keys": [{"id": {"S": i}} for i in ids if i], "ConsistentRead": True}}
        items = client.batch_get_item(RequestItems=wanted)["Responses"].get(COUNTERS, [])
        return {item["id"]["S"]: int(item["clicks"]["N"]) for item in items}
    except (BotoCoreError, ClientError, OSError):
        return {}


async def _count(game: Game, innocents: Innocents, plan: Plan) -> Row:
    """Every honest tap counts once: made, acknowledged, in Redis and in DynamoDB."""
    innocents.rest()
    troubles: list[str] = []
    try:
        await until(lambda: not innocents.pending(), plan.whole_s, "all taps to be acknowledged")
    except AssertionError as error:
        troubles.append(f"{error}: {innocents.pending()[:3]}")
    began_s = time.monotonic()
    while unlike := await asyncio.to_thread(_unlike, game, innocents):
        if time.monotonic() > began_s + plan.whole_s:
            break
        await asyncio.sleep(0.5)
    taps = sum(innocents.made().values())
    row = Row(f"{taps} taps counted", Outcome(), innocents.book.take(), WAIT_S, time.monotonic() - began_s)
    return replace(row, troubles=[*troubles, *unlike[:8]])


def _unlike(game: Game, innocents: Innocents) -> list[str]:
    """The honest players whose numbers differ anywhere."""
    made, acknowledged = innocents.made(), innocents.acknowledged()
    boards, players = in_redis(game, list(made))
    saved = in_dynamodb(game)
    if boards is None or players is None or saved is None:
        return ["a store does not answer"]
    return [
        f"{i}: made {taps}, acknowledged {acknowledged[i]}, board {boards.get(i)}, Redis {players.get(i)}, "
        f"DynamoDB {saved.get(i)}"
        for i, taps in made.items()
        if not taps == acknowledged[i] == boards.get(i, 0) == players.get(i, taps) == saved.get(i, 0)
    ]


def _logs(game: Game, innocents: Innocents) -> Row:
    """No log contains a secret: neither the bot's token nor players' credentials."""
    secrets: dict[str, str] = json.loads((game.state_dir / "secrets.json").read_text(encoding="utf-8"))
    secrets["TELEGRAM_BOT_TOKEN"] = game.secret("TELEGRAM_BOT_TOKEN")
    secrets |= {f"an honest player's credentials ({n})": text for n, text in enumerate(innocents.secrets())}
    logs = [game.console, *sorted((game.state_dir / "logs").glob("*.log"))]
    texts = {log.name: _text(log) for log in logs if log.exists()}
    found = [f"{name} found in {log}" for name, secret in secrets.items() for log, t in texts.items() if secret in t]
    return Row("secrets in logs", Outcome(), Page([], []), WAIT_S, troubles=found[:6])


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
