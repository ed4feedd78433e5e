"""An attacking process: `python -m attack.worker` reads its orders from stdin and prints the results."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from attack.attempt import Attempt
from attack.catalogue import Attack, by_name, number_of
from attack.target import Target

GRACE_S = 120.0
"""How much longer than its own time an attack may take: for its accounts, its generated data, and hanging calls."""

SHORT_GRACE_S = 600.0
"""The same in the short form, which runs at a low priority beside other tests: a slow machine is not a hang."""

END_S = 45.0
"""How long a process that is told to end may take: its threads' requests must be answered or hang first."""


@dataclass(frozen=True)
class Outcome:
    """The result of an attack."""

    requests: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


async def attacked(
    attacks: Sequence[tuple[Attack, float]], target: Target, *, short: bool = False
) -> dict[str, Outcome]:
    """Runs attacks of so many seconds, one after another, in a separate process; ends it if it does not finish.

    The process has a low priority, so that honest players never wait for it.
    """
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "attack.worker",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,
    )
    orders = [{"name": attack.name, "seconds": seconds} for attack, seconds in attacks]
    within_s = sum(seconds for _, seconds in attacks) + (SHORT_GRACE_S if short else GRACE_S)
    outcomes: dict[str, Outcome] = {}
    assert process.stdin
    process.stdin.write(json.dumps({"attacks": orders, "target": target.text(), "short": short}).encode())
    process.stdin.close()
    hearing = asyncio.create_task(_hear(process, outcomes))
    why = f"it was ended after {within_s:.0f} s"
    try:
        await asyncio.wait([hearing], timeout=within_s)
        if not hearing.done():
            os.killpg(process.pid, signal.SIGTERM)  # it reports what it has seen so far
            await asyncio.wait([hearing], timeout=END_S)
        if hearing.done():
            why = hearing.result()[-1500:] or why
    finally:
        hearing.cancel()
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return {a.name: outcomes.get(a.name, Outcome(problems=[f"it did not finish: {why}"])) for a, _ in attacks}


async def _hear(process: asyncio.subprocess.Process, outcomes: dict[str, Outcome]) -> str:
    """Collects each attack's result as it finishes; at the end returns stderr."""
    assert process.stdout and process.stderr
    async for line in process.stdout:
        name, seen = json.loads(line)
        outcomes[name] = Outcome(**seen)
    errors = (await process.stderr.read()).decode(errors="replace")
    await process.wait()
    return errors


def _end(*_: object) -> None:
    raise SystemExit("it did not finish in time")


def main() -> None:
    """Runs the attacks named on stdin, and prints a line after each."""
    os.nice(10)
    signal.signal(signal.SIGTERM, _end)
    given = json.loads(sys.stdin.read())
    target = Target(**json.loads(given["target"]))
    for order in given["attacks"]:
        attempt = Attempt(target, order["seconds"], number_of(order["name"]), short=given["short"])
        try:
            by_name(order["name"]).do(attempt)
        except (AssertionError, SystemExit) as error:
            attempt.problem(str(error))
            if isinstance(error, SystemExit):
                raise
        finally:
            seen = {"requests": attempt.requests, "statuses": dict(attempt.statuses), "problems": attempt.problems}
            print(json.dumps([order["name"], seen]), flush=True)


if __name__ == "__main__":
    main()
