"""The process of one attack: `python -m attack.worker` reads what to do from stdin and says what came of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass, field

from attack.attempt import Attempt
from attack.catalogue import by_name, number_of
from attack.target import Target

GRACE_S = 90.0
"""How much longer than its own time an attack may take, with the accounts that it makes and the calls that hang."""


@dataclass(frozen=True)
class Outcome:
    """What an attack has seen."""

    requests: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


async def attacked(name: str, target: Target, seconds: float, *, short: bool = False) -> Outcome:
    """Runs an attack in a process of its own, which gives way to all others, and ends it where it does not."""
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
    order = json.dumps({"name": name, "target": target.text(), "seconds": seconds, "short": short})
    try:
        async with asyncio.timeout(seconds + GRACE_S):
            said, errors = await process.communicate(order.encode())
    except TimeoutError:
        return Outcome(problems=[f"the attack did not end within {seconds + GRACE_S:.0f} s"])
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode:
        return Outcome(problems=[f"the attack ended by itself: {errors.decode(errors='replace')[-1500:]}"])
    return Outcome(**json.loads(said.splitlines()[-1]))


def main() -> None:
    """Runs the attack that stdin names."""
    os.nice(10)
    order = json.loads(sys.stdin.read())
    attempt = Attempt(
        Target(**json.loads(order["target"])), order["seconds"], number_of(order["name"]), short=order["short"]
    )
    try:
        by_name(order["name"]).do(attempt)
    except AssertionError as error:
        attempt.problem(str(error))
    print(json.dumps({"requests": attempt.requests, "statuses": dict(attempt.statuses), "problems": attempt.problems}))


if __name__ == "__main__":
    main()
