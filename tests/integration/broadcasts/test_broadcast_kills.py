"""Broadcasts whose processes are killed: between any two steps, and for real; nobody ever gets one twice."""

from __future__ import annotations

import asyncio
import itertools
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.broadcasts import Stage, begin, got, outcomes, people
from support.game import TestContainer
from support.identity import BOT_TOKEN
from support.servers import running
from support.waiting import wait_until
from tapstack.bot import outbox as bot_outbox
from tapstack.broadcasts import driving as work
from tapstack.broadcasts.model import State
from tapstack.cli.retries import patient
from tapstack.platform.settings import Settings
from tapstack.telegram import client
from tapstack_local.processes.process import Process
from telegram_local.testing import LocalTelegram

PACE = 4
AT_ONCE = 2 * PACE
"""What may be on its way when a sender is killed: all that the outbox holds of a broadcast."""

ARRIVED = (4, 12, 22)
KILLS = len(ARRIVED)
"""The processes are killed each time when so many messages have arrived."""


class Killed(BaseException):
    """A process that was killed: nothing handles it."""


@dataclass
class Life:
    """How many steps a process lives; a step is a call to a store about to be made, or just made."""

    steps: int
    made: list[str] = field(default_factory=list)
    """The methods of a store that have run, once for each time."""

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Killed


class Mortal:
    """A store whose calls are the steps of a life."""

    def __init__(self, store: Any, life: Life) -> None:
        self._store, self._life = store, life

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def call(*args: Any, **options: Any) -> Any:
            self._life.step()
            result = method(*args, **options)
            self._life.made.append(name)
            self._life.step()
            return result

        return call


def mortal(settings: Settings, life: Life) -> TestContainer:
    """The stores of a process with a life to lose."""
    made = TestContainer(settings)
    for name in ("broadcasts", "outbox"):
        made.__dict__[name] = Mortal(getattr(made, name), life)
    return made


async def last_words() -> None:
    """What a dead sender had sent already arrives; it does nothing more about it, and reports no failure.

    A report would come when the task is collected, at any time: inside a parser, Python before 3.11.8 then fails
    with a SystemError (github.com/python/cpython/issues/106905), for a traceback is parsed too.
    """
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*rest, return_exceptions=True)


def test_driver_killed_between_any_two_steps_is_resumed_and_everybody_gets_it_exactly_once(
    hasty: TestContainer, local_telegram: LocalTelegram
) -> None:
    who = people(hasty, local_telegram, 3)
    for steps in itertools.count():
        broadcast, stage = begin(hasty), Stage(hasty)
        dying = mortal(hasty.settings, Life(steps))
        try:
            finished = stage.drive(broadcast, dying)
        except Killed:
            finished = hasty.broadcasts.get(broadcast.id)
            if finished.state is not State.FINISHED:
                finished = stage.drive(work.resume(hasty, broadcast.id))
            survived = False
        else:
            survived = True
        assert finished.state is State.FINISHED
        assert got(who, broadcast) == [1, 1, 1], f"killed after {steps} steps"
        assert outcomes(hasty, broadcast) == {"sent": 3}
        assert finished.tally == {"send": 3}
        dying.redis.close()
        if survived:
            break
    assert steps >= 16


