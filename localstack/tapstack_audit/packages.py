"""Looks up known vulnerabilities in the locked packages: pip-audit asks PyPI, `npm audit` asks npm's registry.

Both depend on their service. A service that does not answer fails nothing: the audit reports what was not audited and
the age of its lock, and warns of a lock older than `STALE_DAYS`. A date alone never fails anything: a checkout that
passed yesterday passes today.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PYTHON_LOCKS = (
    "layers/dependencies/requirements.txt",
    "layers/pictures/requirements.txt",
    "localstack/locks/dev.txt",
    "localstack/locks/ministack.txt",
    "localstack/locks/localstack.txt",
    "localstack/locks/node.txt",
)
NODE_LOCK = "miniapp/package-lock.json"
STALE_DAYS = 90
DEADLINE_S = 120

Run = Callable[[Sequence[str], Path], str]
"""Runs a command in a folder; returns its output, or "" if it can't run."""


@dataclass
class Audit:
    """One lock's result: known vulnerabilities, and why the rest could not be audited."""

    lock: str
    holes: list[str] = field(default_factory=list)
    audited: int = 0
    not_audited: str = ""


def run(command: Sequence[str], folder: Path) -> str:
    """A command's output, whatever its exit code."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=DEADLINE_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace")


def of_python(root: Path, lock: str, run_: Run = run) -> Audit:
    """Audits a lock's packages at PyPI."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", lock]
    rows = _json(run_([*command, "--format", "json", "--progress-spinner", "off"], root)).get("dependencies", [])
    found = Audit(lock, audited=sum("vulns" in row for row in rows))
    for row in rows:
        for hole in row.get("vulns", ()):
            fixed = f": fixed in {', '.join(hole['fix_versions'])}" if hole.get("fix_versions") else ""
            found.holes.append(f"{row['name']} {row['version']} has {hole['id']}{fixed}")
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    if not found.audited:
        found.not_audited = "PyPI's advisories do not answer here"
    elif skipped:
        found.not_audited = f"PyPI does not know {', '.join(skipped)}"
    return found


def of_node(root: Path, lock: str, run_: Run = run) -> Audit:
    """Audits a lock's packages at npm's registry."""
    answer = _json(run_(["npm", "audit", "--package-lock-only", "--json"], (root / lock).parent))
    if "vulnerabilities" not in answer:
        return Audit(lock, not_audited="npm's advisories do not answer here")
    total = answer.get("metadata", {}).get("dependencies", {}).get("total", 0)
    holes = [f"{name} {row.get('range', '')} is {row['severity']}" for name, row in answer["vulnerabilities"].items()]
    return Audit(lock, holes, int(total))


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def age_days(root: Path, lock: str, now_s: float, run_: Run = run) -> int | None:
    """Days since a lock was last committed; None if git does not know."""
    written = run_(["git", "log", "-1", "--format=%ct", "--", lock], root).strip()
    return max(0, int(now_s - int(written)) // 86_400) if written.isdigit() else None


def report(found: Audit, days: int | None) -> list[str]:
    """The lines to print about a lock."""
    said = [f"{found.lock}: {hole}" for hole in found.holes]
    if found.audited:
        said.append(f"{found.lock}: {found.audited} packages audited, {len(found.holes)} holes known")
    if found.not_audited:
        age = "" if days is None else f"; locked {days} days ago"
        said.append(f"{found.lock}: not audited: {found.not_audited}{age}")
        if days is not None and days > STALE_DAYS:
            said.append(
                f"warning: {found.lock} is older than {STALE_DAYS} days: `make lock`, and audit where it can be"
            )
    return said


def main(root: Path) -> int:
    """Prints the audit of all locks; returns 1 if a package has a known vulnerability."""
    with ThreadPoolExecutor() as pool:  # each waits for its service
        audits = [*pool.map(lambda lock: of_python(root, lock), PYTHON_LOCKS), of_node(root, NODE_LOCK)]
    now_s = datetime.now(UTC).timestamp()
    for found in audits:
        print("\n".join(report(found, age_days(root, found.lock, now_s))))
    return 1 if any(found.holes for found in audits) else 0
