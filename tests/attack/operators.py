"""Attacks by a careless or hostile operator with the command line."""

from __future__ import annotations

import os
import subprocess
import sys

from attack.attempt import Attempt

COMMAND_S = 40.0

HOSTILE = ("100000000000000", "100000000000000000000", "-100000000000000000000", "9007199254740993", "1e9", "nan", "")
SENSELESS = (
    ("seed", "-1"),
    ("seed", "0"),
    ("seed", "99999999999999999999"),
    ("metrics", "--history", "-1"),
    ("messages", "9" * 30),
    ("messages", "1", "--cursor", "IiI"),
    ("list", "--limit", "1000000"),
    ("list", "--cursor", "W251bGxd"),
    ("find", "\u202e" * 300),
)


def run_command(attempt: Attempt, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs an operator's command on the game."""
    options = ["--yes", "--json", "--state", attempt.target.state_dir]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "REDIS_"))}
    try:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tapstack", *options, *arguments],
            env={**kept, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(arguments, 1, "", "Traceback: timed out")


def hostile_operator(attempt: Attempt) -> None:
    """Adjustments by 10^14, 10^20 and worse, negative seeds, forged cursors: rejected before anything is written."""
    account = attempt.account()
    with attempt.line() as line:
        attempt.ask(line, "POST", "/clicks", {"taps": 7}, account.bearer)
    adjustments = [("adjust", account.id, number, "--reason", "attacked") for number in HOSTILE]
    chosen = [*adjustments[:3], SENSELESS[0], SENSELESS[5]] if attempt.short else [*adjustments, *SENSELESS]
    for command in chosen:
        said = run_command(attempt, *command)
        attempt.note(f"exit {said.returncode}")
        shown = " ".join(command)[:60]
        attempt.expect("Traceback" not in said.stderr, f"{shown}: {said.stderr.strip().splitlines()[-1:]}")
        refused = said.returncode != 0 or command[0] in ("find", "messages")
        attempt.expect(refused, f"{shown} was accepted: {said.stdout.strip()[:100]}")
    with attempt.line() as line:
        for path in ("/leaderboard/me", "/leaderboard/me?period=day", "/players/me"):
            answer = attempt.patiently(line, "GET", path, None, account.bearer)
            attempt.expect(answer and answer.status == 200, f"{path} afterwards: {answer and answer.status}")
            clicks = answer.json().get("clicks") if answer and answer.status == 200 else 7
            attempt.expect(clicks == 7, f"{path} afterwards says {clicks} clicks of 7")