def test_sender_killed_between_any_two_steps_doubles_nothing_and_says_what_is_in_doubt(
    hasty: TestContainer, local_telegram: LocalTelegram
) -> None:
    who = people(hasty, local_telegram, 3)
    doubted = missing = 0
    for steps in itertools.count():
        life = Life(steps)
        broadcast, stage = begin(hasty), Stage(mortal(hasty.settings, life))
        killed = False

        def pause(seconds: float, stage: Stage = stage) -> None:
            nonlocal killed
            stage.now_s += seconds
            try:
                bot_outbox.send_waiting(stage.stores, lambda: 60_000)
            except Killed:
                client.run(last_words())
                client.close()
                stage.stores.redis.close()
                stage.stores, killed = hasty, True

        finished = work.drive(hasty, broadcast, now_s=stage.read_clock, pause=pause)
        client.close()
        times, found = got(who, broadcast), outcomes(hasty, broadcast)
        assert finished.state is State.FINISHED
        assert max(times) == 1, f"killed after {steps} steps"
        half_done = life.made.count("claim") - life.made.count("conclude")
        assert found.get("unknown", 0) <= half_done
        assert times.count(0) <= found.get("unknown", 0)
        assert sum(found.values()) == 3
        doubted += found.get("unknown", 0)
        missing += times.count(0)
        if not killed:
            break
    assert (doubted, missing) >= (2, 1), "some were killed between the claim and the answer, and before it was sent"


def test_processes_killed_with_9_again_and_again_double_nothing(
    stores: TestContainer, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = people(stores, telegram, 40)
    for name, value in stores.settings.values.items():
        monkeypatch.setenv(name, str(int(value) if isinstance(value, bool) else value))
    monkeypatch.setenv("PYTHONFAULTHANDLER", "1")  # a log says what ended a process
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("TOKEN_SIGNING_KEY", stores.settings.http.token_signing_keys[0])
    send = (
        "from tapstack.composition import container; from tapstack.telegram import redis_outbox as outbox;"
        " from tapstack.bot import outbox as bot_outbox; from tapstack.platform.errors import StoreUnavailable;"
        " import contextlib; import time; outbox.LEASE_MS = outbox.SENDER_ALIVE_MS = 300\n"
        "while True:\n"
        "  with contextlib.suppress(StoreUnavailable): bot_outbox.send_waiting(container(), lambda: 60_000)\n"
        "  time.sleep(0.02)"  # also after a failure, as the schedule asks again
    )
    with ExitStack() as started:

        def run(name: str, *args: str) -> Process:
            return started.enter_context(running([sys.executable, *args], name=name))

        def drivers() -> set[str]:
            return {broadcast.driver for broadcast in patient()(stores.broadcasts.all)}

        def driver(*args: str) -> Process:
            """A driver at work; begun again, as an operator does, where a store was too busy to let it begin.

            The ones before are dead for a while by then, also where a killed one's last save has only now arrived.
            """
            before = drivers()

            def begun() -> list[Process]:
                for broadcast in patient()(stores.broadcasts.all):
                    broadcast.alive_until_ms = 0
                    assert stores.broadcasts.save(broadcast)
                process = run("driver", "-m", "tapstack", "--yes", "broadcast", *args)
                wait_until("it drives, or has ended", lambda: drivers() != before or not process.running())
                return [process] if process.running() else []

            return wait_until("a driver at work", begun)[0]

        driving = driver("start", "--text-en", "killed", "--audience", "all", "--pace", str(PACE))
        sending = run("sender", "-c", send)
        for few in ARRIVED:

            def enough(few: int = few, working: tuple[Process, ...] = (driving, sending)) -> bool:
                assert all(process.running() for process in working), "nobody has killed them"
                return int(telegram.stats()["served"].get("sendMessage", 0)) >= few

            wait_until("some have it", enough, 180)  # two processes begin anew, on a machine that is busy with others
            for process in (driving, sending):
                process.kill()
            (broadcast,) = stores.broadcasts.all()
            driving, sending = driver("resume", broadcast.id), run("sender", "-c", send)
        wait_until("the end of the broadcast", lambda: not (driving.running() and sending.running()), 180)
        assert (driving.exit_code(), sending.exit_code()) == (0, None)
    times, found = got(who, broadcast), outcomes(stores, broadcast)
    assert stores.broadcasts.get(broadcast.id).state is State.FINISHED
    assert max(times) == 1
    assert times.count(0) <= found.get("unknown", 0) <= KILLS * AT_ONCE
    assert sum(found.values()) == 40
    assert telegram.stats()["too_many_requests"] == 0
